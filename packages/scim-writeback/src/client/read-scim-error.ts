import { type ErrorEnvelope, readErrorEnvelope } from '@oaa-kit/oaa/http';
import { errorUrn } from '../protocol/errors/error-body.ts';
import { foldName } from '../protocol/text/fold-name.ts';
import { isJsonObject, type JsonObject, member } from './json.ts';

function text(object: JsonObject, name: string): string | undefined {
  const value = member(object, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a body says that it is an error. RFC 7644 s3.12. */
export function isScimErrorBody(body: unknown): boolean {
  if (!isJsonObject(body)) return false;
  const schemas = member(body, 'schemas');
  return (
    Array.isArray(schemas) && schemas.some((urn) => typeof urn === 'string' && foldName(urn) === foldName(errorUrn))
  );
}

/**
 * Reads the body of a refusal: a SCIM error (RFC 7644 s3.12), whose `scimType` becomes the code and whose `detail` the
 * message, or `google.rpc.Status`, which a Veza tenant may send instead. The URN is not insisted on, since services leave it
 * out. Undefined when it is neither.
 */
export function readScimError(body: unknown): ErrorEnvelope | undefined {
  if (!isJsonObject(body)) return undefined;
  const scimType = text(body, 'scimType');
  const detail = text(body, 'detail');
  if (scimType === undefined && detail === undefined && !isScimErrorBody(body)) return readErrorEnvelope(body);
  return {
    code: scimType,
    message: detail ?? scimType ?? 'no detail given',
    requestId: undefined,
    violations: [],
    resolution: undefined,
    resource: undefined,
  };
}
