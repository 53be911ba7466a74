import { type Diagnostic, GuardError, InputError, OaaError, type Removal, UsageError } from '@oaa-kit/oaa';
import { DirectoryBusyError } from '../../directory/directory-busy-error.ts';
import { DirectoryUnwritableError } from '../../directory/directory-unwritable-error.ts';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { Answer } from '../answers/answer.ts';
import { Refusal } from '../refusal.ts';

/** The body of a refusal. Keys without a value are left out. */
export interface AdminErrorDocument {
  /** Stable; those of `OaaError` where it is about a base. */
  readonly code: string;
  /** What happened and why. */
  readonly message: string;
  /** How to fix it. */
  readonly hint?: string | undefined;
  /** What is wrong with a payload. */
  readonly problems?: readonly Diagnostic[] | undefined;
  /** How many problems there are beyond those that are told. */
  readonly problemsLeft?: number | undefined;
  /** What a base would have removed. */
  readonly removals?: readonly Removal[] | undefined;
}

/** More would make the answer larger than what it is about. */
const mostProblems = 10_000;
/** Whoever holds the lock has held it for longer than that already. */
const busySeconds = '10';
/** Somebody has to make room, or put a file in its place. */
const unwritableSeconds = '60';

/** Codes of what is wrong with the request itself. */
const codes: Readonly<Record<number, string>> = {
  401: 'credentials-refused',
  403: 'credentials-refused',
  404: 'not-found',
  413: 'payload-too-large',
  429: 'rate-limited',
  503: 'busy',
};

const inputStatuses: Readonly<Record<string, number>> = {
  'json-invalid': 400,
  'not-found': 404,
  'payload-too-large': 413,
};

/**
 * The answer to a request that failed. What is no refusal is a fault of ours: the client gets the id to ask with, and
 * nothing of the cause.
 */
export function refuseAdmin(error: unknown, requestId: string): Answer {
  if (error instanceof ScimError) {
    const { status, detail } = error;
    const document = { code: codes[status] ?? 'usage', message: detail };
    return answerOf(status, document, error instanceof Refusal ? error.headers : undefined);
  }
  if (error instanceof DirectoryBusyError) {
    const { message, hint } = error;
    return answerOf(503, { code: 'busy', message, hint }, { 'retry-after': busySeconds });
  }
  if (error instanceof DirectoryUnwritableError) {
    const { message, hint } = error;
    return answerOf(503, { code: 'unwritable', message, hint }, { 'retry-after': unwritableSeconds });
  }
  if (error instanceof OaaError && !isAdminFault(error)) return answerOf(statusOf(error), documentOf(error));
  const message = `Something went wrong here; the logs tell more about request ${requestId}.`;
  return answerOf(500, { code: 'fault', message });
}

/** Whether an error is to be looked at by those who run the service. */
export function isAdminFault(error: unknown): boolean {
  if (error instanceof ScimError) return error.status >= 500;
  return !(error instanceof GuardError || error instanceof InputError || error instanceof UsageError);
}

function answerOf(status: number, document: AdminErrorDocument, headers?: Readonly<Record<string, string>>): Answer {
  return { status, headers, body: JSON.stringify(document) };
}

function statusOf(error: OaaError): number {
  if (error instanceof GuardError) return 409;
  if (error instanceof InputError) return inputStatuses[error.code] ?? 422;
  return 400;
}

function documentOf(error: OaaError): AdminErrorDocument {
  const { code, message, hint } = error;
  const problems = error instanceof InputError ? error.diagnostics : [];
  const removals = error instanceof GuardError ? error.removals : [];
  const left = problems.length - mostProblems;
  return {
    code,
    message,
    hint,
    ...(problems.length > 0 && { problems: problems.slice(0, mostProblems) }),
    ...(left > 0 && { problemsLeft: left }),
    ...(removals.length > 0 && { removals }),
  };
}
