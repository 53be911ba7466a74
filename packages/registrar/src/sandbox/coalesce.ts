/**
 * Makes `run` safe to call at any time: it never runs twice at once, and calls that come while it runs share the next
 * run. The promise settles when a run that began after the call has ended.
 */
export function coalesce(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (): Promise<void> => {
    const current = run().finally(() => {
      if (running === current) running = undefined;
    });
    running = current;
    return current;
  };
  return () => {
    if (running === undefined) return start();
    if (next === undefined) {
      const after = (): Promise<void> => {
        next = undefined;
        return start();
      };
      next = running.then(after, after);
    }
    return next;
  };
}
