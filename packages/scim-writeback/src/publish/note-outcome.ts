import { formatDiagnostic } from '@oaa-kit/oaa';
import type { PairOfIncarnation, PublicationState } from '../directory/publications.ts';
import type { QuarantinedValue } from '../projection/quarantine.ts';
import type { Failure } from './judge-failure.ts';
import type { PreparedPayload } from './prepare-payload.ts';
import type { PublishSettings } from './publish-settings.ts';
import type { Delivered } from './push-target.ts';
import { timeLeft } from './time-left.ts';

/** So many values are left out by themselves; more are no matter of single values. */
const mostQuarantined = 1_000;
const shownMessages = 20;

/** The state when a push begins: until its end is noted, it may be under way. */
export function begun(
  state: PublicationState,
  pair: PairOfIncarnation,
  now: number,
  { pushTimeoutMs }: PublishSettings,
): PublicationState {
  const push = { pair, begunAt: now, until: now + pushTimeoutMs };
  // What begins when an earlier push can no longer arrive comes on top of it.
  const strayUntil = timeLeft(state.strayUntil, now, pushTimeoutMs) > 0 ? state.strayUntil : undefined;
  return { ...state, push, strayUntil, full: undefined, lastAttemptAt: now };
}

/** The state after a push that the tenant has confirmed. */
export function confirmed(
  state: PublicationState,
  prepared: PreparedPayload,
  incarnation: string,
  { dataSourceId }: Delivered,
  now: number,
): PublicationState {
  const { pair, quarantine, diagnostics, diagnosticCount } = prepared;
  const messages = [
    ...quarantine.map(({ kind, key, attribute, reason }) => `${attribute} of ${kind} ${key ?? '(all)'}: ${reason}`),
    ...diagnostics.map(formatDiagnostic),
  ];
  const count = quarantine.length + diagnosticCount;
  return {
    ...state,
    published: { ...pair, incarnation, dataSourceId, at: now },
    push: undefined,
    hold: undefined,
    acceptedRemoval: undefined,
    quarantine: quarantine.length === 0 ? undefined : { generation: pair.generation, values: quarantine },
    leftOut: count === 0 ? undefined : { count, messages: messages.slice(0, shownMessages) },
    failures: 0,
    retryAt: undefined,
  };
}

/** The state after a push that came to nothing, as far as anybody knows. `why` it was tried is still so. */
export function failed(
  state: PublicationState,
  { message, hold, mayArrive }: Failure,
  pair: PairOfIncarnation,
  why: string,
  now: number,
  { retryFromMs, retryToMs }: PublishSettings,
): PublicationState {
  const isGuarded = hold?.kind === 'removal';
  const failures = isGuarded ? 0 : state.failures + 1;
  const retryIn = Math.min(retryFromMs * 2 ** Math.min(failures - 1, 30), retryToMs);
  return {
    ...state,
    push: undefined,
    strayUntil: mayArrive ? (state.push?.until ?? state.strayUntil) : state.strayUntil,
    full: state.full ?? why,
    hold: hold === undefined ? undefined : { ...hold, pair, since: state.hold?.since ?? now },
    lastError: { message, at: now },
    failures,
    retryAt: isGuarded ? undefined : now + retryIn,
  };
}

/** The state after a refusal of values that can be left out: tried again at once without them. Undefined: they are too many. */
export function quarantined(
  state: PublicationState,
  prepared: PreparedPayload,
  values: readonly QuarantinedValue[],
  { message }: Failure,
  why: string,
  now: number,
): PublicationState | undefined {
  const key = ({ kind, key: of, attribute }: QuarantinedValue) => JSON.stringify([kind, of, attribute]);
  const known = new Set(prepared.quarantine.map(key));
  const added = values.filter((value) => !known.has(key(value)));
  const all = [...prepared.quarantine, ...added];
  if (added.length === 0 || all.length > mostQuarantined) return undefined;
  return {
    ...state,
    push: undefined,
    full: state.full ?? why,
    quarantine: { generation: prepared.pair.generation, values: all },
    lastError: { message, at: now },
    lastAttemptAt: undefined,
  };
}
