import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { parseJson, parseJsonInTurns } from './parse-json.ts';

const refused = (text: string) => expect.soft(() => parseJson(text), text);

test('what JSON.parse reads is read alike', () => {
  const spaced = fc.tuple(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t', '\r\n'));
  fc.assert(
    fc.property(spaced, ([value, space]) => {
      const text = JSON.stringify(value, null, space);
      fc.pre(!/"(__proto__|constructor|prototype)"/i.test(text) && !hasDoubles(value));
      expect(parseJson(` ${text}\n`)).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test('what JSON.parse refuses is refused', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u12',
    '"a"',
    '0',
    '1',
    '-',
    '.5',
    'e',
    'null',
    'nul',
    ' ',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      if (isJson(text)) return;
      refused(text).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidSyntax' }));
    }),
    { numRuns: 5000 },
  );
});

describe('a name twice in one object is refused, in any case and at any level', () => {
  test.each([
    '{"userName":"a","userName":"b"}',
    '{"userName":"a","USERNAME":"b"}',
    '{"userName":"a","user\\u004eame":"b"}',
    '{"name":{"givenName":"a","GivenName":"b"}}',
    '{"emails":[{"value":"a"},{"value":"b","x":[{"Y":1,"y":2}]}]}',
    '{"unknown":{"a":1,"A":1}}',
  ])('%s', (text) => refused(text).toThrow(/^An object of the body has the name ".+" twice/));

  test('in an object of many names', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `"n${index}":1`);
    expect(parseJson(`{${names.join()}}`)).toHaveProperty('n999', 1);
    refused(`{${names.join()},"N17":1}`).toThrow('has the name "N17" twice');
    refused(`[{${names.join()},"n1000":1}]`).toThrow(/1000 names/);
  });

  test('but not in two objects', () => {
    expect(parseJson('[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }]);
  });
});

describe('names that reach what all objects share are refused', () => {
  test.each([
    '{"__proto__":{"polluted":1}}',
    '{"a":[{"constructor":{"prototype":{"polluted":1}}}]}',
    '{"prototype":1}',
    '{"__PROTO__":1}',
    '{"\\u005f_proto__":1}',
  ])('%s', (text) => {
    const message = expect.stringMatching(/^No attribute may be called "[_a-zA-Z]+"[.]$/);
    refused(text).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidSyntax', message }));
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

test('objects have no prototype', () => {
  const value = parseJson('{"a":{}}') as { a: object };
  expect([Object.getPrototypeOf(value), Object.getPrototypeOf(value.a)]).toEqual([null, null]);
});

test('depth is bounded, and the stack does not overflow', () => {
  const nested = (depth: number) => `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`;
  expect(parseJson(nested(16))).toBeTypeOf('object');
  refused(nested(17)).toThrow(/32 levels/);
  expect(() => parseJson('['.repeat(5_000_000))).toThrow(/32 levels/);
});

test('a long text is read alike in turns, between which others have theirs', async () => {
  const values = Array.from({ length: 10_000 }, (_, index) => ({ value: `${index}` }));
  let now = 0;
  // Whatever is done takes a turn.
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
  onTestFinished(() => clock.mockRestore());
  let turns = 0;
  let isOver = false;
  const reading = parseJsonInTurns(JSON.stringify({ values })).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    turns += 1;
  }
  expect(await reading).toEqual({ values });
  expect(turns).toBeGreaterThanOrEqual(20);
  await expect(parseJsonInTurns(`[${'1,'.repeat(2_000)}]`)).rejects.toThrow(/breaks at character 4002/);
});

test('a message says where, and repeats nothing of the body', () => {
  refused('{"password":"secret"').toThrow('The body is not JSON: it breaks at character 21.');
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function hasDoubles(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const names = Object.keys(value).map((name) => name.toLowerCase());
  return new Set(names).size < names.length || Object.values(value).some(hasDoubles);
}
