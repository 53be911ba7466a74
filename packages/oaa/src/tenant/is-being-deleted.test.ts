import { expect, test } from 'vitest';
import { isBeingDeleted } from './is-being-deleted.ts';

test.each([
  { state: 'DELETING' },
  { state: 'Deleting' },
  { status: 'deleting' },
  { status: 'SUCCESS', raw: { state: 'Deleting' } },
])('%j is being deleted', (described) => {
  expect(isBeingDeleted(described)).toBe(true);
});

test.each([
  { state: 'ENABLED' },
  { state: '' },
  { status: undefined, raw: { state: 3 } },
  { raw: Object.create({ state: 'DELETING' }) },
])('%j is not', (described) => {
  expect(isBeingDeleted(described)).toBe(false);
});
