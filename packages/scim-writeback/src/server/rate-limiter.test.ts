import { describe, expect, test } from 'vitest';
import { createRateLimiter } from './rate-limiter.ts';

function limiter(ratePerSecond: number, burst: number) {
  let time = 0;
  const { take } = createRateLimiter({ ratePerSecond, burst, nowMs: () => time });
  return {
    take,
    wait: (ms: number) => {
      time += ms;
    },
  };
}

describe('the rate limiter', () => {
  test('lets a burst in, then says how many seconds to wait', () => {
    const { take } = limiter(0.5, 3);
    expect([1, 2, 3, 4].map(() => take('a'))).toEqual([undefined, undefined, undefined, 2]);
  });

  test('lets in after the wait that it named, even if the client knocked on meanwhile', () => {
    const { take, wait } = limiter(0.5, 1);
    take('a');
    expect(take('a')).toBe(2);
    wait(1000);
    expect(take('a')).toBe(1);
    wait(1000);
    expect(take('a')).toBeUndefined();
  });

  test('does not save up more than a burst', () => {
    const { take, wait } = limiter(10, 2);
    wait(3_600_000);
    expect([take('a'), take('a'), take('a')]).toEqual([undefined, undefined, 1]);
  });

  test('counts each credential by itself', () => {
    const { take } = limiter(1, 1);
    expect([take('a'), take('b'), take('a')]).toEqual([undefined, undefined, 1]);
  });

  test('keeps a credential in mind that is in use while 10,000 others come and go', () => {
    const { take } = limiter(0.001, 1);
    take('busy');
    for (let index = 0; index < 15_000; index += 1) {
      take(`other-${index}`);
      if (index % 1000 === 0) expect(take('busy')).toBeGreaterThan(0);
    }
    expect(take('other-0')).toBeUndefined();
  });

  test.each([
    { ratePerSecond: 0 },
    { ratePerSecond: -1 },
    { ratePerSecond: Number.NaN },
    { ratePerSecond: 1, burst: 0 },
  ])('refuses %j, which would let nobody in', (options) => {
    expect(() => createRateLimiter(options)).toThrow(RangeError);
  });
});
