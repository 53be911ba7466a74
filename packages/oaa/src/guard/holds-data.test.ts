import { expect, test } from 'vitest';
import { holdsData } from './holds-data.ts';

const aDataSource = (status: string | undefined, raw: Readonly<Record<string, unknown>> = {}) => ({
  id: 'd',
  name: 'shop.test',
  status,
  raw,
});

test.each([
  ['SUCCESS', { sync_end: null }, true],
  [undefined, { sync_end: null }, true],
  ['ERROR', { sync_end: null }, true],
  ['PENDING', {}, true],
  ['PENDING', { sync_start: '2026-01-01T00:00:00Z', parsed_at: null }, true],
  ['PENDING', { sync_start: null, parsed_at: '' }, false],
  ['pending', { synced_at: null }, false],
])('status %s with %j: %s', (status, raw, expected) => {
  expect(holdsData(aDataSource(status, raw))).toBe(expected);
});
