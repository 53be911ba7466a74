import { InputError } from '@oaa-kit/oaa';
import type { Pair, PublicationState } from '../directory/publications.ts';
import { formatPair, isSamePair } from './pair.ts';

/** Publication stops until it is resumed; a push that is under way goes on. */
export function paused(state: PublicationState): PublicationState {
  return { ...state, paused: true };
}

/** Publication goes on. */
export function resumed(state: PublicationState): PublicationState {
  return { ...state, paused: false };
}

/** Everything is pushed again, with what was left out since it was refused; nothing is waited for that failed before. */
export function fullRequested(state: PublicationState): PublicationState {
  return {
    ...state,
    full: 'somebody asked for it',
    hold: undefined,
    quarantine: undefined,
    failures: 0,
    retryAt: undefined,
  };
}

/**
 * What the pair would remove may go.
 *
 * @throws InputError unless that very pair is held for what it would remove
 */
export function removalAccepted(state: PublicationState, pair: Pair): PublicationState {
  const { hold } = state;
  if (hold?.kind !== 'removal') {
    throw new InputError('input-invalid', 'This publication is not held for what it would remove.', {
      hint: '`oaa scim publish status` says how it is doing.',
    });
  }
  if (!isSamePair(hold.pair, pair)) {
    throw new InputError(
      'input-invalid',
      `Held is ${formatPair(hold.pair)}, not ${formatPair(pair)}: it ${hold.message}.`,
      {
        hint: `Look at what has changed in between, then accept ${formatPair(hold.pair)}.`,
      },
    );
  }
  // Nothing of it was sent: it need not wait until a push may follow another.
  return { ...state, acceptedRemoval: hold.pair, lastAttemptAt: undefined };
}
