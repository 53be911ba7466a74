import { RemoteError } from '../errors/index.ts';
import type { JsonResponse } from '../http/index.ts';
import { isObject, type JsonObject, own } from '../payload/json.ts';

/** A string, or a number as its digits: the tenant writes enums in both forms. Undefined for all else. */
export function text(object: JsonObject, key: string): string | undefined {
  const value = own(object, key);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** The error for a success that does not have the shape it must have. `consequence`: what that leaves open. */
export function unexpectedAnswer(what: string, problem: string, status: number, consequence = ''): RemoteError {
  const hint = 'Check that VEZA_URL (--url, tenant.url) is the address of a tenant, and what sits between.';
  return new RemoteError('response-invalid', `The tenant's answer to "${what}" ${problem}.`, {
    status,
    hint: `${hint} ${consequence}`.trim(),
  });
}

/** @throws RemoteError `response-invalid` when the answer is no JSON object */
export function objectAnswer(response: JsonResponse, what: string, consequence?: string): JsonObject {
  if (isObject(response.json)) return response.json;
  const problem = response.json === undefined ? 'is empty' : 'is not a JSON object';
  throw unexpectedAnswer(what, problem, response.status, consequence);
}

/** The object inside `{ "value": ... }`, or the answer itself. */
export function valueAnswer(response: JsonResponse, what: string): JsonObject {
  const answer = objectAnswer(response, what);
  const value = own(answer, 'value');
  return isObject(value) ? value : answer;
}
