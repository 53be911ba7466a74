import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import { normaliseResource } from './normalise-resource.ts';
import { bodies } from './test-bodies.ts';
import { customUsers, groups, users } from './test-schemas.ts';

const cases: readonly [string, ResourceSchema][] = [
  ['users', users],
  ['groups', groups],
  ['users with a custom extension', customUsers],
];

describe.each(cases)('for %s', (_name, schema) => {
  test('storing what is stored changes nothing', () => {
    fc.assert(
      fc.property(bodies(schema), (body) => {
        const stored = normaliseResource(body, schema, standardProfile);
        expect(normaliseResource(stored, schema, standardProfile)).toEqual(stored);
      }),
    );
  });

  test('replacing a resource with what was read of it changes nothing', () => {
    fc.assert(
      fc.property(bodies(schema), (body) => {
        const stored = { ...normaliseResource(body, schema, standardProfile), id: '1', meta: { version: 'W/"1"' } };
        const read = JSON.parse(JSON.stringify(stored));
        expect(normaliseResource(read, schema, standardProfile, stored)).toEqual(stored);
      }),
    );
  });

  test('any JSON is stored or refused with a SCIM error, and pollutes nothing', () => {
    const names = fc.constantFrom(
      'userName',
      'name',
      'emails',
      'members',
      '__proto__',
      'constructor',
      'schemas',
      'value',
      'x',
    );
    const leaf = fc.constantFrom(null, true, 'True', '', 'x', 1, 1.5, '2026-01-01T00:00:00Z');
    const list = (of: fc.Arbitrary<unknown>) => fc.array(of, { maxLength: 3 });
    const object = (of: fc.Arbitrary<unknown>) => fc.dictionary(names, of, { maxKeys: 4 });
    const shallow = fc.oneof(leaf, list(leaf), object(leaf));
    const anything = fc.oneof(shallow, list(shallow), object(shallow));
    fc.assert(
      fc.property(object(anything), (body) => {
        const sent = JSON.parse(JSON.stringify({ schemas: [schema.type.schema.id], ...body }));
        try {
          normaliseResource(sent, schema, standardProfile);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ScimError', status: 400 });
        }
        expect(({} as Record<string, unknown>).x).toBeUndefined();
      }),
    );
  });
});
