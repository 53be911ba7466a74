import { UnreachableError } from '../errors/index.ts';

/**
 * Creates something that must not be made twice. When the answer was lost, the name is looked up instead of sending
 * again: what is there now was made by the request.
 *
 * @throws the error of `send` when nothing is found
 */
export async function createOnce<Item>(
  send: () => Promise<Item>,
  find: () => Promise<Item | undefined>,
): Promise<Item> {
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
    return found;
  }
}
