import type { PositionedDocument } from '@oaa-kit/oaa/settings';
import type { DeclaredProvider } from './declared-provider.ts';
import { type ManifestProblems, placeText } from './manifest-problems.ts';

/** Keys and names that two providers have in common. */
export function checkTogether(
  found: readonly { readonly provider: DeclaredProvider; readonly document: PositionedDocument }[],
  problems: ManifestProblems,
): void {
  for (const kind of ['key', 'name'] as const) {
    const first = new Map<string, DeclaredProvider>();
    for (const { provider, document } of found) {
      const text = provider[kind];
      const other = first.get(text);
      if (other === undefined) {
        first.set(text, provider);
        continue;
      }
      // A key that is the name by default is the same problem once more.
      if (kind === 'name' && other.key === provider.key) continue;
      const message = `${kind === 'key' ? 'the key' : 'the name'} ${JSON.stringify(text)} belongs to the provider at ${placeText(other.place)} already`;
      const { row, column } = document.positionOf(
        kind === 'key' && provider.key !== provider.name ? ['key'] : ['name'],
      );
      problems.add({ file: document.file, row, column, severity: 'error', code: `duplicate-${kind}`, message });
    }
  }
}
