import { DirectoryBusyError } from '../directory/directory-busy-error.ts';
import { DirectoryUnwritableError } from '../directory/directory-unwritable-error.ts';
import { TransactionEndedError } from '../directory/transaction-ended-error.ts';
import type { Intent, JoinedAnswer, SqlTransaction } from '../directory/write-back.ts';
import { askInTime } from './ask-in-time.ts';
import { type Carrier, giveUp, insist, type Outcome, postpone } from './carry-out.ts';
import type { JoiningAdapter } from './joining-adapter.ts';
import { nextOperation } from './next-operation.ts';
import { readAnswer } from './read-answer.ts';

/** The adapter could not say what came of it, and nothing did: all was rolled back. */
class AdapterFailure extends Error {}

/**
 * Brings an intent to its end where the application is in the database: in one transaction. What fails has not happened,
 * and is tried again.
 *
 * @throws what the store throws, as `carryOut`
 */
export async function carryOutJoined(intent: Intent, carrier: Carrier<JoiningAdapter>): Promise<Outcome> {
  if (intent.done > 0 || intent.refusal !== undefined) {
    return giveUp(intent, 'It was begun by an adapter that does not join the transaction of the directory.', carrier);
  }
  const { intents } = carrier;
  const failureOrOutcome = await insist(async () => {
    try {
      return await intents.applyJoined(intent, (transaction) => joinAll(intent, transaction, carrier));
    } catch (error) {
      if (error instanceof AdapterFailure) return error;
      if (error instanceof TransactionEndedError) return new AdapterFailure(error.message, { cause: error });
      throw error;
    }
  });
  if (failureOrOutcome === undefined) return { type: 'lost' };
  if (!(failureOrOutcome instanceof AdapterFailure)) return failureOrOutcome;
  const { message, cause } = failureOrOutcome;
  return postpone(intent, { reason: message, ...(cause !== undefined && { error: cause }) }, carrier);
}

/** @throws AdapterFailure; what the database throws for itself */
async function joinAll(
  intent: Intent,
  transaction: SqlTransaction,
  carrier: Carrier<JoiningAdapter>,
): Promise<JoinedAnswer> {
  const deadline = performance.now() + carrier.callTimeoutMs;
  let nativeId = intent.nativeId;
  for (let done = 0; done < intent.operations.length; done += 1) {
    const operation = nextOperation({ ...intent, done, nativeId });
    if (operation === undefined) break;
    const asked = () => carrier.adapter.applyWithin(operation, transaction);
    const answer = readAnswer(await inTime(asked, deadline - performance.now()));
    if (answer.type === 'unknown') throw new AdapterFailure(answer.reason);
    if (answer.type === 'refused') {
      const { reason, kind = 'invalid' } = answer;
      return { type: 'refused', refusal: { reason, kind } };
    }
    if (operation.type === 'create-user' || operation.type === 'create-group') nativeId ??= answer.nativeId;
  }
  return { type: 'applied', nativeId };
}

async function inTime(ask: () => Promise<unknown>, leftMs: number): Promise<unknown> {
  const ended = new AbortController();
  const patience = { timeoutMs: Math.max(1, leftMs), graceMs: 0, onOverdue: () => {}, signal: ended.signal };
  let answer: { readonly value: unknown } | undefined;
  try {
    answer = await askInTime(async () => ({ value: await ask() }), patience);
  } catch (cause) {
    if (cause instanceof DirectoryBusyError || cause instanceof DirectoryUnwritableError) throw cause;
    // The message of an error that is not ours may hold secrets: it is for the logs, which hide them.
    const name = cause instanceof Error ? cause.name : typeof cause;
    throw new AdapterFailure(`The adapter failed (${name}); nothing was done.`, { cause });
  }
  if (answer === undefined) throw new AdapterFailure('The adapter did not answer in time; nothing was done.');
  return answer.value;
}
