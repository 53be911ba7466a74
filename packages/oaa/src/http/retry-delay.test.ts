import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AttemptOutcome, retryDelay } from './retry-delay.ts';
import { defaultRetryPolicy } from './retry-policy.ts';

const noon = Date.UTC(2025, 0, 1, 12);
const failing: AttemptOutcome = { status: 503, mayHaveBeenReceived: true, idempotent: true };

function delay(attempt: number, outcome: Partial<AttemptOutcome> = {}, random = 0): number | undefined {
  return retryDelay(attempt, { ...failing, ...outcome }, defaultRetryPolicy, { nowMs: noon, random });
}

const outcomes: fc.Arbitrary<AttemptOutcome> = fc.record({
  status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
  retryAfter: fc.option(fc.oneof(fc.string(), fc.nat().map(String)), { nil: undefined }),
  failure: fc.constantFrom('connection', 'unknown-host', 'timeout', 'permanent', undefined),
  mayHaveBeenReceived: fc.boolean(),
  idempotent: fc.boolean(),
});
const attempts = fc.integer({ min: 1, max: 30 });
const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('retryDelay', () => {
  test('doubles from 0.6 s up to 30 s over ten retries, then gives up', () => {
    expect(Array.from({ length: 11 }, (_, index) => delay(index + 1))).toEqual([
      600,
      1_200,
      2_400,
      4_800,
      9_600,
      19_200,
      30_000,
      30_000,
      30_000,
      30_000,
      undefined,
    ]);
  });

  test('takes off up to half at random', () => {
    expect(delay(1, {}, 0.5)).toBe(450);
    expect(delay(1, {}, 0.999999)).toBe(300);
  });

  test.each([429, 500, 502, 503, 504])('repeats status %i', (status) => {
    expect(delay(1, { status })).toBe(600);
  });

  test.each([200, 301, 400, 401, 403, 404, 409, 413, 501, 505])('does not repeat status %i', (status) => {
    expect(delay(1, { status })).toBeUndefined();
  });

  test('obeys Retry-After in seconds', () => {
    expect(delay(1, { status: 429, retryAfter: '7' })).toBe(7_000);
  });

  test('obeys Retry-After as an HTTP date', () => {
    expect(delay(1, { status: 429, retryAfter: 'Wed, 01 Jan 2025 12:00:42 GMT' })).toBe(42_000);
  });

  test('waits for a Retry-After of ten minutes, and gives up on a longer one', () => {
    expect(delay(1, { status: 429, retryAfter: '600' })).toBe(600_000);
    expect(delay(1, { status: 429, retryAfter: '601' })).toBeUndefined();
  });

  test.each(['0', 'Wed, 01 Jan 2025 11:00:00 GMT', 'soon', '-5', '1.5', ''])(
    'backs off as usual after Retry-After %j',
    (text) => {
      expect(delay(2, { status: 429, retryAfter: text })).toBe(1_200);
    },
  );

  test('repeats what is not idempotent only when it was not acted on', () => {
    expect(delay(1, { idempotent: false, status: 503 })).toBeUndefined();
    expect(delay(1, { idempotent: false, status: 429 })).toBe(600);
    const failed = { status: undefined, failure: 'connection', idempotent: false } as const;
    expect(delay(1, { ...failed, mayHaveBeenReceived: true })).toBeUndefined();
    expect(delay(1, { ...failed, mayHaveBeenReceived: false })).toBe(600);
  });

  test('repeats a time-out and an unknown host twice at most', () => {
    for (const failure of ['timeout', 'unknown-host'] as const) {
      expect([1, 2, 3].map((attempt) => delay(attempt, { status: undefined, failure }))).toEqual([
        600,
        1_200,
        undefined,
      ]);
    }
  });

  test('never repeats a permanent failure', () => {
    expect(delay(1, { status: undefined, failure: 'permanent' })).toBeUndefined();
  });

  test('is undefined or a whole number from 0 to the larger cap, whatever comes', () => {
    fc.assert(
      fc.property(attempts, outcomes, randoms, (attempt, outcome, random) => {
        const value = retryDelay(attempt, outcome, defaultRetryPolicy, { nowMs: noon, random });
        if (value === undefined) return;
        expect(Number.isInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(600_000);
      }),
    );
  });

  test('once it gives up on an outcome it gives up on every later attempt', () => {
    fc.assert(
      fc.property(attempts, outcomes, randoms, (attempt, outcome, random) => {
        const moment = { nowMs: noon, random };
        if (retryDelay(attempt, outcome, defaultRetryPolicy, moment) !== undefined) return;
        expect(retryDelay(attempt + 1, outcome, defaultRetryPolicy, moment)).toBeUndefined();
      }),
    );
  });

  test('never repeats what may have been done and must not be done twice', () => {
    fc.assert(
      fc.property(attempts, outcomes, randoms, (attempt, outcome, random) => {
        fc.pre(outcome.status !== 429);
        const once = { ...outcome, idempotent: false, mayHaveBeenReceived: true };
        expect(retryDelay(attempt, once, defaultRetryPolicy, { nowMs: noon, random })).toBeUndefined();
      }),
    );
  });
});
