import {
  CredentialsError,
  type FieldViolation,
  GuardError,
  InputError,
  isCertainlyRefused,
  OaaError,
  RemoteError,
  type Removal,
  UsageError,
} from '@oaa-kit/oaa';
import type { PublicationHold } from '../directory/publications.ts';

/** What a push that came to nothing means for the publication. */
export interface Failure {
  /** A sentence, without secrets. */
  readonly message: string;
  /** Undefined: it is tried again by itself, and nobody has to do anything. */
  readonly hold: Pick<PublicationHold, 'kind' | 'message' | 'hint' | 'removals'> | undefined;
  /** Whether the tenant may take it in all the same, however late. */
  readonly mayArrive: boolean;
  /** What the tenant said against the payload. */
  readonly violations: readonly FieldViolation[];
}

/** The one of the error is for `oaa push`, which such a data source refuses. */
const recordHint = 'Put the file back as it was, or delete it, then: oaa scim publish full.';

/** Sorts what a push ended with by what has to be done next. */
export function judgeFailure(error: unknown): Failure {
  const message = error instanceof OaaError ? error.message : `A fault: ${String(error)}`;
  const violations = error instanceof RemoteError ? error.violations : [];
  const kind = kindOf(error);
  const isRefused = error instanceof GuardError || isCertainlyRefused(error);
  const facts = { message, violations, mayArrive: !isRefused };
  if (kind === undefined) return { ...facts, hold: undefined };
  if (error instanceof GuardError && kind === 'removal') return { ...facts, hold: removalHold(error) };
  const hint = error instanceof GuardError ? recordHint : error instanceof OaaError ? error.hint : undefined;
  return { ...facts, hold: { kind, message, hint } };
}

function kindOf(error: unknown): PublicationHold['kind'] | undefined {
  // Nobody can accept what cannot be told.
  if (error instanceof GuardError) return error.code === 'baseline-invalid' ? 'settings' : 'removal';
  if (error instanceof CredentialsError) return 'credentials';
  if (error instanceof UsageError) return 'settings';
  if (error instanceof RemoteError && error.code === 'not-found') return 'settings';
  // An answer that is none of a tenant's may be one of something on the way to it.
  if (error instanceof RemoteError && error.code === 'response-invalid') return undefined;
  return error instanceof RemoteError || error instanceof InputError ? 'refused' : undefined;
}

function removalHold({ code, removals }: GuardError): Failure['hold'] {
  if (code === 'guard') {
    return {
      kind: 'removal',
      message: `would remove ${removals.map(describe).join(', ')}`,
      hint: 'Look at what has changed (oaa scim history). When it is right: oaa scim publish accept-removal <pair>.',
      removals,
    };
  }
  return {
    kind: 'removal',
    message:
      'the data source holds data already, and there is no record of what was pushed to it: what would go is unknown',
    hint: 'When the base is complete: oaa scim publish accept-removal <pair>.',
  };
}

function describe({ kind, removed, total }: Removal): string {
  return `${removed.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${kind} (${Math.round((100 * removed) / total)} %)`;
}
