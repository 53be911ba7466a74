import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { Query } from './query.ts';

/**
 * Refuses a filter on discovery, which would have to be answered as if it were not there. RFC 7644 s4.
 *
 * @throws ScimError 403.
 */
export function refuseFilter(query: Query): void {
  if (query.has('filter')) throw new ScimError(403, undefined, 'What the service itself is cannot be filtered.');
}
