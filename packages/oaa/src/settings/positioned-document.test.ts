import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parsePositioned, readPositioned, readPositionedAll } from './positioned-document.ts';
import { shapeProblems } from './shape-problems.ts';

describe('parsePositioned', () => {
  const yaml = 'tenant:\n  url: acme\n  list:\n    - a\n    - b: 1\n';

  test('gives the value and where each part stands', () => {
    const document = parsePositioned(yaml, 'a.yaml');
    expect(document.value).toEqual({ tenant: { url: 'acme', list: ['a', { b: 1 }] } });
    expect(document.positionOf(['tenant', 'url'])).toEqual({ row: 2, column: 8 });
    expect(document.positionOf(['tenant', 'url'], 'key')).toEqual({ row: 2, column: 3 });
    expect(document.positionOf(['tenant', 'list', 1, 'b'])).toEqual({ row: 5, column: 10 });
    expect(document.positionOf([])).toEqual({ row: 1, column: 1 });
  });

  test('a path that is not there gives the nearest place above it', () => {
    expect(parsePositioned(yaml, 'a.yaml').positionOf(['tenant', 'list', 7, 'x'])).toEqual({ row: 4, column: 5 });
  });

  test('JSON has positions as well', () => {
    const document = parsePositioned('{\n  "a": [1,\n 2]\n}', 'a.json');
    expect(document.value).toEqual({ a: [1, 2] });
    expect(document.positionOf(['a', 1])).toEqual({ row: 3, column: 2 });
  });

  test.each([
    [
      'a.json',
      '{"a": 1,\n}',
      'a.json:2:1: expected a key in double quotes, found "}" (a comma too many?)',
      'json-invalid',
    ],
    ['a.json', '{"a": 1,\n "a": 2}', 'a.json:2:2: this key is there twice', 'json-invalid'],
    ['a.yaml', 'a: 1\nb: 2\na: 3\n', 'a.yaml:3:1: this key is there twice', 'input-invalid'],
    [
      'a.yaml',
      'a: !!js/function x\n',
      'a.yaml:1:4: an unknown tag (a text that begins with ! needs quotes)',
      'input-invalid',
    ],
  ])('%s %j is refused with its place', (file, text, message, code) => {
    expect(() => parsePositioned(text, file)).toThrow(expect.objectContaining({ message, code, exitCode: 3 }));
  });

  test('tells every problem', () => {
    expect(readPositioned('a: 1\na: 2\nb: 1\nb: 2\n', 'a.yaml').problems).toHaveLength(2);
  });

  test('is not blown up by aliases, size or a prototype key', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let index = 0; index < 8; index += 1) {
      const name = String.fromCharCode(98 + index);
      const previous = String.fromCharCode(97 + index);
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${previous}`).join(',')}]`);
    }
    expect(() => parsePositioned(bomb.join('\n'), 'a.yaml')).toThrow(/alias/i);
    expect(() => parsePositioned('a: 1234', 'a.yaml', { maxLength: 5 })).toThrow('longer than 5 characters');
    expect(parsePositioned('__proto__:\n  polluted: true\n', 'a.yaml').value).not.toHaveProperty('polluted');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('does not show what stands where quotes are missing: it may be a secret', () => {
    const text = 'a: &b 1\nc: *b\ntoken: *hunter2\n';
    expect(readPositioned(text, 'a.yaml').problems).toEqual([
      { row: 3, column: 8, message: 'an alias without its anchor (a text that begins with * needs quotes)' },
    ]);
    expect(readPositioned('token: !hunter2 x\n', 'a.yaml').problems).toEqual([
      { row: 1, column: 8, message: 'an unknown tag (a text that begins with ! needs quotes)' },
    ]);
  });

  test('a text that is nested too deeply is refused', () => {
    const [problem] = readPositioned('['.repeat(10_000), 'a.yaml').problems;
    expect(problem?.message).toBe('nested too deeply');
  });
});

