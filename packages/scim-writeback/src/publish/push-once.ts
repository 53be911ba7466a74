import type { LogFacts, Logger } from '@oaa-kit/oaa';
import type { AttributeMapping } from '../attributes/attribute-mapping.ts';
import type { ResourceKind } from '../directory/directory.ts';
import type {
  PairOfIncarnation,
  PublicationChange,
  PublicationKey,
  PublicationLease,
  PublicationState,
  PublicationStore,
} from '../directory/publications.ts';
import { endingSignal } from '../signals/ending-signal.ts';
import { judgeFailure } from './judge-failure.ts';
import { localiseViolation } from './localise.ts';
import { begun, confirmed, failed, quarantined } from './note-outcome.ts';
import { formatPair, isSameMoment } from './pair.ts';
import { type PreparedPayload, preparePayload } from './prepare-payload.ts';
import type { PublishSettings } from './publish-settings.ts';
import type { Delivered, PushTarget } from './push-target.ts';

export interface PushContext {
  readonly store: PublicationStore;
  readonly key: PublicationKey;
  readonly target: PushTarget;
  readonly mapping: Readonly<Record<ResourceKind, AttributeMapping>>;
  readonly settings: PublishSettings;
  readonly logger: Logger;
}

/** Another publisher is the owner now: whatever this one still has in hand is old. */
class LeaseLostError extends Error {
  constructor() {
    super('Another publisher has taken over.');
  }
}

/**
 * Projects what the database stands at and pushes it, as the owner of the publication. What comes of it is in the state
 * afterwards; nothing is thrown for what the tenant or the payload has done.
 *
 * @param signal ends the push when the publisher stops
 */
export async function pushOnce(
  context: PushContext,
  lease: PublicationLease,
  { why, pair }: { readonly why: string; readonly pair: PairOfIncarnation },
  signal: AbortSignal,
): Promise<void> {
  const { store, key, target, mapping, settings, logger } = context;
  const state = await store.record(key, lease, (current, now) => begun(current, pair, now, settings));
  if (state === undefined) return;
  using renewal = keepLease(context, lease);
  using ending = endingSignal([signal, renewal.signal], settings.pushTimeoutMs);
  const signals = ending.signal;
  const { incarnation } = pair;
  let prepared: PreparedPayload | undefined;
  let isSent = false;
  const beforeSend = async () => {
    signals.throwIfAborted();
    const owned = await store.record(key, lease, (current) => current);
    if (owned === undefined) throw new LeaseLostError();
    signals.throwIfAborted();
    isSent = true;
  };
  let change: PublicationChange;
  try {
    prepared = await preparePayload(store, key.organization, mapping, state.quarantine);
    if (prepared === undefined) throw new Error('There is no base any more.');
    signals.throwIfAborted();
    const acceptRemoval = isAccepted(state, { ...prepared.pair, incarnation });
    const delivered = await target.push(prepared.payload, { acceptRemoval, beforeSend, signal: signals });
    change = noteDelivery(context, prepared, incarnation, delivered, why);
  } catch (error) {
    // Stopping is no failure. What was sent may still arrive: the next owner waits for the end of this push.
    if (signal.aborted) change = (current) => ({ ...current, push: isSent ? current.push : undefined, full: why });
    else change = noteFailure(context, error, prepared, pair, why);
  }
  if ((await store.record(key, lease, change)) !== undefined || !isSent) return;
  // The push of this publisher may have come after one of the next owner.
  logger.warn('published late: another publisher had taken over', factsOf(key));
  await store.change(key, (current) => ({ ...current, full: current.full ?? 'an earlier owner may have pushed late' }));
}

function noteDelivery(
  { key, logger }: PushContext,
  prepared: PreparedPayload,
  incarnation: string,
  delivered: Delivered,
  why: string,
): PublicationChange {
  const { pair, quarantine, diagnosticCount } = prepared;
  logger.info('published', { ...factsOf(key), pair: formatPair(pair), why, warnings: delivered.warnings.length });
  for (const warning of delivered.warnings.slice(0, 20)) logger.warn(`the tenant: ${warning}`, factsOf(key));
  const leftOut = quarantine.length + diagnosticCount;
  if (leftOut > 0) logger.warn('values were left out of what was published', { ...factsOf(key), count: leftOut });
  return (current, now) => confirmed(current, prepared, incarnation, delivered, now);
}

function noteFailure(
  { key, settings, logger }: PushContext,
  error: unknown,
  prepared: PreparedPayload | undefined,
  pair: PairOfIncarnation,
  why: string,
): PublicationChange {
  const failure = judgeFailure(error);
  const values =
    prepared === undefined ? [] : failure.violations.map((one) => localiseViolation(one, prepared.payload));
  const tried = prepared === undefined ? pair : { ...prepared.pair, incarnation: pair.incarnation };
  const facts = { ...factsOf(key), pair: formatPair(tried) };
  if (failure.hold !== undefined) logger.error(`publication is held: ${failure.hold.message}`, facts);
  else logger.warn(`a push came to nothing: ${failure.message}`, facts);
  return (current, now) => {
    const isLocal = prepared !== undefined && values.length > 0 && values.every((found) => found.length > 0);
    const without = isLocal ? quarantined(current, prepared, values.flat(), failure, why, now) : undefined;
    return without ?? failed(current, failure, tried, why, now, settings);
  };
}

function isAccepted({ acceptedRemoval }: PublicationState, pair: PairOfIncarnation): boolean {
  return acceptedRemoval !== undefined && isSameMoment(acceptedRemoval, pair);
}

/** Prolongs the lease while a push is under way, and ends the push when it is lost. */
function keepLease({ store, key, settings }: PushContext, { owner, epoch }: PublicationLease) {
  const controller = new AbortController();
  const renew = async () => {
    const claimed = await store.claim(key, owner, settings.leaseMs);
    if (claimed?.lease?.epoch !== epoch) controller.abort(new LeaseLostError());
  };
  // A renewal that fails is made up for by the next one; the lease is long enough for two of them.
  const timer = setInterval(() => void renew().catch(() => undefined), settings.leaseMs / 3);
  timer.unref();
  return { signal: controller.signal, [Symbol.dispose]: () => clearInterval(timer) };
}

export function factsOf({ organization, provider, dataSource }: PublicationKey): LogFacts {
  return { organization, provider, dataSource };
}
