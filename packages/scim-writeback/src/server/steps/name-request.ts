import { randomUUID } from 'node:crypto';

/** What logs and change rows can hold without harm: no spaces, no line breaks, no markup. */
const saneId = /^[A-Za-z0-9._:=+/-]{1,128}$/;

/**
 * The id that a request has in logs, in change rows and in the header `x-request-id` of its answer.
 *
 * @param given the header of the request: taken over where it is sane, so that the ids of a proxy lead here.
 */
export function nameRequest(given: string | undefined): string {
  return given !== undefined && saneId.test(given) ? given : randomUUID();
}
