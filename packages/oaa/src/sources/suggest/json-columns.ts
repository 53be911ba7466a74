import { isObject } from '../../payload/json.ts';
import { itemSeparator, type SampledColumn } from './source-sample.ts';

const maximumDepth = 4;

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value).trim();
}

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';

/** Columns of JSON objects, gathered row by row: keys, and paths with dots into objects. */
export class JsonColumns {
  readonly #maximum: number;
  readonly #columns = new Map<string, { cells: string[]; isList: boolean }>();
  readonly #lists = new Set<string>();
  #rows = 0;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  add(row: Readonly<Record<string, unknown>>): void {
    this.#object(row, '', 0);
    this.#rows += 1;
  }

  #object(value: Readonly<Record<string, unknown>>, prefix: string, depth: number): void {
    for (const [key, item] of Object.entries(value)) {
      const name = prefix + key;
      if (isObject(item)) {
        if (depth < maximumDepth) this.#object(item, `${name}.`, depth + 1);
      } else if (!Array.isArray(item)) this.#set(name, textOf(item), false);
      else if (item.every(isScalar)) this.#set(name, item.map(textOf).join(itemSeparator), true);
      else this.#lists.add(name);
    }
  }

  #set(name: string, text: string, isList: boolean): void {
    if (name === '') return;
    let column = this.#columns.get(name);
    if (column === undefined) {
      if (this.#columns.size >= this.#maximum) return;
      column = { cells: [], isList: false };
      this.#columns.set(name, column);
    }
    column.isList ||= isList;
    while (column.cells.length < this.#rows) column.cells.push('');
    column.cells[this.#rows] = text;
  }

  /** How many columns there are so far. */
  get count(): number {
    return this.#columns.size;
  }

  /** Lists of objects, which a mapping cannot read as one column. */
  get objectLists(): readonly string[] {
    return [...this.#lists];
  }

  get columns(): readonly SampledColumn[] {
    return Array.from(this.#columns, ([name, { cells, isList }]) => {
      while (cells.length < this.#rows) cells.push('');
      return { name, cells, isList };
    });
  }
}
