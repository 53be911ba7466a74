import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ScimError } from '../errors/scim-error.ts';
import { standardProfile } from '../profile.ts';
import type { ScimObject, ScimValue } from '../schemas/scim-value.ts';
import { applyPatch } from './apply-patch.ts';
import { readPatch } from './read-patch.ts';
import {
  badge,
  coreUser,
  deepFreeze,
  enterprise,
  group,
  groupSchema,
  patchBody,
  refusal,
  user,
  userSchema,
} from './test-patches.ts';
import { weightOf } from './weight.ts';
import { leastWeight, stepsPerWeight } from './work.ts';

const jane = user({
  title: 'Clerk',
  name: { givenName: 'Jane', familyName: 'Doe' },
  emails: [
    { value: 'w', type: 'work', primary: true },
    { value: 'h', type: 'home' },
  ],
  [enterprise]: { department: 'Sales', manager: { value: 'm1' } },
  [badge]: { number: 'B1', zones: ['a', 'b'] },
});
const staff = group(['a', 'b', 'c']);

const hostileNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
const names = [
  ...['title', 'userName', 'active', 'name', 'emails', 'members', 'displayName', 'groups', 'meta', 'id', 'schemas'],
  ...['value', 'type', 'primary', 'givenName', 'manager', 'zones', 'number', 'password', '$ref'],
  ...hostileNames,
];
const urns = [coreUser, enterprise, badge, 'urn:x', '__proto__'];
const filters = [
  'type eq "work"',
  'value eq "a"',
  'value pr',
  'not (type eq "work") or primary eq true',
  '__proto__ eq "x"',
  '0',
  'constructor.prototype pr',
  '',
];

const name = fc.constantFrom(...names);
const path = fc
  .tuple(
    fc.option(fc.constantFrom(...urns), { nil: undefined }),
    name,
    fc.option(fc.constantFrom(...filters), { nil: undefined }),
    fc.option(name, { nil: undefined }),
  )
  .map(([urn, first, filter, sub]) => {
    const attribute = urn === undefined ? first : `${urn}:${first}`;
    return `${attribute}${filter === undefined ? '' : `[${filter}]`}${sub === undefined ? '' : `.${sub}`}`;
  });
/** A path with one character gone, doubled or made another. */
const mutatedPath = fc
  .tuple(path, fc.nat(80), fc.constantFrom('', '[', ']', '"', '.', ':', '\\', '(', '\u0000', '\ud800', 'é'))
  .map(([whole, at, character]) => whole.slice(0, at) + character + whole.slice(at + 1));
const hostilePath = fc.constantFrom(
  '__proto__.polluted',
  'constructor.prototype.polluted',
  'name.__proto__.polluted',
  'emails[type eq "work"].__proto__',
  `${enterprise}:__proto__`,
  `${enterprise}:constructor.prototype`,
  '__proto__[value eq "x"].polluted',
  'schemas.__proto__',
);
const anyPath = fc.oneof({ weight: 4, arbitrary: path }, mutatedPath, hostilePath, fc.constantFrom(...urns));

const scalar = fc.constantFrom<unknown>('x', 'a', '', 'True', 'work', true, false, null, 0, -1, 1.5, 1e300);
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(fc.oneof(name, anyPath), tie('value')), { maxLength: 3 }).map(ownObject),
  ),
}));

/** Unlike an object literal, JSON makes of `__proto__` a name like any other. */
function ownObject(members: readonly (readonly [string, unknown])[]): unknown {
  const object = {};
  for (const [key, value] of members) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

const text = fc.constantFrom('x', 'a', 'True', 'work');
const entry = fc.record({ value: text, type: text, primary: fc.boolean() }, { requiredKeys: ['value'] });
const op = fc.constantFrom('add', 'Add', 'replace', 'Replace', 'remove', 'Remove');
const set = fc.constantFrom('add', 'Add', 'replace', 'Replace');
/** What a client may well send, for each kind of resource. */
const sound = {
  user: fc.oneof(
    fc.record({ op, path: fc.constantFrom('title', 'name.givenName', `${enterprise}:department`), value: text }),
    fc.record({ op, path: fc.constantFrom('emails', 'roles'), value: fc.array(entry, { maxLength: 1 }) }),
    fc.record({ op: set, path: fc.constantFrom('emails[type eq "work"]', 'roles[value eq "a"]'), value: entry }),
    fc.record({ op, path: fc.constantFrom('emails[type eq "x"].value', 'emails[value eq "w"].display'), value: text }),
    fc.record({
      op: set,
      value: fc.record({ title: text, 'name.familyName': text, [enterprise]: fc.record({ division: text }) }),
    }),
    fc.record({ op, path: fc.constantFrom(enterprise, `${enterprise}:manager`), value: fc.record({ value: text }) }),
  ),
  group: fc.oneof(
    fc.record({ op, path: fc.constant('members'), value: fc.array(fc.record({ value: text }), { maxLength: 2 }) }),
    fc.record({ op: fc.constant('remove'), path: fc.constantFrom('members[value eq "a"]', 'members[value ne "b"]') }),
    fc.record({ op: set, path: fc.constantFrom('displayName', 'externalId'), value: text }),
    fc.record({ op: set, value: fc.record({ id: text, displayName: text }) }),
  ),
};

/** Sound operations, some of them but for one thing, and some that never were. */
const operationsFor = (kind: 'user' | 'group') =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: sound[kind] },
      { weight: 1, arbitrary: fc.tuple(sound[kind], anyValue).map(([one, value]) => ({ ...one, value })) },
      { weight: 1, arbitrary: fc.tuple(sound[kind], anyPath).map(([one, other]) => ({ ...one, path: other })) },
      { weight: 1, arbitrary: fc.record({ op, path: anyPath, value: anyValue }, { requiredKeys: ['op'] }) },
    ),
    { minLength: 1, maxLength: 4 },
  );

