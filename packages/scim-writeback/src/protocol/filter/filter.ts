import type { AttributePath } from '../schemas/attribute-path.ts';

/** The operators that compare with a value, in the case of the specification. RFC 7644 s3.4.2.2 table 3. */
export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** A value as a filter writes it. */
export type FilterValue = string | number | boolean | null;

/**
 * What a term speaks about: an attribute, or with `selection` a sub-attribute of those values of a complex attribute that
 * match it, as in `emails[type eq "work"].value`.
 */
interface Term {
  readonly path: AttributePath;
  readonly selection?: Filter;
}

/** `userName eq "jane"` */
export interface ComparisonFilter extends Term {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly value: FilterValue;
}

/** `title pr` */
export interface PresenceFilter extends Term {
  readonly kind: 'presence';
}

/** `emails[type eq "work" and value co "@example.com"]`: one and the same value has to match. */
export interface ValuePathFilter {
  readonly kind: 'value-path';
  readonly path: AttributePath;
  readonly filter: Filter;
}

/** Two or more operands, in the order of the text. */
export interface LogicalFilter {
  readonly kind: 'and' | 'or';
  readonly operands: readonly Filter[];
}

/** `not (title pr)` */
export interface NegationFilter {
  readonly kind: 'not';
  readonly operand: Filter;
}

/** A filter as it was written: nothing is looked up in a schema yet. RFC 7644 s3.4.2.2 figure 1. */
export type Filter = ComparisonFilter | PresenceFilter | ValuePathFilter | LogicalFilter | NegationFilter;
