import { describe, expect, test } from 'vitest';
import { didYouMean, nearestName } from './nearest-name.ts';

describe('the nearest name', () => {
  test.each([
    ['local_user', ['local_groups', 'local_users'], 'local_users'],
    ['DATAREAD', ['DataRead', 'DataWrite'], 'DataRead'],
    ['nmae', ['name', 'id'], 'name'],
    ['a', ['b'], 'b'],
    ['department', ['name', 'id'], undefined],
    ['x', [], undefined],
  ])('to %s among %j is %s', (name, known, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
    expect(didYouMean(name, known)).toBe(nearest === undefined ? '' : ` Did you mean "${nearest}"?`);
  });

  test('is the first of several that are equally near', () => {
    expect(nearestName('rol', ['role', 'roll'])).toBe('role');
  });

  test('is not looked for among long texts, whose comparison would take for ever', () => {
    const long = 'x'.repeat(1_000_000);
    expect(nearestName(`${long}a`, [`${long}b`])).toBeUndefined();
    expect(nearestName('name', [long, 'nam'])).toBe('nam');
  });
});
