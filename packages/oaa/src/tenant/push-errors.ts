import { type RemoteError, UnreachableError } from '../errors/index.ts';

/** A later push to the same data source has begun; this one must not overwrite it. */
export function supersededError(dataSource: string, cause?: unknown): UnreachableError {
  return new UnreachableError(
    'push-superseded',
    `This push to the data source "${dataSource}" was given up because a newer one has begun.`,
    { hint: 'Nothing to do: the newer push carries the newer state.', retryable: false, cause },
  );
}

/** Parts were uploaded, but the tenant was never told to take them in. */
export function partsUnfinishedError(uploaded: number, parts: number, cause: UnreachableError): UnreachableError {
  return new UnreachableError(
    'push-incomplete',
    `The push stopped after ${uploaded} of ${parts} parts, and the tenant has taken nothing in: ${cause.message}`,
    {
      hint: `Push again from the start. ${cause.hint ?? ''}`.trim(),
      status: cause.status,
      attempts: cause.attempts,
      cause,
    },
  );
}

/** The parts were completed, but no answer says whether the tenant accepted them. */
export function completionUnknownError(parts: number, cause: UnreachableError | RemoteError): UnreachableError {
  return new UnreachableError(
    'push-incomplete',
    `All ${parts} parts were uploaded, but the answer to their completion was lost or cannot be read, so it is unknown whether the tenant has taken the payload in: ${cause.message}`,
    {
      hint: 'Push again: a full push replaces the whole snapshot.',
      status: cause.status,
      attempts: cause instanceof UnreachableError ? cause.attempts : 1,
      mayHaveBeenReceived: true,
      cause,
    },
  );
}
