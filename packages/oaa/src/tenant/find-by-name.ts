import { RemoteError } from '../errors/index.ts';
import type { ListOptions } from './tenant-options.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The filter for a name; undefined for a name with a quote, for which no escape is documented. */
function nameFilter(name: string): string | undefined {
  return /["\\]/.test(name) ? undefined : `name eq "${name}"`;
}

/**
 * The one item with exactly this name. The tenant filters where it can, and its answer is compared once more.
 *
 * @throws RemoteError `name-ambiguous` when there are several
 */
export async function findByName<Item extends Named>(
  what: string,
  name: string,
  list: (options: ListOptions) => AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): Promise<Item | undefined> {
  const matches: Item[] = [];
  for await (const item of list({ filter: nameFilter(name), signal })) {
    if (item.name === name) matches.push(item);
  }
  if (matches.length > 1) {
    const ids = matches.map(({ id }) => id).join(', ');
    throw new RemoteError('name-ambiguous', `The tenant has ${matches.length} ${what}s named "${name}": ${ids}.`, {
      status: 200,
      hint: 'Delete or rename all but one.',
    });
  }
  return matches[0];
}
