import type { OpenIntents, PublicationHold, PublicationKey, PublicationView } from '../directory/publications.ts';
import { currentPair, isHeld } from './decide.ts';
import { formatPair, isSameMoment } from './pair.ts';

/**
 * - `waiting`: no base was accepted yet
 * - `held`: somebody has to do something
 * - `failing`: the last push came to nothing, and is tried again
 * - `behind`: what has changed is published soon
 */
export type PublicationCondition = 'waiting' | 'paused' | 'held' | 'failing' | 'behind' | 'current';

/** A publication for people and machines. Times ISO 8601; pairs as `formatPair` has them. */
export interface PublicationStatus extends PublicationKey {
  readonly condition: PublicationCondition;
  readonly current: string | undefined;
  readonly published: string | undefined;
  readonly lag: {
    readonly revisions: number;
    readonly generations: number;
    /** How long the oldest change that is not published has waited. */
    readonly seconds: number;
  };
  readonly openIntents: OpenIntents;
  readonly hold:
    | (Pick<PublicationHold, 'kind' | 'message' | 'hint' | 'removals'> & { pair: string; since: string })
    | undefined;
  readonly lastFullPush: string | undefined;
  readonly lastError: { readonly message: string; readonly at: string } | undefined;
  readonly nextAttempt: string | undefined;
  readonly leftOut: { readonly count: number; readonly messages: readonly string[] } | undefined;
  /** Whether anybody publishes at this time. */
  readonly isAttended: boolean;
}

/** Says how a publication is doing. */
export function publicationStatus(view: PublicationView, openIntents: OpenIntents): PublicationStatus {
  const { key, state, current, behindSince, lease, now } = view;
  const { published, hold, lastError, retryAt } = state;
  const pair = currentPair(view);
  // Numbers of another life of the database say nothing about this one.
  const last = published?.incarnation === pair?.incarnation ? published : undefined;
  const isBehind = pair !== undefined && (last === undefined || !isSameMoment(last, pair));
  return {
    ...key,
    condition: conditionOf(view),
    current: pair && formatPair(pair),
    published: published && formatPair(published),
    lag: {
      revisions: isBehind ? current.revision - (last?.revision ?? 0) : 0,
      generations: isBehind ? (current.generation ?? 0) - (last?.generation ?? 0) : 0,
      seconds: isBehind && behindSince !== undefined ? Math.max(0, (now - behindSince) / 1000) : 0,
    },
    openIntents,
    hold: hold && {
      kind: hold.kind,
      message: hold.message,
      hint: hold.hint,
      removals: hold.removals,
      pair: formatPair(hold.pair),
      since: isoTime(hold.since),
    },
    lastFullPush: published && isoTime(published.at),
    lastError: lastError && { message: lastError.message, at: isoTime(lastError.at) },
    nextAttempt: retryAt === undefined ? undefined : isoTime(retryAt),
    leftOut: state.leftOut,
    isAttended: lease !== undefined && lease.until > now,
  };
}

function conditionOf(view: PublicationView): PublicationCondition {
  const { state } = view;
  const pair = currentPair(view);
  if (pair === undefined) return 'waiting';
  if (state.paused) return 'paused';
  if (state.hold !== undefined && (state.hold.kind !== 'removal' || isHeld(view, pair))) return 'held';
  if (state.failures > 0) return 'failing';
  const isPublished = state.published !== undefined && isSameMoment(state.published, pair);
  return isPublished && state.full === undefined ? 'current' : 'behind';
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