const patches = fc.oneof(
  operationsFor('user').map((operations) => ({ before: jane, schema: userSchema, operations })),
  operationsFor('group').map((operations) => ({ before: staff, schema: groupSchema, operations })),
);

test('10,000 random patches: a whole resource or a SCIM error, nothing polluted, bounded steps', {
  timeout: 60_000,
}, () => {
  const ownNames = () =>
    [Object.prototype, Array.prototype, Function.prototype, Object].map((one) => Reflect.ownKeys(one).length);
  const namesBefore = ownNames();
  let accepted = 0;
  let changes = 0;
  fc.assert(
    fc.property(patches, ({ before, schema, operations }) => {
      const textBefore = JSON.stringify(before);
      const body = deepFreeze(patchBody(...operations));
      try {
        const outcome = applyPatch(before, readPatch(body), schema, standardProfile);
        accepted++;
        if (outcome.changed) changes++;
        else expect(outcome.resource).toBe(before);
        expectWhole(outcome.resource);
        expect(outcome.resource.id).toBe(before.id);
        expect(outcome.steps).toBeLessThanOrEqual(
          stepsPerWeight * Math.max(leastWeight, weightOf(before) + weightOf(operations) + operations.length),
        );
      } catch (error) {
        if (!(error instanceof ScimError)) throw error;
        expect([400, 413]).toContain(error.status);
      }
      expect(JSON.stringify(before)).toBe(textBefore);
    }),
    { numRuns: 10_000, seed: 7644 },
  );
  expect(ownNames()).toEqual(namesBefore);
  expect('polluted' in {}).toBe(false);
  // The test says something only if not all are refused.
  expect(accepted).toBeGreaterThan(3_000);
  expect(changes).toBeGreaterThan(2_000);
});

/** A resource as it may be stored. RFC 7643 s2.5. */
function expectWhole(resource: ScimObject): void {
  expectStored(resource);
  const urn = resource.id === 'g1' ? 'urn:ietf:params:scim:schemas:core:2.0:Group' : coreUser;
  const extensions = [enterprise, badge].filter((extension) => Object.hasOwn(resource, extension));
  expect(resource.schemas).toEqual([urn, ...extensions]);
  expect(resource[resource.id === 'g1' ? 'displayName' : 'userName']).toMatch(/\S/);
}

function expectStored(value: ScimValue): void {
  if (typeof value !== 'object') {
    expect(['string', 'number', 'boolean']).toContain(typeof value);
    return;
  }
  expect(value).not.toBeNull();
  const members: readonly ScimValue[] = Array.isArray(value) ? value : Object.values(value);
  expect(members).not.toHaveLength(0);
  if (Array.isArray(value)) {
    const primaries = (value as readonly ScimValue[]).filter(
      (one) => typeof one === 'object' && 'primary' in one && one.primary === true,
    );
    expect(primaries.length).toBeLessThanOrEqual(1);
  } else {
    expect(Object.getPrototypeOf(value)).toBeNull();
    for (const key of Object.keys(value)) expect(hostileNames).not.toContain(key);
  }
  for (const member of members) expectStored(member);
}

test.each([
  '__proto__',
  '__proto__.polluted',
  'constructor.prototype.polluted',
  'name.__proto__',
  'emails[type eq "work"].__proto__.x',
])('the path %s is 400 invalidPath, and as a name in an object it is refused', (hostile) => {
  const at = (value: unknown) => () => applyPatch(jane, readPatch(patchBody(value)), userSchema, standardProfile);
  expect(refusal(at({ op: 'add', path: hostile, value: 'x' }))).toBe('400 invalidPath');
  expect(refusal(at({ op: 'add', value: ownObject([[hostile, 'x']]) }))).toMatch(/^400 invalid(Syntax|Path)$/);
  expect(refusal(at({ op: 'add', path: 'name', value: ownObject([['__proto__', 'x']]) }))).toBe('400 invalidSyntax');
});
