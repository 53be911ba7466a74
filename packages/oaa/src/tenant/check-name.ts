import { UsageError } from '../errors/index.ts';

const badCharacter = /[^ @#$%&*:()!,a-zA-Z0-9_'"=.-]/gu;

/**
 * Refuses a provider or data source name that the tenant would refuse.
 *
 * @throws UsageError that names the bad characters
 */
export function checkName(what: 'provider' | 'data source', name: string): void {
  if (name.trim() === '') {
    throw new UsageError('usage', `The ${what} needs a name.`, { hint: `Give the ${what} a name that never changes.` });
  }
  const bad = [...new Set(name.match(badCharacter) ?? [])];
  if (bad.length === 0) return;
  const shown = bad.map((character) => JSON.stringify(character)).join(', ');
  throw new UsageError(
    'usage',
    `The ${what} name ${JSON.stringify(name)} holds characters that a tenant refuses: ${shown}.`,
    {
      hint: `Use letters without accents, digits, blanks and any of @ # $ % & * : ( ) ! , _ ' " = . -`,
    },
  );
}
