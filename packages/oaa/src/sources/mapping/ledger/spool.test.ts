import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Spool } from './spool.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).map((value) => JSON.stringify(value)),
  fc.constantFrom('', '{"a":"ä😀"}', JSON.stringify('x'.repeat(5_000))),
);

test('texts come back in their order and by their number, wherever they lie', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(2), text), { maxLength: 300, size: 'max' }),
      fc.constantFrom(0, 100, 4_000, 100_000, Number.POSITIVE_INFINITY),
      (entries, memoryBytes) => {
        const spool = new Spool(memoryBytes);
        const lists = [spool.texts(), spool.texts(), spool.texts()];
        const expected: string[][] = [[], [], []];
        try {
          for (const [list, value] of entries) {
            lists[list]?.push(value);
            expected[list]?.push(value);
            // Reading in between does no harm.
            const half = Math.floor((expected[list]?.length ?? 0) / 2);
            expect(lists[list]?.at(half)).toBe(expected[list]?.[half]);
          }
          expect(lists.map((list) => [...list])).toEqual(expected);
          expect(lists.map((list, which) => expected[which]?.map((_, index) => list.at(index)))).toEqual(expected);
          expect(lists.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
        } finally {
          spool.close();
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('two readers of one list do not disturb each other', () => {
  const spool = new Spool(0);
  const list = spool.texts();
  for (let index = 0; index < 100; index += 1) list.push(`"${index}"`);
  const [first, second] = [list[Symbol.iterator](), list[Symbol.iterator]()];
  for (let index = 0; index < 100; index += 1) {
    expect([first.next().value, second.next().value]).toEqual([`"${index}"`, `"${index}"`]);
  }
  spool.close();
});
