import fc from 'fast-check';

/** Columns of random rows. */
export const randomColumns = ['a', 'b', 'c', 'd', 'e'] as const;

const tameWords = ['x', 'X', 'y', 'z', 'x.y', 'Straße', '5', 'no', 'id', 'constructor', '__proto__'];
const wildWords = [
  ...['', '', ' ', 'x', 'X', 'y', 'z', 'x.y', 'x,y', 'a/b', 'yes', '2026-01-31', '5', 'DataRead'],
  ...['{"id":', '"', '\\', '😀\ud800', 'line\nbreak', 'x'.repeat(300), 'x'.repeat(5_000)],
];
const jsonValues: unknown[] = [5, true, false, null, 0, 1e21, { x: 1 }, { toString: 1 }, [['x']], [], ['x', 'y']];

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;
type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const column = fc.constantFrom(...randomColumns);
const text = (name: string, value: fc.Arbitrary<unknown>) => fc.record({ [name]: value });
const oneOrTwo = (arbitrary: fc.Arbitrary<unknown>) => fc.array(arbitrary, { minLength: 1, maxLength: 2 });

/** An item with some of its fields; `required` are always there. */
function item(kind: string, required: Fields, optional: Fields): fc.Arbitrary<Item> {
  const fields = Object.entries(optional).map(([name, arbitrary]) =>
    fc.option(
      arbitrary.map((inner) => [name, inner] as const),
      { nil: undefined, freq: 2 },
    ),
  );
  return fc.tuple(fc.record({ ...required }), ...fields).map(([own, ...more]) => ({
    [kind]: { ...own, ...Object.fromEntries(more.filter((one) => one !== undefined)) },
  }));
}

/** Random rows and items. Tame ones are mostly fit for a payload; wild ones hold everything that may go wrong. */
export class RandomMapping {
  readonly cell: fc.Arbitrary<string>;
  readonly csvRow: fc.Arbitrary<string[]>;
  readonly jsonRow: fc.Arbitrary<Readonly<Record<string, unknown>>>;
  /** Items without conditions. */
  readonly items: fc.Arbitrary<Item[]>;
  readonly when: fc.Arbitrary<unknown>;
  readonly #tame: boolean;
  readonly #conditionalGrants: boolean;

