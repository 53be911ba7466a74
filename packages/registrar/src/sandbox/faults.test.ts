import { describe, expect, test } from 'vitest';
import { type FaultRule, Faults, matchesGlob } from './faults.ts';

function kinds(rules: readonly FaultRule[], requests: readonly (readonly [method: string, path: string])[]) {
  const faults = new Faults(1);
  faults.schedule(...rules);
  return requests.map(([method, path]) => faults.forRequest(method, path).fault?.kind);
}

const get = ['GET', '/a'] as const;
const post = ['POST', '/a/b:push'] as const;

describe('a fault rule', () => {
  test('hits the next request, once, unless it says otherwise', () => {
    expect(kinds([{ kind: 'unavailable' }], [get, get])).toEqual(['unavailable', undefined]);
  });

  test('hits from the n-th matching request on, as often as it says', () => {
    const rule: FaultRule = { kind: 'unavailable', match: { method: 'post', path: '*:push' }, at: 2, times: 2 };
    expect(kinds([rule], [get, post, get, post, post, post])).toEqual([
      undefined,
      undefined,
      undefined,
      'unavailable',
      'unavailable',
      undefined,
    ]);
  });

  test('waits when another one hits first', () => {
    expect(kinds([{ kind: 'unavailable' }, { kind: 'server-error' }], [get, get, get])).toEqual([
      'unavailable',
      'server-error',
      undefined,
    ]);
  });

  test('with times "always" never ends', () => {
    expect(kinds([{ kind: 'cut-before', times: 'always' }], [get, get, get])).toEqual([
      'cut-before',
      'cut-before',
      'cut-before',
    ]);
  });

  test('for pushes is not asked for requests', () => {
    const faults = new Faults(1);
    faults.schedule({ kind: 'refused-push' }, { kind: 'server-error' });
    expect(faults.forRequest('POST', '/x:push').fault?.kind).toBe('server-error');
    expect([faults.refusesPush('POST', '/x:push'), faults.refusesPush('POST', '/x:push')]).toEqual([true, false]);
  });

  test('adds its latency to that of others', () => {
    const faults = new Faults(1);
    faults.schedule({ kind: 'latency', latencyMs: 10 }, { kind: 'latency', latencyMs: 5, times: 2 });
    expect([1, 2, 3].map(() => faults.forRequest('GET', '/').latencyMs)).toEqual([15, 5, 0]);
  });

  test('with a rate hits that share of the requests', () => {
    const hits = kinds(
      [{ kind: 'unavailable', rate: 0.25 }],
      Array.from({ length: 4_000 }, () => get),
    );
    const share = hits.filter((kind) => kind !== undefined).length / hits.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
  });
});

test.each([
  ['/a/b', '/a/b', true],
  ['/a/b', '/a/b/c', false],
  ['/a/*', '/a/b/c', true],
  ['*:push', '/a/b:push', true],
  ['*:push', '/a/b:push_csv', false],
  ['/a/*/c*e', '/a/b/c/d/e', true],
  ['/a/*/c*e', '/a/b/d/e', false],
  ['*', '', true],
  ['a*a', 'a', false],
])('the pattern %s and the path %s: %s', (pattern, path, expected) => {
  expect(matchesGlob(pattern, path)).toBe(expected);
});
