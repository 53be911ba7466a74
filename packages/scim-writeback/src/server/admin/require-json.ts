import { Refusal } from '../refusal.ts';
import type { ScimRequest } from '../scim-service.ts';

/** How a body is packed. */
export type Encoding = 'identity' | 'gzip';

/**
 * Refuses a body that is not JSON, or packed in a way that is not taken. A page in a browser cannot send this type without
 * asking first, and is not answered then.
 *
 * @returns how it is packed
 * @throws Refusal 415. RFC 9110 s15.5.16
 */
export function requireJson(headers: ScimRequest['headers'], encodings: readonly Encoding[]): Encoding {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') {
    throw new Refusal(415, undefined, 'Send the body with Content-Type application/json.', {
      accept: 'application/json',
    });
  }
  const named = (headers['content-encoding'] ?? '').trim().toLowerCase();
  const encoding = encodings.find((one) => one === (named === '' ? 'identity' : named));
  if (encoding !== undefined) return encoding;
  throw new Refusal(415, undefined, `Content-Encoding may be ${encodings.join(' or ')}.`, {
    'accept-encoding': encodings.join(', '),
  });
}
