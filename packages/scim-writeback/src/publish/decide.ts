import type { PairOfIncarnation, PublicationView } from '../directory/publications.ts';
import { isSameMoment } from './pair.ts';
import type { PublishSettings } from './publish-settings.ts';
import { timeLeft } from './time-left.ts';

/** What is next for a publication. */
export type Decision =
  | { readonly type: 'push'; readonly why: string; readonly pair: PairOfIncarnation }
  /** `ms`: look again no later than after so long. */
  | { readonly type: 'wait'; readonly why: Waiting; readonly ms: number };

export type Waiting =
  | 'no base was accepted yet'
  | 'paused'
  | 'a push may still be under way'
  | 'everything is published'
  | 'held'
  | 'the last push failed'
  | 'the last push was a short while ago'
  | 'changes are going on';

/** When something that is not published was seen first, and when it changed last. */
export interface Unrest {
  readonly since: number;
  readonly changedAt: number;
}

/** Somebody may wake a publication that waits for nothing but people: look now and then. */
const idleMs = 60_000;

/** Says what a publication needs: computed anew from what is, never from what has happened. */
export function decide(view: PublicationView, unrest: Unrest | undefined, settings: PublishSettings): Decision {
  const { state, now } = view;
  const pair = currentPair(view);
  if (pair === undefined) return { type: 'wait', why: 'no base was accepted yet', ms: idleMs };
  if (state.paused) return { type: 'wait', why: 'paused', ms: idleMs };
  const endsIn = timeLeft(state.push?.until, now, settings.pushTimeoutMs);
  if (endsIn > 0) return { type: 'wait', why: 'a push may still be under way', ms: endsIn };
  const why = reasonToPush(view, pair, settings);
  if (why === undefined) return { type: 'wait', why: 'everything is published', ms: idleMs };
  if (isHeld(view, pair)) return { type: 'wait', why: 'held', ms: idleMs };
  const retryIn = timeLeft(state.retryAt, now, settings.retryToMs);
  if (retryIn > 0) return { type: 'wait', why: 'the last push failed', ms: retryIn };
  const nextIn = timeLeft(after(state.lastAttemptAt, settings.minimumIntervalMs), now, settings.minimumIntervalMs);
  if (nextIn > 0) return { type: 'wait', why: 'the last push was a short while ago', ms: nextIn };
  const quietIn = unrest === undefined ? 0 : settlesIn(unrest, now, settings);
  if (quietIn > 0) return { type: 'wait', why: 'changes are going on', ms: quietIn };
  return { type: 'push', why, pair };
}

/** The pair that the database stands at; undefined before the first base. */
export function currentPair({ current }: PublicationView): PairOfIncarnation | undefined {
  const { revision, generation, incarnation = '' } = current;
  return generation === undefined ? undefined : { revision, generation, incarnation };
}

/** Whether the removal guard keeps this very pair from being published. */
export function isHeld({ state: { hold, acceptedRemoval } }: PublicationView, pair: PairOfIncarnation): boolean {
  if (hold?.kind !== 'removal' || !isSameMoment(hold.pair, pair)) return false;
  return acceptedRemoval === undefined || !isSameMoment(acceptedRemoval, pair);
}

function reasonToPush(
  { state, now }: PublicationView,
  pair: PairOfIncarnation,
  { fullEveryMs, pushTimeoutMs }: PublishSettings,
): string | undefined {
  const { published } = state;
  if (state.full !== undefined) return state.full;
  if (state.push !== undefined) return 'nobody knows how a push has ended';
  if (published === undefined) return 'nothing is published yet';
  if (published.incarnation !== pair.incarnation) return 'the database was restored';
  if (!isSameMoment(published, pair)) return 'something has changed';
  if (state.strayUntil !== undefined && timeLeft(state.strayUntil, now, pushTimeoutMs) === 0) {
    return 'an earlier push may have arrived late';
  }
  // Or so far ahead that the clock was set back since.
  return Math.abs(now - published.at) >= fullEveryMs ? 'the last push was long ago' : undefined;
}

function settlesIn({ since, changedAt }: Unrest, now: number, settings: PublishSettings): number {
  const quietIn = timeLeft(changedAt + settings.quietMs, now, settings.quietMs);
  return Math.min(quietIn, timeLeft(since + settings.longestWaitMs, now, settings.longestWaitMs));
}

function after(time: number | undefined, ms: number): number | undefined {
  return time === undefined ? undefined : time + ms;
}
