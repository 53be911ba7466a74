import { ScimError } from '../../protocol/errors/scim-error.ts';

const mediaTypes: ReadonlySet<string> = new Set(['application/scim+json', 'application/json']);
/** Parts of UTF-8, or names of it. */
const charsets: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

/**
 * Refuses a body that is not JSON in UTF-8. Parameters of the type are no reason: clients send `; charset=utf-8`.
 * RFC 7644 s3.1, s3.8; RFC 9110 s15.5.16.
 *
 * @param headers of the request, names in lower case.
 * @throws ScimError 415.
 */
export function requireMediaType(headers: Readonly<Record<string, string | undefined>>): void {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').split(';');
  if (!mediaTypes.has(type.trim().toLowerCase())) {
    throw new ScimError(415, undefined, 'Send the body with Content-Type application/scim+json or application/json.');
  }
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=');
    if (name.trim().toLowerCase() !== 'charset') continue;
    if (charsets.has(value.trim().replaceAll('"', '').toLowerCase())) continue;
    throw new ScimError(415, undefined, 'Send the body in UTF-8.');
  }
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  if (encoding !== '' && encoding !== 'identity') {
    throw new ScimError(415, undefined, 'Send the body without Content-Encoding.');
  }
}
