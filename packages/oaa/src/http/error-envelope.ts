import type { FieldViolation } from '../errors/index.ts';
import { isObject, type JsonObject, own } from '../payload/json.ts';

/** What the body of a refusal says, in one form for every server. */
export interface ErrorEnvelope {
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
  readonly violations: readonly FieldViolation[];
  /** What the server says how to fix it. */
  readonly resolution: string | undefined;
  /** The thing that the refusal is about, for example `provider 4711`. */
  readonly resource: string | undefined;
}

const maximumDetails = 1_000;

function text(object: JsonObject, key: string): string | undefined {
  const value = own(object, key);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.slice(0, maximumDetails).filter(isObject) : [];
}

function violationsOf(details: readonly JsonObject[]): FieldViolation[] {
  return details
    .filter((detail) => text(detail, '@type')?.endsWith('google.rpc.BadRequest'))
    .flatMap((detail) => objects(own(detail, 'field_violations')))
    .slice(0, maximumDetails)
    .map((entry) => ({ field: text(entry, 'field') ?? '', description: text(entry, 'description') ?? '' }));
}

/**
 * Reads the tenant's error body: `{ code, message, request_id, details[] }` with details of the types
 * `google.rpc.BadRequest`, `UserFacingErrorInfo` and `ResourceInfo`. The code may be a string or a number.
 * Undefined when the value is no such body.
 */
export function readErrorEnvelope(body: unknown): ErrorEnvelope | undefined {
  if (!isObject(body)) return undefined;
  const details = objects(own(body, 'details'));
  const info = details.find((detail) => text(detail, '@type')?.endsWith('UserFacingErrorInfo')) ?? {};
  const resource = details.find((detail) => text(detail, '@type')?.endsWith('ResourceInfo')) ?? {};
  const envelope: ErrorEnvelope = {
    code: text(body, 'code'),
    message: text(info, 'message') ?? text(body, 'message'),
    requestId: text(body, 'request_id'),
    violations: violationsOf(details),
    resolution: text(info, 'resolution'),
    resource: [text(resource, 'resource_type'), text(resource, 'resource')].filter(Boolean).join(' ') || undefined,
  };
  return envelope.code === undefined && envelope.message === undefined ? undefined : envelope;
}
