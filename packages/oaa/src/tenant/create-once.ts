import { RemoteError, UnreachableError } from '../errors/index.ts';

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
 * @throws RemoteError `remote-refused` when something else has the name
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
    const message = `The answer to the creation of the ${what} was lost, and what has this name now was not made by it: id ${found.id} differs in ${otherwise.join(', ')}.`;
    throw new RemoteError('remote-refused', message, {
      status: 409,
      hint: 'Find out who made it; rename or delete one of the two, or use another name.',
      cause: error,
    });
  }
}
