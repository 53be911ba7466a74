/**
 * Whether a key of a base can be the id of a SCIM resource, so that both sides show the same. RFC 7643 s3.1: not empty, and
 * not the reserved `bulkId`; and it stands in URLs, so it has no characters that clients escape in different ways.
 */
export function isLegalScimId(key: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._~@-]{0,127}$/.test(key) && !key.toLowerCase().includes('bulkid');
}
