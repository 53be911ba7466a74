import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { UsageError, validate } from '@oaa-kit/oaa';
import { z } from 'zod';
import type { Api } from './api/route.ts';
import { coalesce } from './coalesce.ts';
import { type FaultRule, Faults, faultRuleSchema } from './faults.ts';
import {
  type DataSourceInspection,
  inspectDataSource,
  inspectProviders,
  type ProviderInspection,
} from './inspection.ts';
import type { SandboxOptions } from './options.ts';
import { RequestLog, type RequestRecord } from './request-log.ts';
import { buildServer } from './server.ts';
import { readStateFile, writeStateFile } from './state-file.ts';
import { Store } from './store.ts';
import { makeCertificate } from './tls.ts';
import { Uploads } from './uploads.ts';

/** A running stand-in tenant. */
export interface Sandbox {
  /** Without a slash at the end: `http://127.0.0.1:49152`. */
  readonly url: string;
  readonly apiKey: string;
  /** PEM of the self-signed certificate; undefined without `tls`. */
  readonly caCertificate: string | undefined;
  /** Faults that are still to happen. */
  readonly faults: {
    /** Adds rules. @throws UsageError for a rule that makes no sense. */
    schedule(...rules: readonly FaultRule[]): void;
    clear(): void;
    pending(): readonly FaultRule[];
  };
  /** All providers, in the order of their creation. */
  providers(): readonly ProviderInspection[];
  /** A data source by the names of its provider and itself; undefined when there is none. */
  dataSource(providerName: string, dataSourceName: string): DataSourceInspection | undefined;
  /** The last 10,000 requests, oldest first. */
  requests(): readonly RequestRecord[];
  /** Back to an empty tenant: providers, uploads, faults and the log are forgotten; address and key stay. */
  reset(): Promise<void>;
  /** Stops listening and closes open connections. */
  close(): Promise<void>;
}

function checkedFaults(rules: readonly FaultRule[]): readonly FaultRule[] {
  const result = z.array(faultRuleSchema).safeParse(rules);
  if (result.success) return rules;
  const issue = result.error.issues[0];
  throw new UsageError('usage', `Fault rule ${issue?.path.join('.') ?? ''} is not usable: ${issue?.message ?? ''}`, {
    hint: 'A rule looks like { kind: "server-error", match: { method: "POST", path: "*:push" }, at: 2, times: 1 }.',
  });
}

function checkedPort(port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError('usage', `Port ${port} is not a whole number from 0 to 65535.`, {
    hint: 'Use 0 for any free port.',
  });
}

function urlOf(scheme: string, host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `${scheme}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
}

function cannotListen(host: string, port: number, cause: unknown): UsageError {
  const why = codeOf(cause) === 'EADDRINUSE' ? 'another program listens there' : 'the system refuses it';
  return new UsageError('usage', `The sandbox cannot listen on ${host} port ${port}: ${why} (${codeOf(cause)}).`, {
    hint: 'Choose another port or host; port 0 takes any free port.',
    cause,
  });
}

function cannotWrite(path: string, cause: unknown): UsageError {
  return new UsageError('file-unwritable', `The sandbox cannot write its state file ${path} (${codeOf(cause)}).`, {
    hint: 'Name a file in a folder that exists and can be written to.',
    cause,
  });
}

/**
 * Starts a local stand-in for a tenant: its provider, data source, icon and push API, with the same refusals, and with
 * faults on demand. It listens on the loopback interface unless told otherwise.
 *
 * @throws UsageError when the port is taken, a fault rule is unusable or the state file cannot be written, InputError
 *   for a broken state file.
 *
 * @example
 * const sandbox = await createSandbox({ faults: [{ kind: 'unavailable', match: { path: '*:push' } }] });
 * // ... use sandbox.url and sandbox.apiKey as if they were a tenant's
 * console.log(sandbox.dataSource('Portal', 'portal-eu')?.counts);
 * await sandbox.close();
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', apiKey = randomBytes(32).toString('base64url'), stateFile, limits = {} } = options;
  const now = options.now ?? (() => new Date());
  const port = checkedPort(options.port ?? 0);
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new UsageError('usage', 'The API key of the sandbox must be printable ASCII without spaces.');
  }
  const faults = new Faults(options.seed ?? 1);
  faults.schedule(...checkedFaults(options.faults ?? []));
  const store = new Store(now, stateFile === undefined ? undefined : await readStateFile(stateFile));
  const payloadBytes = limits.payloadBytes ?? 100_000_000;
  const api: Api = {
    store,
    faults,
    uploads: new Uploads(payloadBytes),
    paging: { defaultPageSize: 100, maximumPageSize: 100, emptyPages: false, ...options.paging },
    limits: { bodyBytes: 220_000_000, inflatedBytes: 500_000_000, ...limits, payloadBytes },
    deletionMs: options.deletionMs ?? 500,
    parseMs: options.parseMs ?? 200,
    now,
    newId: options.newId ?? randomUUID,
    validate: options.validate ?? validate,
  };
  const persist = coalesce(async () => {
    if (stateFile !== undefined) await writeStateFile(stateFile, store.state());
  });
  await persist().catch((error: unknown) => {
    throw cannotWrite(stateFile ?? '', error);
  });
  const log = new RequestLog();
  const certificate = options.tls === true ? await makeCertificate(host) : undefined;
  const server = buildServer({ api, apiKey, log, certificate, persist });
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw cannotListen(host, port, error);
  }
  const address = server.server.address() as AddressInfo;
  return {
    url: urlOf(certificate === undefined ? 'http' : 'https', host, address.port),
    apiKey,
    caCertificate: certificate?.certificate,
    faults: {
      schedule: (...rules) => faults.schedule(...checkedFaults(rules)),
      clear: () => faults.clear(),
      pending: () => faults.pending(),
    },
    providers: () => inspectProviders(store),
    dataSource: (providerName, dataSourceName) => inspectDataSource(store, providerName, dataSourceName, now()),
    requests: () => log.records(),
    reset: async () => {
      store.clear();
      api.uploads.clear();
      faults.clear();
      log.clear();
      await persist();
    },
    close: () => server.close(),
  };
}
