import { invalidArgument } from './refusals.ts';

/** What can be filtered and sorted by: wire names of texts. */
export type ListFields<Item> = Readonly<Record<string, (item: Item) => string | readonly string[]>>;

const maximumLength = 4_096;
const term = /\s*([a-z_]+)\s+(eq|ne)\s+"((?:[^"\\]|\\["\\])*)"\s*/y;
const conjunction = /and(?=\s)/iy;

function field<Item>(fields: ListFields<Item>, name: string, parameter: string): ListFields<Item>[string] {
  const read = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (read === undefined) {
    throw invalidArgument(parameter, `Unknown field (${name}); known are ${Object.keys(fields).join(', ')}`);
  }
  return read;
}

function holds(value: string | readonly string[], wanted: string): boolean {
  return typeof value === 'string' ? value === wanted : value.includes(wanted);
}

/**
 * The items that a filter such as `name eq "GitHub" and state eq "ENABLED"` lets through. A quote or backslash inside
 * the quotes is written with a backslash before it.
 * @throws ApiError 400 when the filter cannot be read.
 */
export function filterItems<Item>(
  items: readonly Item[],
  filter: string | undefined,
  fields: ListFields<Item>,
): Item[] {
  if (filter === undefined || filter === '') return [...items];
  if (filter.length > maximumLength)
    throw invalidArgument('filter', `Filter is longer than ${maximumLength} characters`);
  let kept = [...items];
  let position = 0;
  for (;;) {
    term.lastIndex = position;
    const match = term.exec(filter);
    if (match === null) {
      throw invalidArgument('filter', `Cannot read the filter at character ${position + 1}; write name eq "value"`);
    }
    const [, name, operator, quoted] = match as unknown as [string, string, string, string];
    const read = field(fields, name, 'filter');
    const wanted = quoted.replace(/\\(["\\])/g, '$1');
    kept = kept.filter((item) => holds(read(item), wanted) === (operator === 'eq'));
    position = term.lastIndex;
    if (position === filter.length) return kept;
    conjunction.lastIndex = position;
    if (!conjunction.test(filter)) {
      throw invalidArgument('filter', `Expected "and" at character ${position + 1} of the filter`);
    }
    position = conjunction.lastIndex;
  }
}

/**
 * Sorts as `order_by` says: a field name, with ` desc` for the other direction.
 * @throws ApiError 400 for an unknown field.
 */
export function orderItems<Item>(
  items: readonly Item[],
  orderBy: string | undefined,
  fields: ListFields<Item>,
): Item[] {
  if (orderBy === undefined || orderBy === '') return [...items];
  const match = /^([a-z_]+)(?: (asc|desc))?$/i.exec(orderBy);
  if (match === null) throw invalidArgument('order_by', 'Write a field name, optionally followed by asc or desc');
  const read = field(fields, match[1] as string, 'order_by');
  const direction = match[2]?.toLowerCase() === 'desc' ? -1 : 1;
  const key = (item: Item): string => String(read(item));
  return items.toSorted((left, right) => direction * (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));
}
