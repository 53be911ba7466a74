import type { Intent, IntentStore } from '../directory/write-back.ts';
import { undoOperations } from './undo-operations.ts';

/** What became of an intent that a person has decided about. */
export type Resolution =
  | 'applied'
  | 'refused'
  /** The service goes on with the operations that are left. */
  | 'continues'
  /** The service tries once more to take back what was done. */
  | 'tries-again'
  /** It is gone, closed, or a request still waits for it; nothing was changed. */
  | 'not-resolvable'
  /** What was done before cannot be undone; it still needs attention. */
  | 'not-undoable'
  /** The application has done all of it, and the directory cannot take it; it still needs attention. */
  | 'not-writable';

const notDone = { kind: 'invalid', reason: 'The application did not do it, as was found out by hand.' } as const;

/**
 * Tells the journal what came of the operation at which an intent is stuck, as a person has seen it in the application.
 *
 * @param as `applied`: the application has done it; the rest is done. `not-applied`: it has not; what was done before is
 *   undone, and the request counts as refused. Of an operation that undoes another, `not-applied` has it tried again.
 * @param nativeId of what was created, where the application gave it one
 */
export async function resolveIntent(
  intents: IntentStore,
  id: string,
  as: 'applied' | 'not-applied',
  { owner, nativeId }: { readonly owner: string; readonly nativeId?: string | undefined },
): Promise<Resolution> {
  const intent = await intents.seize(id, owner, 30_000);
  if (intent === undefined) return 'not-resolvable';
  return as === 'applied' ? goOn(intents, intent, nativeId) : takeBack(intents, intent);
}

async function goOn(intents: IntentStore, intent: Intent, nativeId: string | undefined): Promise<Resolution> {
  const operations = Math.min(intent.done + 1, intent.operations.length);
  if (operations < intent.operations.length) {
    await intents.advance(intent, { operations, nativeId, asked: false }, 0);
    return 'continues';
  }
  if (intent.refusal !== undefined) {
    return (await intents.refuse(intent, intent.refusal)) ? 'refused' : 'not-resolvable';
  }
  const applied = await intents.apply(intent, nativeId);
  if (applied === undefined) return 'not-resolvable';
  return applied === 'needs-attention' ? 'not-writable' : 'applied';
}

async function takeBack(intents: IntentStore, intent: Intent): Promise<Resolution> {
  if (intent.refusal !== undefined) {
    await intents.advance(intent, { operations: intent.done, asked: false }, 0);
    return 'tries-again';
  }
  if (intent.done === 0) return (await intents.refuse(intent, notDone)) ? 'refused' : 'not-resolvable';
  const undoing = undoOperations(intent.operations.slice(0, intent.done));
  if (undoing === undefined) {
    await intents.needAttention(intent, 'What was done before cannot be undone.');
    return 'not-undoable';
  }
  await intents.turnBack(intent, undoing, notDone);
  await intents.advance(intent, { operations: intent.done, asked: false }, 0);
  return 'continues';
}
