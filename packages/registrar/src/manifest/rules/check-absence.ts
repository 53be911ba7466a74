import type { ProviderManifest } from '../manifest-schema.ts';
import type { Part } from './part.ts';

const besideAbsent: ReadonlySet<keyof ProviderManifest> = new Set([
  '$schema',
  'key',
  'name',
  'adopt',
  'absent',
  'tenant',
] as const);

/**
 * A provider that is to be deleted says nothing else: it is either a leftover, or `absent` is. An environment may take
 * away what the provider describes for others.
 */
export function checkAbsence({ manifest, report, isOverride }: Part): void {
  if (manifest.absent !== true) return;
  const fromEnvironment = isOverride('absent');
  for (const key of Object.keys(manifest) as (keyof ProviderManifest)[]) {
    if (besideAbsent.has(key) || (fromEnvironment && !isOverride(key))) continue;
    report.error(
      'absent-with-more',
      [key],
      'stands beside absent: true, which deletes the provider: take one of them out',
    );
  }
}