describe('readPositionedAll', () => {
  const read = (text: string, file = 'a.yaml') => readPositionedAll(text, file, { maxDocuments: 3 });

  test('gives every document with places in the whole text, and passes over empty ones', () => {
    const { documents, problems } = read('# first\n---\na: 1\n---\n# nothing\n---\nb: [1, 2]\n...\n');
    expect(problems).toEqual([]);
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: [1, 2] }]);
    expect(documents.map(({ positionOf }) => positionOf(['b', 1]))).toEqual([
      { row: 3, column: 1 },
      { row: 7, column: 8 },
    ]);
  });

  test('tells the problems of every document', () => {
    const twice = 'a: 1\na: 2\n';
    expect(read(`${twice}---\n${twice}`).problems.map(({ row }) => row)).toEqual([2, 5]);
    expect(read('a: *b\n---\nc: *d\n').problems.map(({ row }) => row)).toEqual([1, 3]);
  });

  test('JSON is one document', () => {
    expect(read('[{"a": 1}]', 'a.json').documents.map(({ value }) => value)).toEqual([[{ a: 1 }]]);
    expect(read('{"a": 1}\n---\n{}', 'a.json').problems).toHaveLength(1);
  });

  test('is bounded', () => {
    expect(read('a: 1\n---\na: 2\n---\na: 3\n---\na: 4\n').problems).toEqual([
      { row: 1, column: 1, message: 'more than 3 documents' },
    ]);
  });
});

describe('shapeProblems', () => {
  const schema = z.strictObject({
    name: z.string(),
    rows: z.array(z.strictObject({ column: z.string(), trim: z.boolean().optional() })).optional(),
  });
  const problemsOf = (text: string) => shapeProblems(parsePositioned(text, 'm.yaml'), schema);

  test('is empty for a document that fits', () => {
    expect(problemsOf('name: a\nrows:\n  - column: b\n')).toEqual([]);
  });

  test('names unknown keys at any depth with the nearest known one, at the key', () => {
    expect(problemsOf('name: a\nrows:\n  - column: b\n    trimm: true\n')).toEqual([
      { row: 4, column: 5, message: 'unknown key "rows[0].trimm". Did you mean "trim"?' },
    ]);
  });

  test('takes the branch of a union that one of its keys names, whatever else is wrong', () => {
    const union = z.strictObject({
      adapter: z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('csv'), mapping: z.string() }),
        z.strictObject({ type: z.literal('custom'), module: z.string(), seconds: z.number() }),
      ]),
    });
    const text = 'adapter:\n  type: custom\n  mapping: m\n  secondz: 1\n  seconds: "9"\n';
    expect(shapeProblems(parsePositioned(text, 'm.yaml'), union).map(({ message }) => message)).toEqual([
      '"adapter.module" is missing',
      '"adapter.seconds": Invalid input: expected number, received string',
      'unknown key "adapter.mapping". Known here: type, module, seconds.',
      'unknown key "adapter.secondz". Did you mean "seconds"?',
    ]);
  });

  test('lists the known keys when none is near', () => {
    expect(problemsOf('name: a\nzzzzzz: 1\n')).toEqual([
      { row: 2, column: 1, message: 'unknown key "zzzzzz". Known here: name, rows.' },
    ]);
  });

  test('tells what is missing and what has the wrong type, without the value', () => {
    expect(problemsOf('rows:\n  - column: 5\n')).toEqual([
      { row: 1, column: 1, message: '"name" is missing' },
      { row: 2, column: 13, message: '"rows[0].column": Invalid input: expected string, received number' },
    ]);
  });
});

test.each([
  '|canary',
  '>canary x',
  '!!canary x',
  '!<canary> x',
  '!h!canary x',
  '}canary',
  ']canary',
  '*canary',
  '!canary',
])('what is wrong with %s is told without it', (text) => {
  const { problems } = readPositioned(`token: ${text}\n`, 'm.yaml');
  expect(problems.length).toBeGreaterThan(0);
  expect(JSON.stringify(problems)).not.toContain('canary');
});

test('a directive that is none is told without its name', () => {
  const { problems } = readPositioned('%canary\n---\na: 1\n', 'm.yaml');
  expect(JSON.stringify(problems)).not.toContain('canary');
});
