import type { ResolvedPath } from '../schemas/resource-schema.ts';
import type { ComparisonOperator } from './filter.ts';

/** The value that a comparison compares with, in the type of the attribute. */
export type Operand =
  /** Unless `caseExact`, the text is folded with `foldCase`, and what it is compared with has to be as well. */
  | { readonly type: 'text'; readonly caseExact: boolean; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** In the form of `canonicalInstant`, and what it is compared with has to be as well. */
  | { readonly type: 'instant'; readonly value: string };

/**
 * What a term speaks about. The values of `path` are those of its attribute, or of its sub-attribute within each of them;
 * with `selection` only within those values of the attribute that match it. Within a selection or a value path, paths
 * keep the outer attribute, and speak about the one value at hand.
 */
interface ResolvedTerm {
  readonly path: ResolvedPath;
  readonly selection?: ResolvedFilter;
}

/**
 * True where one of the values compares so. `ne` is true where one of them differs, and where there is none. Equality of
 * `ne` and `eq` is that of the operand; order is by code point, number or time.
 */
export interface ResolvedComparison extends ResolvedTerm {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly operand: Operand;
}

/** True where one of the values is neither an empty string nor an empty object. */
export interface ResolvedPresence extends ResolvedTerm {
  readonly kind: 'presence';
}

/** True where one single value of the attribute matches the whole filter. `path` has no `sub`. */
export interface ResolvedValuePath {
  readonly kind: 'value-path';
  readonly path: ResolvedPath;
  readonly filter: ResolvedFilter;
}

/** A term about an attribute that no schema has: it is without a value, so that the outcome is fixed. */
export interface ResolvedConstant {
  readonly kind: 'constant';
  readonly value: boolean;
}

/** A filter whose attributes are found and whose values have their types; what evaluates it needs no more checks. */
export type ResolvedFilter =
  | ResolvedComparison
  | ResolvedPresence
  | ResolvedValuePath
  | ResolvedConstant
  | { readonly kind: 'and' | 'or'; readonly operands: readonly ResolvedFilter[] }
  | { readonly kind: 'not'; readonly operand: ResolvedFilter };
