import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldKey } from '../../../payload/keys.ts';
import { KeyIndex } from './key-index.ts';

test('keys have numbers in the order in which they come, whatever their case', () => {
  const index = new KeyIndex();
  expect(['Jane', 'joe', 'JANE', 'Joe', 'straße', 'STRASSE', ''].map((key) => index.add(key))).toEqual([
    0, 1, 0, 1, 2, 3, 4,
  ]);
  expect([index.at(0), index.at(1), index.length]).toEqual(['Jane', 'joe', 5]);
});

test('a key that is respelt is still found', () => {
  const index = new KeyIndex();
  const number = index.add('ops');
  index.respell(number, 'Ops');
  expect([index.add('OPS'), index.at(number)]).toEqual([0, 'Ops']);
});

test('keys that UTF-8 cannot say are kept apart', () => {
  const index = new KeyIndex();
  const keys = ['a\ud800', 'a\udc00', 'a\ufffd'];
  expect([...keys, ...keys].map((key) => index.add(key))).toEqual([0, 1, 2, 0, 1, 2]);
  expect([0, 1, 2].map((number) => index.at(number))).toEqual(keys);
});

test('keys far apart keep their spelling, also one that is respelt', () => {
  const index = new KeyIndex();
  for (let number = 0; number < 5_000; number += 1) index.add(`Key ${number}`);
  index.respell(3_000, 'KEY 3000');
  index.respell(4_999, 'key 4999');
  expect([index.at(10), index.at(2_999), index.at(3_000), index.at(4_999)]).toEqual([
    'Key 10',
    'Key 2999',
    'KEY 3000',
    'key 4999',
  ]);
  expect(index.add('key 3000')).toBe(3_000);
});

test('many keys are found as in a Map', () => {
  const key = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.nat(3_000).map(String),
    fc.constantFrom('__proto__', 'constructor'),
  );
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 4_000, size: 'max' }), (keys) => {
      const index = new KeyIndex();
      const known = new Map<string, number>();
      for (const one of keys) {
        const folded = foldKey(one);
        const number = known.get(folded) ?? known.size;
        known.set(folded, number);
        if (index.add(one) !== number) throw new Error(`${one} is not ${number}`);
      }
      return index.length === known.size;
    }),
    { numRuns: 50 },
  );
});
