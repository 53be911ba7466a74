import { describe, expect, test } from 'vitest';
import { disabledTests, testTitles } from '../support/test-titles.ts';
import { type ChecklistItem, checklist, pitfalls } from './checklist.ts';

const folder = 'test/conformance';

/** `#51, #52 ...` and `S9 ...`: the numbers that titles begin with. */
function numbersOf(mark: string): readonly number[] {
  const leading = new RegExp(`^(?:${mark}\\d+(?:, | ))+`);
  return testTitles(folder).flatMap(({ title }) =>
    [...(leading.exec(title)?.[0] ?? '').matchAll(/\d+/g)].map(([number]) => Number(number)),
  );
}

describe.each<[string, string, readonly ChecklistItem[], number]>([
  ['checklist', '#', checklist, 136],
  ['pitfalls', 'S', pitfalls, 30],
])('the %s', (_name, mark, items, last) => {
  const tested = new Set(numbersOf(mark));

  test('has every number of the reference once', () => {
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  });

  test('has for each item a test or the reason why there is none, and not both', () => {
    const unexplained = items.filter(({ number, untested }) => !tested.has(number) && untested === undefined);
    expect(unexplained.map(({ number, title }) => `${mark}${number} ${title}`)).toEqual([]);
    const outdated = items.filter(({ number, untested }) => tested.has(number) && untested !== undefined);
    expect(outdated.map(({ number, title }) => `${mark}${number} ${title}`)).toEqual([]);
  });

  test('has the item of every test', () => {
    expect([...tested].filter((number) => !items.some((item) => item.number === number))).toEqual([]);
  });
});

test('no test of the suite is left out when it is run', () => {
  expect(disabledTests(folder)).toEqual([]);
});
