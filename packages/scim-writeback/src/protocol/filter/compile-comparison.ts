import type { ScimValue } from '../schemas/scim-value.ts';
import { compareCodePoints } from '../text/compare-code-points.ts';
import { foldCase } from '../text/fold-case.ts';
import { canonicalInstant } from './canonical-instant.ts';
import type { ComparisonOperator } from './filter.ts';
import type { Operand, ResolvedComparison } from './resolved-filter.ts';

/**
 * A test of one value. A stored value that is not of the operand's type differs from it and has no place in its order.
 *
 * @param fold `foldCase`, or what does the same
 */
export function compileComparison(
  { operator, operand }: ResolvedComparison,
  fold: (text: string) => string = foldCase,
): (value: ScimValue) => boolean {
  switch (operand.type) {
    case 'text': {
      const test = compileText(operator, operand.value);
      const { caseExact } = operand;
      return (value) => (typeof value === 'string' ? test(caseExact ? value : fold(value)) : operator === 'ne');
    }
    case 'instant': {
      // Canonical instants stand in the order of time when they stand in the order of their text.
      const test = compileText(operator, operand.value);
      return (value) => {
        const instant = typeof value === 'string' ? canonicalInstant(value) : undefined;
        return instant === undefined ? operator === 'ne' : test(instant);
      };
    }
    default:
      return compileOrder(operator, operand);
  }
}

/** RFC 7644 s3.4.2.2 table 3. Order is by code point, as a database orders UTF-8. */
function compileText(operator: ComparisonOperator, expected: string): (text: string) => boolean {
  switch (operator) {
    case 'eq':
      return (text) => text === expected;
    case 'ne':
      return (text) => text !== expected;
    case 'co':
      return (text) => text.includes(expected);
    case 'sw':
      return (text) => text.startsWith(expected);
    case 'ew':
      return (text) => text.endsWith(expected);
    default: {
      const fits = orderTest(operator);
      return (text) => fits(compareCodePoints(text, expected));
    }
  }
}

function compileOrder(
  operator: ComparisonOperator,
  { value: expected }: Exclude<Operand, { type: 'text' | 'instant' }>,
): (value: ScimValue) => boolean {
  if (operator === 'eq') return (value) => value === expected;
  if (operator === 'ne') return (value) => value !== expected;
  const fits = orderTest(operator);
  return (value) => typeof value === 'number' && typeof expected === 'number' && fits(value - expected);
}

/** Whether the sign of a difference satisfies an operator of order. */
function orderTest(operator: ComparisonOperator): (difference: number) => boolean {
  switch (operator) {
    case 'gt':
      return (difference) => difference > 0;
    case 'ge':
      return (difference) => difference >= 0;
    case 'lt':
      return (difference) => difference < 0;
    case 'le':
      return (difference) => difference <= 0;
    default:
      return () => false;
  }
}
