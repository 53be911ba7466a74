import type { Logger } from '@oaa-kit/oaa';
import type { DestinationStream } from 'pino';
import { isoTimestamps } from './iso-timestamps.ts';
import type { RequestRecord } from './scim-service.ts';

/** Events of the server besides requests. */
export interface ServerLog {
  readonly request: (record: RequestRecord) => void;
  readonly event: (message: string, facts?: Readonly<Record<string, string | number>>) => void;
  readonly fault: (message: string, error: unknown) => void;
  /** For what runs beside the server. */
  readonly logger: Logger;
}

/** Where log lines go: a stream, or anything that takes text. */
export type LogDestination = DestinationStream;

/** Of an error only what says where it happened: own properties of errors hold requests and parameters of queries. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { type: name, message, stack, ...(code !== undefined && { code }) };
}

/**
 * Log lines as JSON, one for each SCIM request. They are made of named facts alone: headers, URLs with their filters, and
 * bodies never come near them, so that nothing has to be taken out again.
 *
 * @param level `error` leaves out everything but faults
 */
export async function createServerLog(destination: LogDestination, level: 'info' | 'error'): Promise<ServerLog> {
  const { pino } = await import('pino');
  const timestamp = isoTimestamps();
  const log = pino({ base: null, level, timestamp: () => `,"time":"${timestamp(Date.now())}"` }, destination);
  return {
    request: ({ requestId, method, route, status, durationMs, organization, credential, error }) => {
      const rounded = Math.round(durationMs * 10) / 10;
      const facts = { requestId, method, route, status, durationMs: rounded, organization, credential };
      if (error === undefined) log.info(facts, 'request');
      else log.error({ ...facts, error: describeError(error) }, 'request failed');
    },
    event: (message, facts = {}) => log.info(facts, message),
    fault: (message, error) => log.error({ error: describeError(error) }, message),
    logger: {
      debug: (message, facts = {}) => log.debug(facts, message),
      info: (message, facts = {}) => log.info(facts, message),
      warn: (message, facts = {}) => log.warn(facts, message),
      error: (message, facts = {}) => log.error(facts, message),
    },
  };
}
