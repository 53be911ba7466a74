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
