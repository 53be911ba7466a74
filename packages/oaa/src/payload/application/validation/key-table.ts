import { type DiagnosticList, joinPath } from '../../diagnostics.ts';
import { isObject, type JsonObject, textOf } from '../../json.ts';
import { foldKey } from '../../keys.ts';

/** The keys of one kind of entity, and whether ids are in use. */
export class KeyTable {
  readonly subject: string;
  /** Folded key to the place of the first entity with it. */
  readonly #places = new Map<string, number>();
  /** The keys as they are written. */
  readonly #keys: string[] = [];
  /** Folded name to id, for hints where a reference names a name instead of an id. */
  #idsByName: Map<string, string> | undefined;
  withId = 0;
  withoutId = 0;
  firstWithoutId: string | undefined;

  constructor(subject: string) {
    this.subject = subject;
  }

  has(key: string): boolean {
    return this.#places.has(foldKey(key));
  }

  /** The place of the first entity with that key. */
  placeOf(key: string): number | undefined {
    return this.#places.get(foldKey(key));
  }

  /** The keys as they are written, each once. */
  keys(): Iterable<string> {
    return this.#keys;
  }

  /** The id of the entity with that name, where ids are in use. */
  idOfName(name: string): string | undefined {
    return this.#idsByName?.get(foldKey(name));
  }

  /** Enters an entity; reports a key that is already there. */
  enter(list: DiagnosticList, entity: JsonObject, place: number, path: () => string, key = keyOf(entity)): void {
    if (key === undefined) return;
    const id = textOf(entity, 'id');
    if (id === undefined) {
      this.withoutId += 1;
      this.firstWithoutId ??= path();
    } else {
      this.withId += 1;
      const name = textOf(entity, 'name');
      if (name !== undefined && name !== id) {
        this.#idsByName ??= new Map();
        this.#idsByName.set(foldKey(name), id);
      }
    }
    const folded = foldKey(key);
    if (!this.#places.has(folded)) {
      this.#places.set(folded, place);
      this.#keys.push(key);
    } else {
      list.error(
        'duplicate-key',
        path(),
        `There is more than one ${this.subject} "${key}"; keys are compared without regard to case.`,
        id === undefined
          ? 'Remove or rename one, or use ids where such entities may have them.'
          : 'Remove one, or give it another id.',
      );
    }
  }
}

/** What references name: the id where there is one, else the name. */
export function keyOf(entity: JsonObject): string | undefined {
  return textOf(entity, 'id') ?? textOf(entity, 'name');
}

/** Enters all entities of a list. */
export function enterAll(list: DiagnosticList, table: KeyTable, entities: readonly unknown[], path: string): void {
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    if (isObject(entity)) table.enter(list, entity, index, () => joinPath(path, index));
  }
}

/** Reports tables in which some entities have an id and others not (reference 1.0.7). */
export function checkIdsOnAll(list: DiagnosticList, tables: readonly KeyTable[], what: string): void {
  const withId = tables.reduce((sum, table) => sum + table.withId, 0);
  const withoutId = tables.reduce((sum, table) => sum + table.withoutId, 0);
  if (withId === 0 || withoutId === 0) return;
  const first = tables.find((table) => table.firstWithoutId !== undefined)?.firstWithoutId ?? '$';
  list.error(
    'id-on-some',
    first,
    `Ids are used on ${withId.toLocaleString('en')} of ${what} and missing on ${withoutId.toLocaleString('en')}, of which this is the first.`,
    `Give every one of ${what} an id (it may equal the name), or none.`,
  );
}
