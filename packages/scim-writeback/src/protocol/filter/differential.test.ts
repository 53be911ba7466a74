import { describe, expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import { compileFilter } from './compile-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';
import { refusal, stored, strictProfile } from './test-matches.ts';
import { Oracle, Refused } from './test-oracle.ts';
import { mutate, randomFilter, randomNumbers, randomResource } from './test-random-filters.ts';
import { users } from './test-resource-type.ts';

const resourceCount = 1_000;
/** Each filter is asked of so many resources, others each time; all of them would take minutes. */
const resourcesPerFilter = 20;

const random = randomNumbers(20_240_501);
const resources = Array.from({ length: resourceCount }, () => stored(randomResource(random)));

/** Far above what it takes; only an endless loop reaches it. */
const watchdogMs = 300_000;

interface Difference {
  readonly text: string;
  readonly outcome: string;
  readonly expected: string;
}

/** The resources that a filter is asked of. */
function sample(turn: number) {
  return Array.from({ length: resourcesPerFilter }, (_, index) => (turn * resourcesPerFilter + index) % resourceCount);
}

/** `refused`, or for each resource of the sample whether it matches. */
function ask(build: () => (resource: (typeof resources)[number]) => boolean, turn: number): string {
  try {
    const matches = build();
    return sample(turn)
      .map((index) => (matches(resources[index] ?? stored({})) ? '1' : '0'))
      .join('');
  } catch (error) {
    if (error instanceof Refused) return 'refused';
    throw error;
  }
}

describe.each([
  ['standard', standardProfile, 10_000],
  ['strict', strictProfile, 2_000],
])('with a %s profile', (name, profile, filterCount) => {
  const ours = (text: string, turn: number) =>
    refusal(text, { profile }) === undefined
      ? ask(() => compileFilter(parseFilter(text, profile), users, profile), turn)
      : 'refused';
  const oracles = (text: string, turn: number) =>
    ask(() => {
      const oracle = new Oracle(text, name === 'standard');
      return (resource) => oracle.matches(resource);
    }, turn);

  test(
    `${filterCount} filters of the grammar mean what the oracle says`,
    () => {
      const wrong: Difference[] = [];
      let refusedCount = 0;
      let dividing = 0;
      for (let turn = 0; turn < filterCount; turn++) {
        const text = randomFilter(random);
        const outcome = ours(text, turn);
        const expected = oracles(text, turn);
        if (outcome !== expected) wrong.push({ text, outcome, expected });
        if (outcome === 'refused') refusedCount += 1;
        else if (outcome.includes('0') && outcome.includes('1')) dividing += 1;
      }
      expect(wrong).toEqual([]);
      expect(refusedCount).toBeLessThan(filterCount * (name === 'standard' ? 0.3 : 0.5));
      expect(dividing).toBeGreaterThan(filterCount * 0.25);
    },
    watchdogMs,
  );

  test(
    `${filterCount} mutated filters are taken or refused as the oracle does, and mean the same`,
    () => {
      const wrong: Difference[] = [];
      let taken = 0;
      for (let turn = 0; turn < filterCount; turn++) {
        const text = mutate(randomFilter(random, 2), random);
        const outcome = ours(text, turn);
        const expected = oracles(text, turn);
        if (outcome !== expected) wrong.push({ text, outcome, expected });
        if (outcome === 'refused') continue;
        taken += 1;
        const printed = printFilter(parseFilter(text, profile));
        const again = ours(printed, turn);
        if (again !== outcome) wrong.push({ text: printed, outcome: again, expected: outcome });
      }
      expect(wrong).toEqual([]);
      expect(taken).toBeGreaterThan(filterCount * 0.05);
    },
    watchdogMs,
  );
});
