let steps = 0;

/** Prints a line of the demo. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Begins the next step, with the commands that do the same in a terminal. */
export function step(title: string, ...commands: readonly string[]): void {
  steps += 1;
  say(`\n${steps}. ${title}`);
  for (const command of commands) say(`   $ ${command}`);
}

/** Prints what came of a step: each line of `text` further in. */
export function tell(text: string): void {
  for (const line of text.trimEnd().split('\n')) say(`   ${line}`);
}

/** `201 users, 20 groups`. */
export function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}
