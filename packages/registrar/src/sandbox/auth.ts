import { createHash, timingSafeEqual } from 'node:crypto';
import { unauthenticated } from './refusals.ts';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Makes the check of the `Authorization` header. Digests are compared, in constant time, so that neither the time nor
 * the length tells anything about the key.
 */
export function bearerCheck(apiKey: string): (authorization: string | undefined) => void {
  const expected = digest(apiKey);
  return (authorization) => {
    const match = /^Bearer +(\S.*)$/i.exec(authorization ?? '');
    if (match === null) throw unauthenticated('The request carries no bearer key.');
    if (!timingSafeEqual(digest(match[1] as string), expected)) throw unauthenticated('The API key is not valid.');
  };
}
