import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import { normaliseResource } from '../resource/normalise-resource.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import { badge, enterprise, patch, user, userSchema } from './test-patches.ts';

const text = fc.constantFrom('a', 'b', 'B', 'é', 'É', 'ß', '"]', 'x y');
const type = fc.constantFrom('work', 'home', 'Work', 'other');
const entry = fc.record({ value: text, type, display: text }, { requiredKeys: ['value'] });
const name = fc.record({ givenName: text, familyName: text }, { requiredKeys: [] });
const manager = fc.record({ value: text, $ref: text.filter((one) => !/\s/.test(one)) }, { requiredKeys: ['value'] });

/** Paths that can be set, each with the values that it takes. */
const settings: readonly (readonly [string, fc.Arbitrary<unknown>])[] = [
  ['title', text],
  ['userName', text],
  ['active', fc.boolean()],
  ['name', name],
  ['name.givenName', text],
  ['emails', fc.array(entry, { maxLength: 3 })],
  ['roles', fc.array(entry, { maxLength: 3 })],
  ['emails[type eq "work"]', entry],
  ['emails[type eq "other"].value', text],
  ['emails[value eq "a" and type eq "home"].display', text],
  [`${enterprise}:department`, text],
  [`${enterprise}:manager`, manager],
  [`${enterprise}:manager.value`, text],
  [`${badge}:zones`, fc.array(text, { maxLength: 3 })],
  [`${badge}:level`, fc.integer()],
  [enterprise, fc.record({ division: text, manager }, { requiredKeys: [] })],
];

const setting = fc.oneof(...settings.map(([path, values]) => values.map((value) => ({ path, value }))));

const resource = fc
  .record(
    {
      title: text,
      name,
      emails: fc.array(entry, { maxLength: 4 }),
      roles: fc.array(entry, { maxLength: 4 }),
      [enterprise]: fc.record({ department: text, manager }, { requiredKeys: [] }),
      [badge]: fc.record({ zones: fc.array(text, { maxLength: 4 }), level: fc.integer() }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  )
  .map((attributes) => user(attributes));

const runs = { numRuns: 1_000 };

test('adding twice is adding once', () => {
  fc.assert(
    fc.property(resource, setting, (before, { path, value }) => {
      const add = { op: 'add', path, value };
      const once = patch(before, [add]).resource;
      expect(patch(once, [add]).resource).toBe(once);
      expect(patch(before, [add, add]).resource).toEqual(once);
    }),
    runs,
  );
});

test('replacing twice is replacing once', () => {
  fc.assert(
    fc.property(resource, setting, (before, { path, value }) => {
      const replace = { op: 'replace', path, value };
      const once = patch(before, [replace]).resource;
      expect(patch(once, [replace]).resource).toBe(once);
    }),
    runs,
  );
});

test('removing a fresh value that was added gives the very resource back', () => {
  fc.assert(
    fc.property(resource, fc.constantFrom('emails', 'roles'), type, (before, path, ofType) => {
      const value = [{ value: 'fresh', type: ofType }];
      const { resource: after } = patch(before, [
        { op: 'add', path, value },
        { op: 'remove', path, value },
      ]);
      expect(after).toBe(before);
      expect(
        patch(before, [
          { op: 'add', path, value },
          { op: 'remove', path: `${path}[value eq "fresh"]` },
        ]).changed,
      ).toBe(false);
    }),
    runs,
  );
});

test('replacing an attribute by the value that it has is no change', () => {
  fc.assert(
    fc.property(resource, (before) => {
      const core = Object.keys(before).filter((path) => path !== 'schemas' && !path.startsWith('urn:'));
      const operations = core.map((path) => ({ op: 'replace', path, value: before[path] }));
      for (const urn of [enterprise, badge]) {
        for (const [attribute, value] of Object.entries((before[urn] ?? {}) as ScimObject)) {
          operations.push({ op: 'replace', path: `${urn}:${attribute}`, value });
        }
      }
      for (const operation of operations) expect(patch(before, [operation]).resource).toBe(before);
      expect(patch(before, [{ op: 'replace', value: before }]).resource).toBe(before);
    }),
    runs,
  );
});

test('operations in one request come to the same as one after the other', () => {
  fc.assert(
    fc.property(
      resource,
      fc.array(setting, { minLength: 2, maxLength: 6 }),
      fc.infiniteStream(fc.nat(2)),
      (before, list, dice) => {
        const operations = list.map((one) => {
          const op = ['add', 'replace', 'remove'][dice.next().value ?? 0];
          return op === 'remove' && one.path !== 'userName'
            ? { op, path: one.path }
            : { ...one, op: op === 'remove' ? 'add' : op };
        });
        const oneByOne = operations.reduce((current, operation) => patch(current, [operation]).resource, before);
        expect(patch(before, operations).resource).toEqual(oneByOne);
      },
    ),
    runs,
  );
});

test('what a patch makes is what a body of the same content makes', () => {
  fc.assert(
    fc.property(resource, fc.array(setting, { minLength: 1, maxLength: 4 }), (before, list) => {
      const after = patch(
        before,
        list.map((one) => ({ op: 'add', ...one })),
      ).resource;
      expect(normaliseResource(after, userSchema, standardProfile, after)).toEqual(after);
    }),
    runs,
  );
});
