import type { FieldViolation } from '@oaa-kit/oaa';
import { ApiError } from './api-error.ts';

/** 400: the request names fields with unusable values. */
export function invalidArguments(
  violations: readonly FieldViolation[],
  metadata: Readonly<Record<string, string>> = {},
): ApiError {
  return new ApiError({
    status: 400,
    code: 'InvalidArgument',
    message: 'Invalid Arguments',
    reason: 'INVALID_ARGUMENTS',
    explanation: 'Request includes invalid arguments.',
    resolution: 'Reference error details for the exact field violations.',
    violations,
    metadata,
  });
}

/** 400 with one violation; `field` is a dotted path without array indexes. */
export function invalidArgument(field: string, description: string): ApiError {
  return invalidArguments([{ field, description }]);
}

/** 404: there is no `type` with this id. */
export function notFound(type: string, name: string): ApiError {
  return new ApiError({
    status: 404,
    code: 'NotFound',
    message: 'Not Found',
    reason: 'NOT_FOUND',
    explanation: 'Requested resource was not found.',
    resolution: '',
    resource: { type, name },
  });
}

/** 401: the bearer key is missing or wrong. */
export function unauthenticated(explanation: string): ApiError {
  return new ApiError({
    status: 401,
    code: 'Unauthenticated',
    message: 'Unauthenticated',
    reason: 'UNAUTHENTICATED',
    explanation,
    resolution: 'Send the header "Authorization: Bearer <API key>" with a key of this tenant.',
    headers: { 'www-authenticate': 'Bearer' },
  });
}

/** 405: the path exists, with other methods. */
export function methodNotAllowed(method: string, allowed: readonly string[]): ApiError {
  return new ApiError({
    status: 405,
    code: 'Unimplemented',
    message: 'Method Not Allowed',
    reason: 'METHOD_NOT_ALLOWED',
    explanation: `${method} is not offered on this path.`,
    resolution: `Use ${allowed.join(' or ')}.`,
    headers: { allow: allowed.join(', ') },
  });
}

/** 413: the request body is larger than the sandbox takes. */
export function bodyTooLarge(limitBytes: number): ApiError {
  return new ApiError({
    status: 413,
    code: 'ResourceExhausted',
    message: 'Request Entity Too Large',
    reason: 'REQUEST_TOO_LARGE',
    explanation: `The request body is larger than ${limitBytes} bytes.`,
    resolution: 'Compress the payload or send it in parts.',
  });
}

/** 429: come back later. `retryAfter` is the header's value: seconds, or an HTTP date. */
export function tooManyRequests(retryAfter: string): ApiError {
  return new ApiError({
    status: 429,
    code: 'ResourceExhausted',
    message: 'Too Many Requests',
    reason: 'RATE_LIMITED',
    explanation: 'Too many requests.',
    resolution: 'Wait as long as the Retry-After header says, then send the request again.',
    headers: { 'retry-after': retryAfter },
  });
}

/** 500: a fault of the tenant. */
export function internal(): ApiError {
  return new ApiError({
    status: 500,
    code: 'Internal',
    message: 'Internal Server Error',
    reason: 'INTERNAL',
    explanation: 'Internal server error.',
    resolution: 'Please retry.',
  });
}

/** 403: the key is good, and does not have the right. */
export function forbidden(): ApiError {
  return new ApiError({
    status: 403,
    code: 'PermissionDenied',
    message: 'Permission denied',
    reason: 'PERMISSION_DENIED',
    explanation: 'The API key does not have the right to do this.',
    resolution: 'Please use a key with more rights.',
  });
}

/** 503: the tenant is busy or restarting. */
export function unavailable(retryAfter: string | undefined): ApiError {
  return new ApiError({
    status: 503,
    code: 'Unavailable',
    message: 'Service Unavailable',
    reason: 'UNAVAILABLE',
    explanation: 'The service is unavailable at the moment.',
    resolution: 'Please retry.',
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
  });
}
