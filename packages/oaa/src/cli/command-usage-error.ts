import { UsageError } from '../errors/index.ts';

/** A call that cannot run, with everything that is wrong with it. */
export class CommandUsageError extends UsageError {
  /** One sentence each. */
  readonly problems: readonly string[];

  /** `words`: the command whose help explains the call. */
  constructor(problems: readonly string[], words: readonly string[]) {
    const message =
      problems.length === 1 ? (problems[0] ?? '') : `${problems.length} problems:\n  ${problems.join('\n  ')}`;
    super('usage', message, { hint: `${['oaa', ...words, '--help'].join(' ')} shows how to call it.` });
    this.problems = problems;
  }

  override get facts(): Readonly<Record<string, unknown>> {
    return { problems: this.problems };
  }
}
