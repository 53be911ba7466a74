/** Process exit codes of every `oaa` command; one that a signal ended dies of it, which shells show as 130 or 143. */
export const exitCodes = {
  done: 0,
  /** A fault of ours: please report it. */
  fault: 1,
  usage: 2,
  input: 3,
  credentials: 4,
  remote: 5,
  unreachable: 6,
  /** Done, and differences remain. */
  differences: 7,
  /** Stopped by a safety guard: what it guards was not changed, and what was done before that is told. */
  guard: 8,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
