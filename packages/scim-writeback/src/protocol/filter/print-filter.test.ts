import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttributePath } from '../schemas/attribute-path.ts';
import type { ComparisonOperator, Filter } from './filter.ts';
import { parseFilter } from './parse-filter.ts';
import { printFilter } from './print-filter.ts';
import { strictProfile } from './test-matches.ts';

test.each([
  ['userName EQ "j\\u0061ne"', 'userName eq "jane"'],
  ['((a pr)AND(b pr))', 'a pr and b pr'],
  ['(a pr or b pr) and c pr', '(a pr or b pr) and c pr'],
  ['a pr and (b pr and c pr)', 'a pr and (b pr and c pr)'],
  ['NOT(a pr)', 'not (a pr)'],
  ['emails [ type eq "work" ] .value sw "x\\"\\\\"', 'emails[type eq "work"].value sw "x\\"\\\\"'],
  ['urn:x:2.0:User:a.b Ge -1.50E+2', 'urn:x:2.0:User:a.b ge -150'],
])('%s is printed as %s', (text, printed) => {
  expect(printFilter(parseFilter(text, strictProfile))).toBe(printed);
});

const name = fc.oneof(
  fc.constantFrom('userName', 'and', 'or', 'eq', 'pr', '$ref', 'x-1_2', 'True', 'constructor'),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,5}$/),
);
const urn = fc.constantFrom(undefined, 'urn:ietf:params:scim:schemas:core:2.0:User', 'URN:x', 'http://example.com/a,b');
const attributePath: fc.Arbitrary<AttributePath> = fc.record({ urn, name, sub: fc.option(name, { nil: undefined }) });
const topPath = fc.record({ urn, name, sub: fc.constant(undefined) });
const selectedPath = fc.record({ urn, name, sub: name });
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((value) => value.isWellFormed());
const value = fc.oneof(
  text,
  fc.string({ unit: 'binary', maxLength: 8 }).filter((one) => one.isWellFormed()),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.integer(),
);
const operator = fc.constantFrom<ComparisonOperator>('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');

function logical(operand: fc.Arbitrary<Filter>): fc.Arbitrary<Filter>[] {
  return [
    fc.record({ kind: fc.constantFrom('and', 'or'), operands: fc.array(operand, { minLength: 2, maxLength: 4 }) }),
    fc.record({ kind: fc.constant('not'), operand }),
  ];
}

function terms(
  path: fc.Arbitrary<AttributePath>,
  more: { readonly selection?: fc.Arbitrary<Filter> },
): fc.Arbitrary<Filter>[] {
  return [
    fc.record({ kind: fc.constant('presence'), path, ...more }),
    fc.record({ kind: fc.constant('comparison'), path, operator, value, ...more }),
    fc.record({
      kind: fc.constant('comparison'),
      path,
      operator: fc.constantFrom('eq', 'ne'),
      value: fc.constant(null),
      ...more,
    }),
  ] as fc.Arbitrary<Filter>[];
}

const { outer } = fc.letrec<{ inner: Filter; outer: Filter }>((tie) => ({
  inner: fc.oneof({ maxDepth: 3 }, ...terms(attributePath, {}), ...logical(tie('inner'))),
  outer: fc.oneof(
    { maxDepth: 3 },
    ...terms(attributePath, {}),
    ...logical(tie('outer')),
    ...terms(selectedPath, { selection: tie('inner') }),
    fc.record({ kind: fc.constant('value-path'), path: topPath, filter: tie('inner') }),
  ),
}));

test('reading what was printed gives the same filter', () => {
  let read = 0;
  fc.assert(
    fc.property(outer, (filter) => {
      const printed = printFilter(filter);
      // Beyond the bounds nothing is read; that is shown elsewhere.
      if (
        new TextEncoder().encode(printed).length > 4096 ||
        printed.split(/ (?:eq|ne|co|sw|ew|gt|ge|lt|le|pr)/).length > 128
      )
        return;
      read += 1;
      expect(parseFilter(printed, strictProfile)).toEqual(filter);
    }),
    { numRuns: 2_000 },
  );
  expect(read).toBeGreaterThan(1_500);
});
