import type { DataSourceRecord } from './records.ts';

function* strings(item: unknown): Generator<string> {
  if (typeof item !== 'object' || item === null) return;
  const { identity, name, email } = item as Readonly<Record<string, unknown>>;
  for (const value of [identity, name, email]) if (typeof value === 'string') yield value.toLowerCase();
}

/** Everything by which the identity providers of this tenant know a user or a group, in lower case. */
export function tenantIdentities(dataSources: readonly DataSourceRecord[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const { template, payload } of dataSources) {
    if (template !== 'identity_provider' || payload === undefined) continue;
    for (const list of [payload.users, payload.groups]) {
      if (!Array.isArray(list)) continue;
      for (const item of list) for (const identity of strings(item)) known.add(identity);
    }
  }
  return known;
}
