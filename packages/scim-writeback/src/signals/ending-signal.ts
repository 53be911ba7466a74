/** A signal that ends with others, or when its time is over. */
export interface EndingSignal extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * A signal that ends as soon as one of others does, or after a time, whichever comes first. Lets go of both when it is
 * disposed of, and does not end any more then.
 *
 * It stands in the place of `AbortSignal.any`, whose signals in Node.js 24 were seen not to end although one of theirs had:
 * they are told through weak references.
 *
 * @param timeoutMs none unless given
 */
export function endingSignal(others: readonly AbortSignal[], timeoutMs?: number): EndingSignal {
  const controller = new AbortController();
  const endings = others.map((other) => {
    const end = () => controller.abort(other.reason);
    if (other.aborted) end();
    else other.addEventListener('abort', end);
    return { other, end };
  });
  const end = () => controller.abort(new DOMException('The time is over.', 'TimeoutError'));
  const timer = timeoutMs === undefined ? undefined : setTimeout(end, timeoutMs).unref();
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const one of endings) one.other.removeEventListener('abort', one.end);
    },
  };
}
