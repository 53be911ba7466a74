import { RetryLaterError } from '../directory/retry-later-error.ts';
import type { ApplicationRefusal } from '../directory/write-back.ts';
import { ScimError } from '../protocol/errors/scim-error.ts';

/** What a client is told of a refusal of the application. RFC 7644 s3.12. */
export function refusalError({ kind, reason }: ApplicationRefusal): ScimError {
  switch (kind) {
    case 'conflict':
      return new ScimError(409, 'uniqueness', reason);
    case 'invalid':
      return new ScimError(400, 'invalidValue', reason);
    case 'not-found':
      return new ScimError(404, undefined, reason);
  }
}

export function notConfirmed(): RetryLaterError {
  return new RetryLaterError(
    'The application has not confirmed the change yet. Repeat the request in a while: it is not done twice.',
    5,
  );
}

export function leftToPeople(): RetryLaterError {
  return new RetryLaterError(
    'The application may have made this change, or a part of it: somebody has to look. Until then nothing else is changed in this resource.',
    60,
  );
}

export function stillBlocked(): RetryLaterError {
  return new RetryLaterError(
    'An earlier change of this resource has not come to its end; nothing was changed. Repeat the request in a while.',
    5,
  );
}

export function tooMuchRemoved(waitMs: number): RetryLaterError {
  return new RetryLaterError(
    'This credential has taken away more within the hour than it may; nothing was changed. Whoever runs the service can raise the limit.',
    Math.ceil(waitMs / 1000),
  );
}
