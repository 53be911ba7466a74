import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { InputError } from '../../errors/index.ts';
import { mappingSchema } from './mapping-schema.ts';
import { parseMapping } from './read-mapping.ts';

function problems(user: string): string[] {
  const text = `application: { name: Shop, type: Shop }\nsources:\n  - file: rows.csv\n    map:\n      - user: ${user}\n`;
  try {
    parseMapping(text, 'mapping.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(({ source, message }) => `${source?.row}:${source?.column} ${message}`);
  }
}

test('the schema is one for editors, too', () => {
  expect(z.toJSONSchema(mappingSchema, { io: 'input' })).toMatchObject({
    type: 'object',
    required: ['application', 'sources'],
  });
});

describe('a mapping of the wrong shape', () => {
  const at = 'sources[0].map[0].user';
  test.each([
    ['{ nam: x }', [`5:17 unknown key "${at}.nam". Did you mean "name"?`]],
    ['{ name: 5 }', [`5:23 "${at}.name": needs the name of a column, or more: { column: name }, { value: constant }`]],
    ['{ name: { colum: x } }', [`5:25 unknown key "${at}.name.colum". Did you mean "column"?`]],
    [
      '{ name: { column: x, value: y } }',
      [`5:23 "${at}.name": needs exactly one of column, columns, expression and value`],
    ],
    [
      '{ name: { column: x, lookup: { table: t, unknown: skip } } }',
      [`5:65 "${at}.name.lookup.unknown": Invalid option: expected one of "error"|"warning"|"keep"|"empty"`],
    ],
    [
      '{ name: x, groups: { names: y, unknown: creat } }',
      [`5:55 "${at}.groups.unknown": Invalid option: expected one of "error"|"warning"|"create"`],
    ],
    [
      '{ name: x, groups: { names: { colum: y }, unknown: create } }',
      [`5:45 unknown key "${at}.groups.names.colum". Did you mean "column"?`],
    ],
    ['{ name: x, groups: [a, { colum: b }] }', [`5:40 unknown key "${at}.groups[1].colum". Did you mean "column"?`]],
    [
      '{ name: x, roles: [{ role: r, on: aplication }] }',
      [`5:49 "${at}.roles[0].on": is application, or { resources: ... }`],
    ],
    [
      '{ name: x, when: { column: y } }',
      [`5:32 "${at}.when": needs a test: equals, notEquals, oneOf, noneOf or empty`],
    ],
  ])('%s is told where it is wrong, and how', (user, expected) => expect(problems(user)).toEqual(expected));

  test('has exactly one kind in each item', () => {
    expect(problems('{ name: x }\n        group: { name: x }')).toEqual([
      '5:9 "sources[0].map[0]": needs exactly one kind of entity',
    ]);
  });

  test('may have no longer expression than can be compiled', () => {
    expect(problems(`{ name: "{{${'(lower '.repeat(1_000)}" }`)).toEqual([expect.stringContaining('Too big')]);
  });
});
