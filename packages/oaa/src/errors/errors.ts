import type { Diagnostic } from '../payload/diagnostics.ts';
import { exitCodes } from './exit-codes.ts';
import { type ErrorCode, OaaError, type OaaErrorOptions } from './oaa-error.ts';

/** Wrong call or wrong settings: fix the command, the flag, the variable or the code. Exit code 2. */
export class UsageError extends OaaError {
  override readonly exitCode = exitCodes.usage;
}

export interface InputErrorOptions extends OaaErrorOptions {
  readonly diagnostics?: readonly Diagnostic[] | undefined;
}

/** Invalid input (payload, mapping, rows, manifest): fix the input; `diagnostics` lists every problem. Exit code 3. */
export class InputError extends OaaError {
  override readonly exitCode = exitCodes.input;
  readonly diagnostics: readonly Diagnostic[];

  constructor(code: ErrorCode, message: string, options: InputErrorOptions = {}) {
    super(code, message, options);
    this.diagnostics = options.diagnostics ?? [];
  }

  override get facts(): Readonly<Record<string, unknown>> {
    return { diagnostics: this.diagnostics };
  }
}

/** One entry of `google.rpc.BadRequest.field_violations`. `field` is a dotted path without array indexes. */
export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

export interface RemoteErrorOptions extends OaaErrorOptions {
  /** HTTP status of the answer. */
  readonly status: number;
  /** The remote side's own code, for example `InvalidArgument`. */
  readonly remoteCode?: string | undefined;
  /** Give it to the tenant's support. */
  readonly requestId?: string | undefined;
  readonly violations?: readonly FieldViolation[] | undefined;
  /** Whether the remote side may have acted on an attempt before the one that it refused. */
  readonly mayHaveBeenReceived?: boolean | undefined;
}

/** The remote side answered and refused the request. Exit code 5. */
export class RemoteError extends OaaError {
  override readonly exitCode: 4 | 5 = exitCodes.remote;
  readonly status: number;
  readonly remoteCode: string | undefined;
  readonly requestId: string | undefined;
  readonly violations: readonly FieldViolation[];
  readonly mayHaveBeenReceived: boolean;

  constructor(code: ErrorCode, message: string, options: RemoteErrorOptions) {
    super(code, message, options);
    this.status = options.status;
    this.remoteCode = options.remoteCode;
    this.requestId = options.requestId;
    this.violations = options.violations ?? [];
    this.mayHaveBeenReceived = options.mayHaveBeenReceived ?? false;
  }

  override get facts(): Readonly<Record<string, unknown>> {
    const { status, remoteCode, requestId, violations } = this;
    return { status, remoteCode, requestId, violations };
  }
}

/** The remote side refused the credentials (401) or the rights behind them (403). Exit code 4. */
export class CredentialsError extends RemoteError {
  override readonly exitCode = exitCodes.credentials;
}

export interface UnreachableErrorOptions extends OaaErrorOptions {
  /** HTTP status of the last answer, where there was one (429, 5xx). */
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** How many requests were sent. */
  readonly attempts?: number | undefined;
  readonly retryable?: boolean | undefined;
  /** Whether the remote side may have acted on the request although no answer says so. */
  readonly mayHaveBeenReceived?: boolean | undefined;
}

/** The remote side could not be reached, or retries were used up. Exit code 6. */
export class UnreachableError extends OaaError {
  override readonly exitCode = exitCodes.unreachable;
  override readonly retryable: boolean;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly attempts: number | undefined;
  readonly mayHaveBeenReceived: boolean;

  constructor(code: ErrorCode, message: string, options: UnreachableErrorOptions = {}) {
    super(code, message, options);
    this.status = options.status;
    this.requestId = options.requestId;
    this.attempts = options.attempts;
    this.retryable = options.retryable ?? true;
    this.mayHaveBeenReceived = options.mayHaveBeenReceived ?? false;
  }

  override get facts(): Readonly<Record<string, unknown>> {
    const { status, requestId, attempts } = this;
    return { status, requestId, attempts };
  }
}

/** How many facts of a kind (`users`, `memberships` ...) would go, of how many that there are. */
export interface Removal {
  readonly kind: string;
  readonly removed: number;
  readonly total: number;
}

export interface GuardErrorOptions extends OaaErrorOptions {
  readonly removals?: readonly Removal[] | undefined;
}

/** A safety guard stopped the work before what it guards was changed; `removals` says what would have gone. Exit code 8. */
export class GuardError extends OaaError {
  override readonly exitCode = exitCodes.guard;
  readonly removals: readonly Removal[];

  constructor(code: ErrorCode, message: string, options: GuardErrorOptions = {}) {
    super(code, message, options);
    this.removals = options.removals ?? [];
  }

  override get facts(): Readonly<Record<string, unknown>> {
    return this.removals.length === 0 ? {} : { removals: this.removals };
  }
}
