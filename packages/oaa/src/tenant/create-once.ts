import { UnreachableError } from '../errors/index.ts';

export interface CreationOnce<Item> {
  /** For messages: `provider "Portal"`. */
  readonly what: string;
  readonly send: () => Promise<Item>;
  readonly find: () => Promise<Item | undefined>;
  /** The keys that were sent and that the found one shows otherwise; none when it may be the one that was sent. */
  readonly contradicted: (found: Item) => readonly string[];
}

/**
 * Creates something that must not be made twice. When the answer was lost, the name is looked up instead of sending
 * again: what is there now, and is as it was sent, was made by the request.
 *
 * @throws the error of `send` when nothing is found
 * @throws UnreachableError with `mayHaveBeenReceived` when what has the name is not as it was sent: a tenant may show what
 *   it was sent in another form, so that it may be ours or somebody else's
 */
export async function createOnce<Item extends { readonly id: string }>(creation: CreationOnce<Item>): Promise<Item> {
  const { what, send, find, contradicted } = creation;
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof UnreachableError) || !error.mayHaveBeenReceived || error.code === 'aborted') throw error;
    let found: Item | undefined;
    try {
      found = await find();
    } catch {
      throw error;
    }
    if (found === undefined) throw error;
    const otherwise = contradicted(found);
    if (otherwise.length === 0) return found;
    const { code, message, status, requestId, attempts } = error;
    const unknown = `What has the name of the ${what} now, id ${found.id}, differs from what was sent in ${otherwise.join(', ')}: whether this request made it is unknown.`;
    throw new UnreachableError(code, `${message} ${unknown}`, {
      status,
      requestId,
      attempts,
      retryable: false,
      mayHaveBeenReceived: true,
      hint: 'Look at it on the tenant, and find out who made it. Delete or rename it, or use another name.',
      cause: error,
    });
  }
}
