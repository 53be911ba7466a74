import type { Intent, IntentStore } from '../directory/write-back.ts';

/**
 * Keeps the lease of an intent while `work` goes on. The signal ends when somebody else has it: what is begun then would be
 * done twice.
 */
export async function keepLease<Result>(
  intents: Pick<IntentStore, 'renew'>,
  intent: Intent,
  leaseMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const lost = new AbortController();
  let renewing: Promise<void> = Promise.resolve();
  const renew = async () => {
    try {
      if (!(await intents.renew(intent, leaseMs))) lost.abort(new Error('Somebody else has taken the intent over.'));
    } catch {
      // A database that is busy may be free the next time; the lease lasts for three of them.
    }
  };
  const timer = setInterval(() => {
    renewing = renewing.then(renew);
  }, leaseMs / 3);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(timer);
    // A late renewal must not undo what is written of the lease from here on.
    await renewing;
  }
}
