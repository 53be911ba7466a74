import { expect, test } from 'vitest';
import { newUuid } from './new-id.ts';

test('an id is a UUID of version 7 that begins with the time', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (let count = 0; count < 1_000; count += 1) {
    const id = newUuid(0x0193_a7c2_9f1e);
    expect(id).toMatch(uuid);
    expect(id.slice(0, 14)).toBe('0193a7c2-9f1e-');
  }
  expect(newUuid(1).slice(0, 14)).toBe('00000000-0001-');
  expect(newUuid(2 ** 48 - 1).slice(0, 14)).toBe('ffffffff-ffff-');
  expect(newUuid(-1)).toMatch(uuid);
});

test('no two are the same, and none but the version and the variant is the same in all of them', () => {
  const ids = Array.from({ length: 2_000 }, () => newUuid(0));
  expect(new Set(ids).size).toBe(ids.length);
  const random = ids.map((id) => id.slice(14).replaceAll('-', ''));
  for (const [place, digit] of [...(random[0] ?? '')].entries()) {
    if (place > 0) expect(random.some((one) => one[place] !== digit)).toBe(true);
  }
});
