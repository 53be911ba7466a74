import { expect, test } from 'vitest';
import { nameRequest } from './name-request.ts';

test.each(['1', '4bf92f3577b34da6', 'Root=1-67891233-abcdef012345', 'a'.repeat(128)])('%s is taken over', (id) => {
  expect(nameRequest(id)).toBe(id);
});

test.each([undefined, '', 'a b', 'a\nlevel=error', '<b>', 'a'.repeat(129), 'é'])('%j is not', (id) => {
  const names = [nameRequest(id), nameRequest(id)];
  expect(names[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(names[0]).not.toBe(names[1]);
});
