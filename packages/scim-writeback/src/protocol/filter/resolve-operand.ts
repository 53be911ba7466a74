import type { Profile } from '../profile.ts';
import type { Attribute } from '../schemas/schema.ts';
import { foldCase } from '../text/fold-case.ts';
import { canonicalInstant } from './canonical-instant.ts';
import type { ComparisonOperator } from './filter.ts';
import { invalidFilter } from './filter-problem.ts';
import type { Operand } from './resolved-filter.ts';

/** What the types of values depend on. */
export type OperandProfile = Pick<Profile, 'stringBooleans' | 'unquotedFilterWords'>;

type Value = string | number | boolean;

/**
 * The value of a comparison in the type of the attribute.
 *
 * @throws ScimError 400 invalidFilter where the operator or the value does not fit the type.
 */
export function resolveOperand(
  attribute: Attribute,
  operator: ComparisonOperator,
  value: Value,
  profile: OperandProfile,
): Operand {
  switch (attribute.type) {
    case 'boolean':
      checkOperator(attribute, operator, ['eq', 'ne']);
      return { type: 'boolean', value: booleanOf(attribute, value, profile) };
    case 'integer':
    case 'decimal':
      checkOperator(attribute, operator, ['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
      if (typeof value !== 'number') throw unfit(attribute, 'a number without quotes');
      return { type: 'number', value };
    case 'dateTime':
      return isSubstringOperator(operator)
        ? textOperand(attribute, value, profile)
        : { type: 'instant', value: instantOf(attribute, value) };
    case 'binary':
      // RFC 7643 s2.3.6: base64 is case exact; a part of it says nothing about the bytes.
      checkOperator(attribute, operator, ['eq', 'ne']);
      return { type: 'text', caseExact: true, value: textOf(attribute, value, profile) };
    case 'complex':
      throw invalidFilter(`${attribute.name} has no single value to compare with; name one of its sub-attributes.`);
    default:
      return textOperand(attribute, value, profile);
  }
}

// RFC 7644 s3.4.2.2 table 3: no order of booleans and binary values; co, sw and ew are about text.
function checkOperator(attribute: Attribute, operator: ComparisonOperator, fit: readonly ComparisonOperator[]): void {
  if (fit.includes(operator)) return;
  throw invalidFilter(`${attribute.name} is of type ${attribute.type}, which ${operator} cannot compare.`);
}

function isSubstringOperator(operator: ComparisonOperator): boolean {
  return operator === 'co' || operator === 'sw' || operator === 'ew';
}

function textOperand(attribute: Attribute, value: Value, profile: OperandProfile): Operand {
  const text = textOf(attribute, value, profile);
  // RFC 7644 s3.4.2.2: the case of strings counts where the attribute is caseExact.
  return { type: 'text', caseExact: attribute.caseExact, value: attribute.caseExact ? text : foldCase(text) };
}

/** Without quotes, `true` and `42` are words as good as `jyoung`; a number that is not whole may have been spelt otherwise. */
function textOf(attribute: Attribute, value: Value, profile: OperandProfile): string {
  if (typeof value === 'string') return value;
  const bare = typeof value === 'boolean' || Number.isSafeInteger(value);
  if (bare && profile.unquotedFilterWords === 'accept') return String(value);
  throw unfit(attribute, 'a string in double quotes');
}

function booleanOf(attribute: Attribute, value: Value, profile: OperandProfile): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' && profile.stringBooleans === 'coerce' ? foldCase(value) : '';
  if (text !== 'true' && text !== 'false') throw unfit(attribute, 'true or false');
  return text === 'true';
}

function instantOf(attribute: Attribute, value: Value): string {
  const instant = typeof value === 'string' ? canonicalInstant(value) : undefined;
  if (instant === undefined) throw unfit(attribute, 'a date and time such as "2011-05-13T04:42:34Z"');
  return instant;
}

function unfit(attribute: Attribute, expected: string): Error {
  return invalidFilter(`${attribute.name} is of type ${attribute.type}; compare it with ${expected}.`);
}
