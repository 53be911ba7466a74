import type { DataSource } from '../tenant/index.ts';

/** When a data source was last read or parsed, by the names of the tenant's record. */
const moments = ['sync_start', 'sync_end', 'synced_at', 'parse_start', 'parse_end', 'parsed_at'] as const;

/**
 * Whether a data source has to be taken for one that was pushed to. It is not only when the tenant says so twice: its
 * status is `PENDING`, and of the moments in its record at least one is sent and none is set.
 */
export function holdsData({ status, raw }: DataSource): boolean {
  if (status?.toUpperCase() !== 'PENDING') return true;
  const sent = moments.filter((name) => Object.hasOwn(raw, name));
  return sent.length === 0 || sent.some((name) => raw[name] !== null && raw[name] !== '');
}
