import { badgeUrn } from './test-resource-type.ts';

/** Numbers from 0 to below `limit`. */
export type Random = (limit: number) => number;

/** The same numbers for the same seed (a linear congruential generator). */
export function randomNumbers(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Letters whose case is not a matter of ASCII, signs of the grammar, characters beyond 16 bits, composed or not. */
const texts = [
  'Jane',
  'JANE',
  'jane.doe@example.com',
  'Zoë',
  'ZOE\u0308',
  'zoë',
  'straße',
  'STRASSE',
  'ΟΔΟΣ',
  'οδος',
  'ΟΔΟΣΑ',
  'İstanbul',
  'istanbul',
  '\u212bngström',
  'ångström',
  '\u{1d4b3}',
  '\uffee',
  'a)b]"\\c',
  "O'Brien",
  'and',
  'true',
  '7',
  '',
  'work',
  'home',
  'Work',
];
const times = [
  '2024-05-01T10:00:00Z',
  '2024-05-01T12:00:00+02:00',
  '2024-05-01T10:00:00.000',
  '2024-05-01T10:00:00.1234567891Z',
  '2024-05-01T10:00:00.12345678910Z',
  '2024-05-01T10:00:00.123456789Z',
  '2024-04-30T23:30:00.5-10:30',
  '2023-12-31T23:59:59.999999Z',
  '2024-02-29T00:00:00Z',
];
const numbers = [-3, 0, 1, 2.5, 7, 1e21, 0.1];
const bytes = ['QUJD', 'qujd', 'AA=='];

type Kind = 'text' | 'flag' | 'number' | 'time' | 'bytes' | 'none';

const simple: readonly (readonly [path: string, kind: Kind])[] = [
  ['id', 'text'],
  ['externalId', 'text'],
  ['userName', 'text'],
  ['displayName', 'text'],
  ['title', 'text'],
  ['name.familyName', 'text'],
  ['name.givenName', 'text'],
  ['name', 'none'],
  ['active', 'flag'],
  ['meta.lastModified', 'time'],
  ['emails', 'text'],
  ['emails.type', 'text'],
  ['emails.primary', 'flag'],
  ['phoneNumbers.value', 'text'],
  ['x509Certificates', 'bytes'],
  [`${core}:userName`, 'text'],
  [`${core}:name.familyName`, 'text'],
  [`${enterprise}:department`, 'text'],
  [`${enterprise}:manager`, 'text'],
  ['manager.displayName', 'text'],
  [`${badgeUrn}:level`, 'number'],
  [`${badgeUrn}:score`, 'number'],
  [`${badgeUrn}:usedAt`, 'time'],
  ['visits', 'time'],
  [`${badgeUrn}:tags`, 'text'],
  ['code', 'text'],
  ['chip', 'bytes'],
  [`${badgeUrn}:keys`, 'none'],
  ['keys.lost', 'flag'],
];
const rare: readonly (readonly [path: string, kind: Kind])[] = [
  ['shoeSize', 'number'],
  ['name.shoeSize', 'text'],
  ['urn:example:2.0:User:userName', 'text'],
  ['constructor', 'text'],
  ['password', 'text'],
  ['keys.value', 'text'],
  ['__proto__', 'text'],
];
const bracketed: readonly (readonly [path: string, parts: readonly (readonly [name: string, kind: Kind])[]])[] = [
  [
    'emails',
    [
      ['value', 'text'],
      ['type', 'text'],
      ['primary', 'flag'],
    ],
  ],
  [
    `${core}:phoneNumbers`,
    [
      ['value', 'text'],
      ['type', 'text'],
      ['shoeSize', 'text'],
    ],
  ],
  [
    'name',
    [
      ['familyName', 'text'],
      ['givenName', 'text'],
    ],
  ],
  [
    `${enterprise}:manager`,
    [
      ['value', 'text'],
      ['displayName', 'text'],
    ],
  ],
  [
    `${badgeUrn}:keys`,
    [
      ['label', 'text'],
      ['lost', 'flag'],
    ],
  ],
  ['tags', [['value', 'text']]],
  ['visits', [['value', 'time']]],
];

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[random(items.length)] as Item;
}

/** A resource in which anything may be missing. */
export function randomResource(random: Random): object {
  const some = <Value>(make: () => Value) => (random(3) > 0 ? make() : undefined);
  const text = () => pick(texts, random);
  const several = <Value>(make: () => Value) => some(() => Array.from({ length: 1 + random(3) }, make));
  const value = () => ({ value: some(text), type: some(text), primary: some(() => random(2) === 0) });
  const resource = {
    id: `${random(1_000)}`,
    userName: text(),
    externalId: some(text),
    displayName: some(text),
    title: some(text),
    active: some(() => random(2) === 0),
    name: some(() => ({ familyName: some(text), givenName: some(text) })),
    meta: { lastModified: pick(times, random) },
    emails: several(value),
    phoneNumbers: several(value),
    x509Certificates: several(() => ({ value: pick(bytes, random) })),
    password: some(text),
    [enterprise]: some(() => ({
      department: some(text),
      manager: some(() => ({ value: text(), displayName: some(text) })),
    })),
    [badgeUrn]: some(() => ({
      level: some(() => random(9)),
      score: some(() => pick(numbers, random)),
      usedAt: some(() => pick(times, random)),
      visits: several(() => pick(times, random)),
      tags: several(text),
      code: some(text),
      chip: some(() => pick(bytes, random)),
      pin: some(text),
      keys: several(() => ({ value: text(), label: some(text), lost: some(() => random(2) === 0) })),
    })),
  };
  return withoutEmpty(resource) as object;
}