  /** @param conditionalGrants whether grants have conditions of their own, too */
  constructor(tame: boolean, conditionalGrants = true) {
    this.#tame = tame;
    this.#conditionalGrants = conditionalGrants;
    this.cell = fc.constantFrom(...(tame ? tameWords : wildWords));
    this.csvRow = fc.tuple(...randomColumns.map(() => this.cell));
    const json = tame ? this.cell : fc.oneof({ weight: 3, arbitrary: this.cell }, fc.constantFrom(...jsonValues));
    this.jsonRow = fc.record(Object.fromEntries(randomColumns.map((name) => [name, json])), {
      requiredKeys: tame ? [...randomColumns] : [],
    });
    this.when = fc.oneof(
      fc.record({ column, empty: fc.boolean() }),
      fc.record({ column, oneOf: fc.constant(['x', 'y', '5']) }),
      fc.record({ column, noneOf: fc.constant(['z', '']) }),
      ...(tame ? [] : [fc.record({ expression: fc.constant('{{date b}}'), notEquals: fc.constant('x') })]),
    );
    this.items = fc.array(fc.oneof(...this.#kinds()), { minLength: 1, maxLength: tame ? 5 : 3 });
  }

  /** Items, some with a condition. */
  get conditionalItems(): fc.Arbitrary<Item[]> {
    const conditional = fc.option(this.when, { nil: undefined, freq: 2 });
    return fc.tuple(this.items, fc.array(conditional, { minLength: 5, maxLength: 5 })).map(([items, conditions]) =>
      items.map((one, index) => {
        const when = conditions[index];
        return when === undefined ? one : withCondition(one, when);
      }),
    );
  }

  #values(): fc.Arbitrary<unknown> {
    const unknown = this.#tame ? fc.constantFrom('keep') : fc.constantFrom('error', 'warning', 'keep', 'empty');
    const expressions = ['{{a}}', '{{lower b}}-{{c}}', '{{default c "x"}}', '{{#if e}}{{e}}{{else}}x{{/if}}'];
    if (!this.#tame) expressions.push('{{lookup "t" a}}', '{{join (split d ",") "|"}}');
    return fc.oneof(
      { weight: 6, arbitrary: column },
      fc.record({ column, list: fc.constant(true), default: fc.constant('x') }),
      fc.record({ columns: fc.array(column, { minLength: 1, maxLength: 3 }) }),
      fc.record({ value: fc.constantFrom('x', 'y', 5) }),
      fc.record({ expression: fc.constantFrom(...expressions) }),
      fc.record({ column, map: fc.constant(this.#tame ? { x: 'y', Y: 'q' } : { x: 'y', y: ['x', 'z'], z: '' }) }),
      fc.record({ column, lookup: fc.record({ table: fc.constant('t'), unknown }) }),
    );
  }

  #kinds(): fc.Arbitrary<Item>[] {
    const tame = this.#tame;
    const value = this.#values();
    const values = fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));
    const made = fc.record({ names: values, unknown: fc.constant('create') });
    const references = tame
      ? made
      : fc.oneof(values, made, fc.record({ names: values, unknown: fc.constantFrom('warning', 'error') }));
    // Of their own kind tame entities name one that is in none.
    const contained = tame
      ? fc.record({ names: fc.constant({ value: 'container' }), unknown: fc.constant('create') })
      : references;
    const resources = fc.record({ names: values, unknown: fc.constantFrom('warning', ...(tame ? [] : ['error'])) });
    const on = fc.oneof(fc.constant('application'), fc.record({ resources }));
    const when = this.#conditionalGrants ? { when: this.when } : {};
    const role = { role: references, on, properties: text('until', tame ? fc.constant({ value: 'x' }) : value) };
    const roles = oneOrTwo(fc.record({ ...role, ...when }, { requiredKeys: ['role'] }));
    const permission = { permission: references, on, ...when };
    const permissions = oneOrTwo(fc.record(permission, { requiredKeys: ['permission'] }));
    const tag = tame ? fc.record({ column, map: fc.constant({ x: 'y' }) }) : value;
    const tags = text('tag', tag);
    const owner = fc.record({ externalId: value, ownerType: value }, { requiredKeys: ['externalId'] });
    const owners = fc.array(owner, { maxLength: 2 });
    const day = tame
      ? fc.constant({ value: '2026-01-31' })
      : fc.record({ column, format: fc.constant(['YYYY-MM-DD', 'epoch']) });
    const flag = tame
      ? fc.constantFrom({ expression: '{{#if a}}yes{{/if}}' }, { value: false })
      : fc.record({ column, map: fc.constant({ x: true, y: 'no', z: '' }) });
    const number = tame ? fc.constant({ value: 7 }) : value;
    const properties = fc.oneof(
      ...[text('note', value), text('list', values), text('Flag', flag), text('number', number), text('day', day)],
    );
    const conflicts = tame ? fc.constant('ignore') : fc.constantFrom('error', 'warning', 'ignore');
    const required = { conflicts };
    const common = { application: value };
    const dates = { createdAt: day, lastLoginAt: day, deactivatedAt: day, passwordLastChangedAt: day };
    const effects = tame
      ? fc.constant({ value: ['DataRead', 'NonData'] })
      : fc.record({ column, map: fc.constant({ x: 'DataRead', y: 'nondata' }) });
    const path = fc.oneof(
      ...[column, fc.array(column, { minLength: 1, maxLength: 3 })],
      ...(tame ? [] : [fc.record({ column, list: fc.constant('/') })]),
    );
    const type = fc.record({ value: fc.constantFrom('db', 'table') });
    const parentTypes = fc.constant(['db', 'db', 'db']);
    const connections = fc.array(fc.record({ id: value, nodeType: value }), { maxLength: 2 });
    const kinds = [
      item(
        'user',
        { ...required, name: column },
        {
          ...common,
          ...dates,
          ...{ id: value, properties, tags, owners, email: value, identities: values, isActive: flag },
          ...{ groups: references, accessCredentials: references, roles, permissions },
        },
      ),
      item(
        'group',
        { ...required, name: column },
        { ...common, id: value, tags, identities: values, groups: contained, members: references, roles, permissions },
      ),
      item('role', { ...required, name: column }, { ...common, id: value, tags, permissions: made, roles: contained }),
      item('permission', { ...required, name: column, effects }, { resourceTypes: values, applyToSubResources: flag }),
      item(
        'accessCredential',
        { ...required, id: column },
        { ...common, name: value, isActive: flag, canExpire: flag, expiresAt: day, users: references, permissions },
      ),
      item(
        'resource',
        { ...required, path, type, parentTypes },
        { ...common, name: value, tags, owners, description: tag, properties: text('size', value), connections },
      ),
      item('idpIdentity', { name: value, roles }, { ...common, permissions }),
      item('assignment', { user: references, roles }, { ...common, groups: references, permissions }),
    ];
    return kinds;
  }
}

/** The same item with a condition. */
export function withCondition(one: Item, when: unknown): Item {
  return Object.fromEntries(Object.entries(one).map(([kind, spec]) => [kind, { ...spec, when }]));
}

/** A mapping as text, with definitions and a table for what the items use. `t.csv` is `randomTable`. */
export function randomMapping(sources: readonly { readonly file: string; readonly map: readonly unknown[] }[]): string {
  const user = { note: 'STRING', flag: 'BOOLEAN', number: 'NUMBER', day: 'TIMESTAMP', list: 'STRING_LIST' };
  return JSON.stringify({
    application: { name: 'Shop', type: 'Shop' },
    properties: {
      user,
      roleAssignment: { until: 'STRING' },
      resources: { db: { size: 'STRING' }, table: { size: 'STRING' } },
    },
    tables: { t: { file: 't.csv', key: 'k', value: 'v' } },
    permissions: [{ name: 'DataRead', effects: ['DataRead'] }],
    sources,
  });
}

export const randomTable = 'k,v\nx,y\ny,x.y\nz,\n5,5\n';

/** Cells as a line of CSV. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}
