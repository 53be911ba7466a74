import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCycles } from './cycles.ts';

/** For each node, what can be reached from it in one or more steps: the slow and obvious way. */
function reachable(targets: readonly (readonly number[])[]): Set<number>[] {
  return targets.map((first) => {
    const seen = new Set<number>();
    const open = [...first];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      open.push(...(targets[node] ?? []));
    }
    return seen;
  });
}

function sorted(cycles: readonly (readonly number[])[]): number[][] {
  return cycles
    .map((cycle) => cycle.toSorted((left, right) => left - right))
    .toSorted((left, right) => (left[0] ?? 0) - (right[0] ?? 0));
}

describe('findCycles', () => {
  test('finds every set of nodes that reach one another, once', () => {
    const graphs = fc.integer({ min: 0, max: 12 }).chain((size) =>
      fc.array(size === 0 ? fc.constant<number[]>([]) : fc.array(fc.nat(size - 1), { maxLength: 4 }), {
        minLength: size,
        maxLength: size,
      }),
    );
    fc.assert(
      fc.property(graphs, (targets) => {
        const reach = reachable(targets);
        const oracle = targets.flatMap((_, node) => {
          const members = targets
            .map((_, other) => other)
            .filter((other) => reach[node]?.has(other) && reach[other]?.has(node));
          const set = new Set([node, ...members]);
          return set.size > 1 && Math.min(...set) === node ? [[...set]] : [];
        });
        expect(sorted(findCycles(targets))).toStrictEqual(sorted(oracle));
      }),
      { numRuns: 500 },
    );
  });

  test('does not report self-loops', () => {
    expect(findCycles([[0], [1, 0]])).toStrictEqual([]);
  });

  test('walks a chain of 100,000 nodes, and closes it to one cycle', () => {
    const size = 100_000;
    const chain = Array.from({ length: size }, (_, node) => (node + 1 < size ? [node + 1] : []));
    expect(findCycles(chain)).toStrictEqual([]);
    chain[size - 1] = [0];
    expect(findCycles(chain).map((cycle) => cycle.length)).toStrictEqual([size]);
  });
});