/** As resources are stored: nothing unassigned, no empty list, no empty object. RFC 7643 s2.5. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const kept = value.map(withoutEmpty).filter((one) => one !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  const kept = Object.entries(value).flatMap(([key, one]) => {
    const inner = withoutEmpty(one);
    return inner === undefined ? [] : [[key, inner] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** A filter as the grammar has it; some compare what does not fit or name what there is not. */
export function randomFilter(random: Random, depth = 3): string {
  const choice = random(depth > 0 ? 10 : 3);
  if (choice < 3) return pathTerm(pick(random(20) === 0 ? rare : simple, random), random);
  if (choice < 5) return valuePath(random);
  const inner = () => randomFilter(random, depth - 1);
  return logical(choice - 5, inner, random);
}

function logical(choice: number, inner: () => string, random: Random): string {
  if (choice === 0) return `${anyCase('not', random)}${space(random, 0)}(${inner()})`;
  if (choice === 1) return `(${space(random, 0)}${inner()}${space(random, 0)})`;
  const operator = () => `${space(random, 1)}${anyCase(random(2) === 0 ? 'and' : 'or', random)}${space(random, 1)}`;
  return Array.from({ length: 2 + random(2) }, inner).reduce((left, right) => `${left}${operator()}${right}`);
}

function valuePath(random: Random): string {
  const [path, parts] = pick(bracketed, random);
  const inner = (depth: number): string =>
    depth > 0 && random(2) === 0
      ? logical(random(5), () => inner(depth - 1), random)
      : pathTerm(pick(parts, random), random);
  const text = `${anyCase(path, random)}[${inner(2)}]`;
  const [name, kind] = pick(parts, random);
  return random(2) === 0 || (name === 'value' && path !== 'emails')
    ? text
    : `${text}.${pathTerm([name, kind], random)}`;
}

function pathTerm([path, kind]: readonly [string, Kind], random: Random): string {
  const spelt = anyCase(path, random);
  if (random(8) === 0 || kind === 'none') return `${spelt}${space(random, 1)}${anyCase('pr', random)}`;
  const operators = { text: 9, time: 9, number: 6, flag: 2, bytes: 2 }[kind];
  const every = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'co', 'sw', 'ew'];
  const operator = pick(random(40) === 0 ? every : every.slice(0, operators), random);
  return `${spelt}${space(random, 1)}${anyCase(operator, random)}${space(random, 1)}${literal(operator, kind, random)}`;
}

function literal(operator: string, kind: Exclude<Kind, 'none'>, random: Random): string {
  const any = pick(['text', 'flag', 'number', 'time', 'bytes'] as const, random);
  const fit = random(25) === 0 ? any : kind;
  if (random(15) === 0) return 'null';
  if (fit === 'flag') return pick(['true', 'false', 'true', 'false', '"True"', '"FALSE"', 'False'], random);
  if (fit === 'number') return pick([...numbers.map(String), '2.50', '25e-1', '-0', '70E-1', '01'], random);
  const text = pick({ text: texts, time: times, bytes }[fit], random);
  const cut = operator === 'co' ? text.slice(random(2), -1) : operator === 'sw' ? text.slice(0, 1 + random(4)) : text;
  return quoted((operator === 'ew' ? text.slice(-1 - random(4)) : cut).toWellFormed(), random);
}

function quoted(text: string, random: Random): string {
  if (random(12) === 0 && /^[^\s"'()[\]]+$/.test(text)) return text;
  const json = JSON.stringify(random(4) === 0 ? otherCase(text, random) : text);
  if (random(6) > 0) return json;
  return json.replaceAll(/[^\0-\x7f]|[A-Z]/g, (one) =>
    one
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function otherCase(text: string, random: Random): string {
  return random(2) === 0 ? text.toUpperCase() : text.toLowerCase().normalize('NFD');
}

function anyCase(name: string, random: Random): string {
  const choice = random(6);
  if (choice === 0) return name.toUpperCase();
  return choice === 1 ? name.toLowerCase() : name;
}

function space(random: Random, least: number): string {
  return ' '.repeat(random(10) === 0 ? 2 : least);
}

const marks = [
  '(',
  ')',
  '[',
  ']',
  '"',
  "'",
  '\\',
  ' ',
  '.',
  ':',
  ' and ',
  ' or ',
  ' not ',
  ' pr',
  'eq',
  '0',
  '-',
  'é',
  '\ud83d',
  '\t',
  'null',
  '$',
];

/** The text with one to three characters taken out, doubled, swapped or put in. */
export function mutate(text: string, random: Random): string {
  let mutated = text;
  for (let times = 1 + random(3); times > 0; times--) {
    const at = random(mutated.length + 1);
    const tail = mutated.slice(at);
    const middle =
      [pick(marks, random), tail.slice(0, 1).repeat(2), '', tail.slice(1, 2) + tail.slice(0, 1)][random(4)] ?? '';
    mutated = mutated.slice(0, at) + middle + tail.slice(random(2) + (middle.length > 1 ? 1 : 0));
  }
  return mutated;
}
