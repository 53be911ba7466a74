import type { PairOfIncarnation, PublicationView } from '../directory/publications.ts';
import { isSameMoment } from './pair.ts';
import type { PublishSettings } from './publish-settings.ts';

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
  const endsIn = left(state.push?.until, now, settings.pushTimeoutMs);
  if (endsIn > 0) return { type: 'wait', why: 'a push may still be under way', ms: endsIn };
  const why = reasonToPush(view, pair, settings);
  if (why === undefined) return { type: 'wait', why: 'everything is published', ms: idleMs };
  if (isHeld(view, pair)) return { type: 'wait', why: 'held', ms: idleMs };
  const retryIn = left(state.retryAt, now, settings.retryToMs);
  if (retryIn > 0) return { type: 'wait', why: 'the last push failed', ms: retryIn };
  const nextIn = left(after(state.lastAttemptAt, settings.minimumIntervalMs), now, settings.minimumIntervalMs);
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
  { fullEveryMs }: PublishSettings,
): string | undefined {
  const { published } = state;
  if (state.full !== undefined) return state.full;
  if (state.push !== undefined) return 'nobody knows how a push has ended';
  if (published === undefined) return 'nothing is published yet';
  if (published.incarnation !== pair.incarnation) return 'the database was restored';
  if (!isSameMoment(published, pair)) return 'something has changed';
  // Or so far ahead that the clock was set back since.
  return Math.abs(now - published.at) >= fullEveryMs ? 'the last push was long ago' : undefined;
}

function settlesIn({ since, changedAt }: Unrest, now: number, settings: PublishSettings): number {
  const quietIn = left(changedAt + settings.quietMs, now, settings.quietMs);
  return Math.min(quietIn, left(since + settings.longestWaitMs, now, settings.longestWaitMs));
}

function after(time: number | undefined, ms: number): number | undefined {
  return time === undefined ? undefined : time + ms;
}

/** How long to wait for a time. One that is farther away than it can be is of a clock that was set back: not at all. */
function left(time: number | undefined, now: number, mostMs: number): number {
  const ms = time === undefined ? 0 : time - now;
  return ms > mostMs ? 0 : Math.max(0, ms);
}
