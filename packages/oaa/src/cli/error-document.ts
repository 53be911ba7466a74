import { type ExitCode, exitCodes, OaaError } from '../errors/index.ts';

/** What `--json` prints for a command that failed: `{ "error": { ... } }`. Keys without a value are left out. */
export interface ErrorDocument {
  readonly error: {
    /** A stable code; `fault` for an error that is not one of ours. */
    readonly code: string;
    readonly message: string;
    readonly exitCode: ExitCode;
    readonly [fact: string]: unknown;
  };
}

/** The exit code that belongs to anything thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof OaaError ? error.exitCode : exitCodes.fault;
}

/** Describes anything thrown for machines. */
export function errorDocument(error: unknown): ErrorDocument {
  if (!(error instanceof OaaError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: { code: 'fault', message, exitCode: exitCodes.fault, hint: reportHint } };
  }
  const { code, message, hint, exitCode, retryable, facts } = error;
  return { error: { code, message, exitCode, ...(hint === undefined ? {} : { hint }), retryable, ...facts } };
}

/** What to do about a fault of ours. */
export const reportHint =
  'This is a fault of oaa itself: please report it, with the command and what --debug prints. Secrets are masked there.';
