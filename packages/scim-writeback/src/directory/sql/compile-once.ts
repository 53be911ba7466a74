import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

type Value = string | number | null;

/** Stands in a query for a value that is given when it runs. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query whose text is made once for each database: making it takes longer than running it. `build` says what it is, with
 * `given` for the values of each run.
 *
 * @example
 * const findName = compileOnce((db, given: { id: string }) =>
 *   db.selectFrom('organizations').select('name').where('id', '=', given.id));
 * const [acme] = await findName(db, { id: 'acme' });
 */
export function compileOnce<Given extends Readonly<Record<keyof Given, Value>>, Row>(
  build: (db: Kysely<Tables>, given: Given) => Compilable<Row>,
): (db: Kysely<Tables>, given: Given) => Promise<readonly Row[]> {
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  return async (db, given) => {
    // One for each database and its dialect, shared by all its connections.
    const { adapter } = db.getExecutor();
    const query = compiled.get(adapter) ?? build(db, placeholders<Given>()).compile();
    compiled.set(adapter, query);
    const parameters = query.parameters.map((value) =>
      value instanceof Placeholder ? given[value.name as keyof Given] : value,
    );
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}

/** To the builder each of these is a value like any other, which it hands on as a parameter. */
function placeholders<Given extends object>(): Given {
  return new Proxy(Object.create(null), { get: (_target, name) => new Placeholder(String(name)) });
}
