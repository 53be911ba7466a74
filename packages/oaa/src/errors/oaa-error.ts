import type { ExitCode } from './exit-codes.ts';

/** Stable codes, one for each situation that a program may want to tell apart. */
export type ErrorCode =
  | 'usage'
  | 'setting-missing'
  | 'setting-invalid'
  | 'pack-missing'
  | 'file-unreadable'
  | 'file-unwritable'
  | 'input-invalid'
  | 'json-invalid'
  | 'payload-invalid'
  | 'payload-too-large'
  | 'duplicate-entity'
  | 'entity-foreign'
  | 'property-undefined'
  | 'property-type'
  | 'warnings-refused'
  | 'credentials-refused'
  | 'remote-refused'
  | 'not-found'
  | 'name-ambiguous'
  | 'response-invalid'
  | 'push-superseded'
  | 'push-incomplete'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'rate-limited'
  | 'remote-failing'
  | 'aborted'
  | 'guard'
  | 'write-back-only'
  | 'baseline-missing'
  | 'baseline-invalid'
  | 'base-superseded'
  | 'base-foreign';

export interface OaaErrorOptions {
  /** How to fix it: which flag, variable, key or command. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The base of every error that this project throws on purpose.
 *
 * `message` says what happened and why, `hint` how to fix it. The subclass says what the caller does next, and with it
 * the exit code of a command.
 */
export abstract class OaaError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  /** Whether the very same call may succeed later. Decided once, where the cause was seen. */
  readonly retryable: boolean = false;
  abstract readonly exitCode: ExitCode;

  constructor(code: ErrorCode, message: string, options: OaaErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
  }

  /** What `--json` prints of it for machines beside code, message and hint. */
  get facts(): Readonly<Record<string, unknown>> {
    return {};
  }
}
