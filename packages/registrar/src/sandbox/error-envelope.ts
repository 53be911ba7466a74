import { type ApiErrorFacts, errorDetails } from './api-error.ts';

/** The body of every answer with a status of 400 and more. */
export interface ErrorEnvelope {
  readonly code: string;
  readonly message: string;
  /** 32 hexadecimal digits. */
  readonly request_id: string;
  /** RFC 3339 with nanoseconds. */
  readonly timestamp: string;
  readonly details: readonly Record<string, unknown>[];
}

export function errorEnvelope(facts: ApiErrorFacts, requestId: string, at: Date): ErrorEnvelope {
  return {
    code: facts.code,
    message: facts.message,
    request_id: requestId,
    timestamp: at.toISOString().replace('Z', '000000Z'),
    details: errorDetails(facts),
  };
}
