const visibleAscii = /^[\x21-\x7e]+$/;
const control = /\p{Cc}/u;

/**
 * Why a secret cannot be sent as it is, once its reference is resolved; undefined when it can. The answer goes on from
 * the path and never shows the value.
 *
 * @param path as in `DeclaredSecret`
 *
 * @example
 * checkSecretValue('configuration_json.scim_token', 'abc\n'); // 'holds blanks, line breaks ... (not shown)'
 */
export function checkSecretValue(path: string, value: string): string | undefined {
  if (value === '') return 'is empty';
  if (path === 'configuration_json.scim_token') {
    if (/^bearer\s/i.test(value)) return 'begins with the word Bearer: give the token alone (not shown)';
    // RFC 6750 s2.1: no blanks; a line end would begin another header.
    return visibleAscii.test(value) ? undefined : 'holds blanks, line breaks or characters beyond ASCII (not shown)';
  }
  if (path === 'configuration_json.username') {
    // RFC 7617 s2: the first colon ends the user name.
    return /[:\p{Cc}]/u.test(value) ? 'holds a colon or a control character (RFC 7617 s2; not shown)' : undefined;
  }
  if (path === 'configuration_json.password') {
    return control.test(value) ? 'holds a line break or another control character (RFC 7617 s2; not shown)' : undefined;
  }
  return undefined;
}
