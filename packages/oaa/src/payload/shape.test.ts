import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DiagnosticList } from './diagnostics.ts';
import { checkShape } from './shape.ts';

const schema = z.strictObject({
  name: z.string().min(1),
  size: z.number().nullable().optional(),
  kind: z.enum(['big', 'small']).optional(),
  parts: z.array(z.strictObject({ id: z.string(), flags: z.array(z.boolean()).optional() })).optional(),
});

function problems(value: unknown): string[] {
  const list = new DiagnosticList();
  const fits = checkShape(list, schema, value, () => '$.things[3]');
  expect(fits).toBe(list.items.length === 0);
  return list.items.map(({ code, path, message }) => `${code} ${path}: ${message}`);
}

describe('a shape', () => {
  test('that fits has no problems', () => {
    expect(problems({ name: 'a', size: null, kind: 'big', parts: [{ id: '1', flags: [true] }] })).toStrictEqual([]);
  });

  test.each<[unknown, string[]]>([
    [null, ['wrong-type $.things[3]: "things[3]" is null and should be an object.']],
    [[], ['wrong-type $.things[3]: "things[3]" is a list and should be an object.']],
    [{}, ['missing-key $.things[3].name: "name" is missing; it is required here.']],
    [{ name: '' }, ['empty-value $.things[3].name: "name" must not be empty.']],
    [{ name: 'a', size: '1' }, ['wrong-type $.things[3].size: "size" is a string and should be a number.']],
    [
      { name: 'a', kind: 'bgi' },
      ['unknown-value $.things[3].kind: "bgi" is not a value of "kind". Did you mean "big"?'],
    ],
    [{ name: 'a', kind: [] }, ['unknown-value $.things[3].kind: a list is not a value of "kind".']],
    [{ name: 'a', parts: {} }, ['wrong-type $.things[3].parts: "parts" is an object and should be a list.']],
    [
      { name: 'a', parts: [{ idd: 1 }, 7, { id: '1', flags: [true, 'x'] }] },
      [
        'missing-key $.things[3].parts[0].id: "id" is missing; it is required here.',
        'unknown-key $.things[3].parts[0].idd: The key "idd" is not known here; the tenant refuses payloads with unknown keys. Did you mean "id"?',
        'wrong-type $.things[3].parts[1]: "parts[1]" is a number and should be an object.',
        'wrong-type $.things[3].parts[2].flags[1]: "flags[1]" is a string and should be a boolean.',
      ],
    ],
  ])('that %j does not fit is reported with place and reason', (value, expected) => {
    expect(problems(value)).toStrictEqual(expected);
  });

  test('names the keys that are known where one is not', () => {
    const list = new DiagnosticList();
    checkShape(list, schema, { name: 'a', parts: [{ id: '1', x: 1 }] }, () => '$');
    expect(list.items[0]?.hint).toBe('Known keys: id, flags. Own data goes into custom_properties.');
  });
});
