import {
  type ExitCode,
  exitCodes,
  GuardError,
  InputError,
  OaaError,
  RemoteError,
  UnreachableError,
} from '../errors/index.ts';
import { CommandUsageError } from './command-usage-error.ts';

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

/** The facts of an error beside its message, for machines. */
function facts(error: OaaError): Record<string, unknown> {
  if (error instanceof CommandUsageError) return { problems: error.problems };
  if (error instanceof InputError) return { diagnostics: error.diagnostics };
  if (error instanceof GuardError) return error.removals.length === 0 ? {} : { removals: error.removals };
  if (error instanceof RemoteError) {
    const { status, remoteCode, requestId, violations } = error;
    return { status, remoteCode, requestId, violations };
  }
  if (error instanceof UnreachableError) {
    const { status, requestId, attempts } = error;
    return { status, requestId, attempts };
  }
  return {};
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
  const { code, message, hint, exitCode, retryable } = error;
  return { error: { code, message, exitCode, ...(hint === undefined ? {} : { hint }), retryable, ...facts(error) } };
}

/** What to do about a fault of ours. */
export const reportHint =
  'This is a fault of oaa itself: please report it, with the command and what --debug prints. Secrets are masked there.';
