import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completePayload } from './application/test-payload.ts';
import { validate } from './validate.ts';

function nested(depth: number, inner: unknown, wrap: (value: unknown) => unknown): unknown {
  let value = inner;
  for (let level = 0; level < depth; level += 1) value = wrap(value);
  return value;
}

/** Every place in a JSON value, as the keys that lead to it. */
function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]))];
}

function replaced(path: readonly string[], junk: unknown): unknown {
  if (path.length === 0) return junk;
  const payload = completePayload();
  // biome-ignore lint/suspicious/noExplicitAny: any place in any JSON
  let parent: any = payload;
  for (const key of path.slice(0, -1)) parent = parent[key];
  parent[path.at(-1) as string] = junk;
  return payload;
}

describe('hostile input gives diagnostics, never an exception', () => {
  test('whatever stands wherever something else is expected', () => {
    const places = placesIn(completePayload());
    const junk = [null, true, -1, 1e300, '', '\ud800', [], {}, [null], [[]], [{}], { '': {} }, [1, 'x', null, [], {}]];
    for (const path of places) {
      for (const value of junk) expect(() => validate(replaced(path, value))).not.toThrow();
      const own = JSON.parse(
        '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "toString": 1}',
      );
      expect(() => validate(replaced(path, own))).not.toThrow();
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('random JSON in random places', () => {
    const places = placesIn(completePayload());
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 6 }), (path, value) => {
        for (const { path: at, message } of validate(replaced(path, value))) {
          expect(at.startsWith('$')).toBe(true);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['lists', (value: unknown) => [value]],
    ['objects', (value: unknown) => ({ value })],
    ['resources', (value: unknown) => ({ name: 'r', resource_type: 'x', sub_resources: [value] })],
  ])('%s in one another, 100,000 deep, anywhere', (_, wrap) => {
    const deep = nested(100_000, 'x', wrap);
    for (const path of [
      ['junk'],
      ['applications'],
      ['applications', '0', 'resources', '0'],
      ['applications', '0', 'custom_properties', 'version'],
      ['applications', '0', 'local_users', '0', 'user_type'],
      ['permissions', '0', 'permission_type', '0'],
      ['custom_property_definition', 'applications', '0', 'local_user_properties', 'floor'],
      ['identity_to_permissions', '0'],
    ]) {
      const diagnostics = validate(replaced(path, deep));
      expect(diagnostics.map(({ severity, code, path: at }) => ({ severity, code, path: at }))).toStrictEqual([
        { severity: 'error', code: 'too-deep', path: '$' },
      ]);
    }
  });

  test('a value that contains itself', () => {
    const payload = completePayload();
    payload.applications[0].resources[0].sub_resources.push(payload.applications[0].resources[0]);
    expect(validate(payload).map(({ code }) => code)).toStrictEqual(['too-deep']);
  });

  test.each<[number, string, readonly string[]]>([
    [200_000, 'identities of a user', ['applications', '0', 'local_users', '0', 'identities']],
    [20_000, 'applications', ['applications']],
    [20_000, 'users', ['applications', '0', 'local_users']],
    [20_000, 'tags', ['applications', '0', 'local_users', '0', 'tags']],
    [20_000, 'groups of a user', ['applications', '0', 'local_users', '0', 'groups']],
    [20_000, 'sub-resources', ['applications', '0', 'resources', '0', 'sub_resources']],
    [20_000, 'effects', ['permissions', '0', 'permission_type']],
    [20_000, 'grants', ['identity_to_permissions']],
    [20_000, 'definitions', ['custom_property_definition', 'applications']],
  ])('%i pieces of junk as %s', (count, _, path) => {
    const diagnostics = validate(replaced(path, Array(count).fill(7)));
    expect(diagnostics.length).toBeGreaterThanOrEqual(count);
    expect(diagnostics.at(-1)?.path.startsWith('$')).toBe(true);
  });

  test('twenty thousand unknown keys, undefined properties and unknown references', () => {
    const count = 20_000;
    const names = Array.from({ length: count }, (_, number) => `unknown ${number}`);
    const junk = Object.fromEntries(names.map((name) => [name, name]));
    expect(validate(replaced(['applications', '0', 'custom_properties'], junk))).toHaveLength(count);
    expect(validate(replaced(['applications', '0', 'local_roles', '0', 'permissions'], names))).toHaveLength(count);
    const payload = completePayload();
    Object.assign(payload.applications[0], junk);
    expect(validate(payload)).toHaveLength(count);
  });

  test('names of a million characters that differ by one', () => {
    const long = 'x'.repeat(1_000_000);
    const payload = completePayload();
    payload.permissions.push({ name: `${long}a`, permission_type: [] });
    payload.applications[0].local_roles[0].permissions = Array(20).fill(`${long}b`);
    expect(validate(payload)).toHaveLength(20);
  });
});
