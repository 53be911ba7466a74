import { setTimeout } from 'node:timers/promises';
import type {
  ApplicationOperation,
  ApplicationRefusal,
  Applied,
  Intent,
  IntentStore,
} from '../directory/write-back.ts';
import type { AdapterAnswer, AdapterCall, ApplicationAdapter } from './adapter.ts';
import { askInTime } from './ask-in-time.ts';
import type { Adapter } from './joining-adapter.ts';
import { keepLease } from './keep-lease.ts';
import { nextOperation, operationKey } from './next-operation.ts';
import { readAnswer, readProbe } from './read-answer.ts';
import { undoOperations } from './undo-operations.ts';
import type { WriteBackEvent } from './write-back-event.ts';

/** What came of working at an intent. */
export type Outcome =
  | { readonly type: 'applied'; readonly applied: Applied }
  | { readonly type: 'refused'; readonly refusal: ApplicationRefusal }
  /** It is tried again later. */
  | { readonly type: 'unknown'; readonly reason: string }
  | { readonly type: 'needs-attention'; readonly reason: string }
  /** Somebody else has the intent. */
  | { readonly type: 'lost' };

/** With what, and how patiently, intents are carried out. */
export interface Carrier<OfKind extends Adapter = ApplicationAdapter> {
  readonly intents: IntentStore;
  readonly adapter: OfKind;
  readonly leaseMs: number;
  readonly callTimeoutMs: number;
  readonly graceMs: number;
  readonly retry: RetryOptions;
  onEvent(event: WriteBackEvent): void;
}

export interface RetryOptions {
  /** How long an intent rests after its first attempt; twice as long after each further one. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** After so many attempts, what cannot be repeated is left to people. */
  readonly attempts: number;
}

/**
 * What nobody has worked at for so long is of a service that stood still, or of a database that was restored from a copy: it
 * may have been done long ago, and been undone since. To do it again could give back what was taken away.
 */
const longestIdleMs = 3_600_000;
const abandoned =
  'Nobody has worked at it for more than an hour, as after a long stop or in a restored database: what has happened since is not known.';

/** tx2 is tried so many times: the application has done its part. */
const writeAttempts = 3;

/**
 * Brings an intent to its end, from the operation at which it is. Nothing is locked in the database meanwhile.
 *
 * @param onOverdue told when the application does not answer in time; an answer that comes late still counts
 * @throws what the store throws; the intent stays open then, and is taken over when its lease has ended
 */
export async function carryOut(intent: Intent, carrier: Carrier, onOverdue = () => {}): Promise<Outcome> {
  const { intents, leaseMs } = carrier;
  if ((intent.idleMs ?? 0) > longestIdleMs) return giveUp(intent, abandoned, carrier);
  let current = intent;
  let uncertain = intent.attempt > 1 && intent.asked;
  for (;;) {
    const operation = nextOperation(current);
    if (operation === undefined) return close(current, carrier);
    const answer = await settle(current, operation, uncertain, carrier, onOverdue);
    uncertain = false;
    if (answer.type === 'unknown') return postpone(current, answer, carrier);
    if (answer.type === 'refused') {
      const turned = await takeBack(current, answer, carrier);
      if ('outcome' in turned) return turned.outcome;
      current = turned.intent;
      continue;
    }
    const operations = current.done + 1;
    const nativeId = current.nativeId ?? nativeIdOf(operation, answer);
    // Of the last one, tx2 takes the note along.
    if (operations < current.operations.length) {
      if (!(await intents.advance(current, { operations, nativeId }, leaseMs))) return { type: 'lost' };
    }
    current = { ...current, done: operations, nativeId };
  }
}

function nativeIdOf({ type }: ApplicationOperation, answer: { readonly nativeId?: string | undefined }) {
  return type === 'create-user' || type === 'create-group' ? answer.nativeId : undefined;
}

type Answer = AdapterAnswer & { readonly error?: unknown };

/** Has an operation done; where it may be done already, it is looked up first. */
async function settle(
  intent: Intent,
  operation: ApplicationOperation,
  uncertain: boolean,
  carrier: Carrier,
  onOverdue: () => void,
): Promise<Answer> {
  const { adapter } = carrier;
  const ask = (what: (call: AdapterCall) => Promise<unknown>) => askAdapter(what, intent, carrier, onOverdue);
  const apply = () => ask((call) => adapter.apply(operation, call)).then(orUnknown(readAnswer));
  if (!uncertain) return apply();
  const probe = adapter.probe?.bind(adapter);
  const look = probe && (() => ask((call) => probe(operation, call)).then(orUnknown(readProbe)));
  const seen = await look?.();
  if (seen?.type === 'applied') return seen;
  if (seen?.type !== 'not-applied' && !adapter.repeatable) {
    return (
      seen ?? { type: 'unknown', reason: 'It may have been done, and the adapter can neither look nor repeat it.' }
    );
  }
  const answer = await apply();
  if (answer.type !== 'refused' || look === undefined) return answer;
  // An earlier call may have come through meanwhile: then what is refused is refused because it is so already.
  const seenThen = await look();
  return seenThen.type === 'not-applied' ? answer : seenThen;
}

