import { expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import { parseFilter } from './parse-filter.ts';
import { resolveFilter } from './resolve-filter.ts';
import { badgeUrn, users } from './test-resource-type.ts';

const resolved = (text: string) => resolveFilter(parseFilter(text, standardProfile), users, standardProfile);
const at = (name: string, sub?: string) => ({
  attribute: { name },
  ...(sub === undefined ? { sub: undefined } : { sub: { name: sub } }),
});

test('a term gets its attribute and a value of its type', () => {
  expect(resolved('USERNAME eq "JANE"')).toMatchObject({
    kind: 'comparison',
    operator: 'eq',
    path: { ...at('userName'), extension: undefined },
    operand: { type: 'text', caseExact: false, value: 'jane' },
  });
  expect(resolved('id eq "JANE"')).toMatchObject({ operand: { type: 'text', caseExact: true, value: 'JANE' } });
  expect(resolved('active eq "True"')).toMatchObject({ operand: { type: 'boolean', value: true } });
  expect(resolved(`${badgeUrn}:level ge 2`)).toMatchObject({
    path: { ...at('level'), extension: { id: badgeUrn } },
    operand: { type: 'number', value: 2 },
  });
  expect(resolved('meta.lastModified ge "2024-05-01T12:00:00.50+02:00"')).toMatchObject({
    path: at('meta', 'lastModified'),
    operand: { type: 'instant', value: '2024-05-01T10:00:00.5' },
  });
  expect(resolved('meta.lastModified sw "2024-05-01T"')).toMatchObject({ operand: { type: 'text' } });
});

test('a complex attribute stands for its value', () => {
  expect(resolved('emails co "X"')).toMatchObject({ path: at('emails', 'value'), operand: { value: 'x' } });
  expect(resolved('emails pr')).toMatchObject({ kind: 'presence', path: at('emails') });
});

test('brackets keep the outer attribute in the paths within them', () => {
  expect(resolved('emails[type eq "work"].value pr')).toMatchObject({
    kind: 'presence',
    path: at('emails', 'value'),
    selection: { kind: 'comparison', path: at('emails', 'type') },
  });
  expect(resolved('tags[value eq "a"]')).toMatchObject({
    kind: 'value-path',
    path: { ...at('tags'), extension: { id: badgeUrn } },
    filter: { path: at('tags'), operand: { value: 'a' } },
  });
});

test('null becomes absence, and what no schema has a constant', () => {
  expect(resolved('title eq null')).toMatchObject({ kind: 'not', operand: { kind: 'presence', path: at('title') } });
  expect(resolved('title ne null')).toMatchObject({ kind: 'presence', path: at('title') });
  expect(resolved('shoeSize ne 1 and emails[shoeSize pr]')).toMatchObject({
    kind: 'and',
    operands: [
      { kind: 'constant', value: true },
      { kind: 'value-path', filter: { kind: 'constant', value: false } },
    ],
  });
});
