import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldKey, KeyMap } from './keys.ts';

describe('keys', () => {
  test('fold to the same text whatever their case, and folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (key) => {
        expect(foldKey(foldKey(key))).toBe(foldKey(key));
      }),
    );
    expect(['ADMIN', 'Admin', 'ÀDMIN'].map(foldKey)).toStrictEqual(['admin', 'admin', 'àdmin']);
  });

  test('of a map are found whatever their case; values come in the order of their first insertion', () => {
    const map = new KeyMap<number>().set('B', 1).set('a', 2).set('b', 3);
    expect([...map]).toStrictEqual([3, 2]);
    expect([map.size, map.get('A'), map.has('b'), map.has('c')]).toStrictEqual([2, 2, true, false]);
    expect([map.delete('B'), map.delete('B'), ...map.values()]).toStrictEqual([true, false, 2]);
  });

  test('that are names of Object.prototype are keys like any other', () => {
    const map = new KeyMap<number>();
    expect(map.get('__proto__')).toBeUndefined();
    expect(map.has('constructor')).toBe(false);
    map.set('__proto__', 1);
    expect(map.get('__PROTO__')).toBe(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
