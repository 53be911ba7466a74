import { expect, test } from 'vitest';
import { patchOpUrn, readPatch } from './read-patch.ts';
import { patchBody, refusal } from './test-patches.ts';

const operation = { op: 'replace', path: 'active', value: false };

test('#67 the operations are read in their order', () => {
  const remove = { op: 'remove', path: 'title' };
  expect(readPatch(patchBody(operation, remove))).toEqual([operation, { ...remove, value: undefined }]);
});

test.each(['Add', 'REPLACE', 'Remove', 'add'])('#67 op may be spelt %s', (op) => {
  expect(readPatch(patchBody({ ...operation, op }))[0]?.op).toBe(op.toLowerCase());
});

test('#67 names of the envelope may be spelt in any case', () => {
  const body = { Schemas: [patchOpUrn.toUpperCase()], operations: [{ Op: 'Replace', Path: 'active', Value: false }] };
  expect(readPatch(body)).toEqual([operation]);
});

test('#67 members that the RFC does not know are passed over', () => {
  expect(readPatch(patchBody({ ...operation, name: 'replaceActive' }))).toEqual([operation]);
});

test('#93 a path of null is no path, a value of null is a value', () => {
  expect(readPatch(patchBody({ op: 'add', path: null, value: null }))).toEqual([
    { op: 'add', path: undefined, value: null },
  ]);
});

test.each([
  ['no object', [operation], '400 invalidSyntax'],
  ['null', null, '400 invalidSyntax'],
  ['no schemas', { Operations: [operation] }, '400 invalidSyntax'],
  ['schemas that are no list', { schemas: patchOpUrn, Operations: [operation] }, '400 invalidSyntax'],
  ['another schema', { schemas: ['urn:x'], Operations: [operation] }, '400 invalidSyntax'],
  ['no operations', { schemas: [patchOpUrn] }, '400 invalidSyntax'],
  ['empty operations', patchBody(), '400 invalidSyntax'],
  ['operations that are no list', { schemas: [patchOpUrn], Operations: operation }, '400 invalidSyntax'],
  ['operations twice', { schemas: [patchOpUrn], Operations: [operation], operations: [] }, '400 invalidSyntax'],
  ['an operation that is no object', patchBody('replace'), '400 invalidSyntax'],
  ['an operation of null', patchBody(null), '400 invalidSyntax'],
  ['no op', patchBody({ path: 'active', value: true }), '400 invalidSyntax'],
  ['an unknown op', patchBody({ ...operation, op: 'move' }), '400 invalidSyntax'],
  ['an op that is a list', patchBody({ ...operation, op: ['add'] }), '400 invalidSyntax'],
  ['op twice', patchBody({ ...operation, Op: 'add' }), '400 invalidSyntax'],
  ['a path that is a number', patchBody({ ...operation, path: 7 }), '400 invalidPath'],
  ['a path that is a list', patchBody({ ...operation, path: ['active'] }), '400 invalidPath'],
])('#67 %s is refused', (_what, body, expected) => {
  expect(refusal(() => readPatch(body))).toBe(expected);
});

test('#67 more operations than the limit are 413', () => {
  const limits = { maxOperations: 2, maxValues: 100 };
  expect(refusal(() => readPatch(patchBody(operation, operation), limits))).toBe('accepted');
  expect(refusal(() => readPatch(patchBody(operation, operation, operation), limits))).toBe('413');
});

test('#67 more values than the limit are 413, at whatever depth', () => {
  const limits = { maxOperations: 10, maxValues: 100 };
  const wide = { op: 'add', path: 'members', value: Array.from({ length: 101 }, () => ({ value: 'a' })) };
  const deep: unknown = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
  expect(refusal(() => readPatch(patchBody(wide), limits))).toBe('413');
  expect(refusal(() => readPatch(patchBody({ op: 'add', path: 'title', value: deep }), limits))).toBe('413');
  expect(refusal(() => readPatch(patchBody({ op: 'add', path: 'title', value: deep })))).toBe('accepted');
});
