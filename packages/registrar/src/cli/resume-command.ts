import type { OptionValues } from '@oaa-kit/oaa/cli';
import type { applyOptions } from './commands/registrar.ts';

type Values = Partial<OptionValues<typeof applyOptions>>;

/** What says which state, which tenant, and how its endpoints may be tried out: a resume needs it as the apply did. */
const kept = [
  'state',
  'url',
  'api-key',
  'ca-file',
  'unsafe-https',
  'allow-commands',
  'accept-failing-checks',
  'check-read-only',
] as const satisfies readonly (keyof Values)[];

/** What leads to the tenant where only manifests name it. */
const manifestOptions = ['manifest', 'environment', 'allow-http'] as const satisfies readonly (keyof Values)[];

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * The command that goes on with an apply that was begun with these options.
 *
 * @param tenantInManifest whether the manifests name the tenant
 */
export function resumeCommand(values: Values, tenantInManifest: boolean): string {
  const names = [...kept, ...(tenantInManifest ? manifestOptions : [])];
  const words = names.flatMap((name) =>
    [values[name] ?? []].flat().flatMap((value) => {
      if (value === false) return [];
      return [value === true ? `--${name}` : `--${name} ${quoted(value)}`];
    }),
  );
  const trusted = values['verify-from'] === 'tenant' ? ['--verify-from tenant'] : [];
  return ['oaa registrar apply --resume', ...words, ...trusted].join(' ');
}
