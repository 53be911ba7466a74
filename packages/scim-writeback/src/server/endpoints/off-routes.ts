import type { OffRoute } from './route.ts';

const off = (template: string, feature: string): OffRoute => ({ access: 'off', template, feature });

/** What RFC 7644 leaves to the service, and this one does not have. */
export const offRoutes: readonly OffRoute[] = [
  // RFC 7644 s3.11.
  off('/Me', 'The alias /Me'),
  // RFC 7644 s3.7.
  off('/Bulk', 'Bulk'),
  // RFC 7644 s3.4.2.1, s3.4.3.
  off('/', 'A query over all resource types'),
  off('/.search', 'A search over all resource types'),
];
