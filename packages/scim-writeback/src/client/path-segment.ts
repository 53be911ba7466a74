import { UsageError } from '@oaa-kit/oaa';

/**
 * An id as one segment of a path.
 *
 * @throws UsageError for an id that would change the path (empty, `.` or `..`), or cannot be written as UTF-8
 */
export function pathSegment(id: string): string {
  if (/^\.{0,2}$|\p{Surrogate}/u.test(id)) {
    throw new UsageError('usage', `${JSON.stringify(id)} is not an id.`, {
      hint: 'Give the id that the service has given to the resource.',
    });
  }
  return encodeURIComponent(id);
}
