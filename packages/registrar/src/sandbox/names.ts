const refusedCharacter = /[^ @#$%&*:()!,a-zA-Z0-9_'"=.-]/gu;

/** What is wrong with the name of a provider or data source, or undefined (reference 1.0.7). */
export function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'Name must not be empty';
  const refused = new Set(name.match(refusedCharacter));
  return refused.size === 0 ? undefined : `Name contains invalid characters (${[...refused].slice(0, 10).join(' ')})`;
}