type Asked = { readonly value: unknown } | { readonly late: true } | { readonly error: unknown };

async function askAdapter(
  what: (call: AdapterCall) => Promise<unknown>,
  intent: Intent,
  { intents, leaseMs, callTimeoutMs: timeoutMs, graceMs }: Carrier,
  onOverdue: () => void,
): Promise<Asked> {
  const call = { idempotencyKey: operationKey(intent), attempt: intent.attempt };
  let isOverdue = false;
  try {
    return await keepLease(intents, intent, leaseMs, async (lost) => {
      const answer = await askInTime(async (signal) => ({ value: await what({ ...call, signal }) }), {
        timeoutMs,
        graceMs,
        onOverdue: () => {
          isOverdue = true;
          onOverdue();
        },
        signal: lost,
      });
      return answer ?? { late: true };
    });
  } catch (error) {
    // It was told to end.
    return isOverdue ? { late: true } : { error };
  }
}

function orUnknown<Read extends { readonly type: string }>(read: (value: unknown) => Read) {
  return (asked: Asked): Read | { readonly type: 'unknown'; readonly reason: string; readonly error?: unknown } => {
    if ('value' in asked) return read(asked.value);
    if ('late' in asked) return { type: 'unknown', reason: 'The application did not answer in time.' };
    // The message of an error that is not ours may hold secrets: it is for the logs, which hide them.
    const name = asked.error instanceof Error ? asked.error.name : typeof asked.error;
    return { type: 'unknown', reason: `The adapter failed (${name}).`, error: asked.error };
  };
}

async function close(intent: Intent, { intents, onEvent }: Carrier): Promise<Outcome> {
  const { refusal } = intent;
  if (refusal !== undefined) {
    return (await insist(() => intents.refuse(intent, refusal))) ? { type: 'refused', refusal } : { type: 'lost' };
  }
  const applied = await insist(() => intents.apply(intent, intent.nativeId));
  if (applied === undefined) return { type: 'lost' };
  if (applied !== 'needs-attention') return { type: 'applied', applied };
  const reason = 'The application has taken it, the directory cannot.';
  onEvent({ type: 'needs-attention', intent, reason });
  return { type: 'needs-attention', reason };
}

/** Has the database write something that must not fail for a moment's trouble. */
export async function insist<Result>(write: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (attempt === writeAttempts) throw error;
      await setTimeout(100 * attempt);
    }
  }
}

/** After a refusal: closes the intent, or makes it one that takes back what was done before. */
async function takeBack(
  intent: Intent,
  { reason, kind = 'invalid' }: Extract<AdapterAnswer, { type: 'refused' }>,
  carrier: Carrier,
): Promise<{ readonly outcome: Outcome } | { readonly intent: Intent }> {
  const { intents } = carrier;
  const refusal: ApplicationRefusal = { reason, kind };
  if (intent.refusal !== undefined) {
    return {
      outcome: await giveUp(
        intent,
        `The application refused a part and does not let go of another: ${reason}`,
        carrier,
      ),
    };
  }
  if (intent.done === 0) return { outcome: await close({ ...intent, refusal }, carrier) };
  const undoing = undoOperations(intent.operations.slice(0, intent.done));
  if (undoing === undefined) {
    return {
      outcome: await giveUp(intent, `The application refused a part, and another cannot be undone: ${reason}`, carrier),
    };
  }
  if (!(await insist(() => intents.turnBack(intent, undoing, refusal)))) return { outcome: { type: 'lost' } };
  return { intent: { ...intent, operations: [...intent.operations.slice(0, intent.done), ...undoing], refusal } };
}

/** Leaves it for a while where it can be looked up or tried again; else to people. */
export async function postpone(
  intent: Intent,
  { reason, error }: { readonly reason: string; readonly error?: unknown },
  carrier: Carrier<Adapter>,
): Promise<Outcome> {
  const { intents, adapter, retry, onEvent } = carrier;
  if (!('applyWithin' in adapter)) {
    const canLook = adapter.probe !== undefined && intent.attempt < retry.attempts;
    if (!adapter.repeatable && !canLook) return giveUp(intent, reason, carrier, error);
  }
  const restMs = Math.min(retry.longestMs, retry.firstMs * 2 ** Math.min(intent.attempt - 1, 30));
  onEvent({ type: 'unknown', intent, reason, ...(error !== undefined && { error }) });
  return (await intents.renew(intent, restMs, reason)) ? { type: 'unknown', reason } : { type: 'lost' };
}

/** Leaves it to people. */
export async function giveUp(
  intent: Intent,
  reason: string,
  { intents, onEvent }: Pick<Carrier, 'intents' | 'onEvent'>,
  error?: unknown,
): Promise<Outcome> {
  if (!(await insist(() => intents.needAttention(intent, reason)))) return { type: 'lost' };
  onEvent({ type: 'needs-attention', intent, reason, ...(error !== undefined && { error }) });
  return { type: 'needs-attention', reason };
}
