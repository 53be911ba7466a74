import type { ResolvedPath, ResourceSchema } from '../schemas/resource-schema.ts';
import { isScimObject, type ScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { recentFolds } from '../text/recent-folds.ts';
import { compileComparison } from './compile-comparison.ts';
import type { Filter } from './filter.ts';
import { isFilterable } from './is-filterable.ts';
import { type FilterProfile, resolveFilter, resolveValueFilter } from './resolve-filter.ts';
import type { ResolvedComparison, ResolvedFilter, ResolvedPresence } from './resolved-filter.ts';

/** Whether a resource, or one value of an attribute, matches. */
export type Predicate<Subject extends ScimValue> = (subject: Subject) => boolean;

/**
 * Compiles a filter to a predicate over stored resources. Each term is looked at once for a resource at most, and there
 * each value once, folded once for all terms: the work is in proportion to the filter times the values.
 *
 * @throws ScimError as {@link resolveFilter}
 * @example users.filter(compileFilter(parseFilter(text, profile), userSchema, profile))
 */
export function compileFilter(filter: Filter, schema: ResourceSchema, profile: FilterProfile): Predicate<ScimObject> {
  return compileResolvedFilter(resolveFilter(filter, schema, profile));
}

/**
 * Compiles a filter about one value of an attribute, as between the brackets of `emails[type eq "work"]`, to a predicate
 * over such values.
 *
 * @throws ScimError as {@link resolveFilter}
 */
export function compileValueFilter(
  filter: Filter,
  path: ResolvedPath,
  schema: ResourceSchema,
  profile: FilterProfile,
): Predicate<ScimValue> {
  return compileResolvedValueFilter(resolveValueFilter(filter, path, schema, profile));
}

/** Compiles a filter about one value whose attributes are found already. */
export function compileResolvedValueFilter(filter: ResolvedFilter): Predicate<ScimValue> {
  return compile(filter, () => valueItself, recentFolds());
}

/**
 * Compiles a filter whose attributes are found already.
 *
 * @param fold `foldCase`, or what does the same; filters that look at the same values may share one that remembers them
 */
export function compileResolvedFilter(filter: ResolvedFilter, fold: Fold = recentFolds()): Predicate<ScimObject> {
  return compile(filter, attributeValues, fold);
}

type Fold = (text: string) => string;

/** Gives the values of an attribute within a subject; the sub-attribute of the path does not count yet. */
type Reader<Subject> = (subject: Subject) => readonly ScimValue[];

function compile<Subject extends ScimValue>(
  filter: ResolvedFilter,
  readerOf: (path: ResolvedPath) => Reader<Subject>,
  fold: Fold,
): Predicate<Subject> {
  switch (filter.kind) {
    case 'constant':
      return () => filter.value;
    case 'not': {
      const operand = compile(filter.operand, readerOf, fold);
      return (subject) => !operand(subject);
    }
    case 'and': {
      const operands = filter.operands.map((operand) => compile(operand, readerOf, fold));
      return (subject) => operands.every((operand) => operand(subject));
    }
    case 'or': {
      const operands = filter.operands.map((operand) => compile(operand, readerOf, fold));
      return (subject) => operands.some((operand) => operand(subject));
    }
    case 'value-path': {
      const read = readerOf(filter.path);
      const matches = compile<ScimValue>(filter.filter, () => valueItself, fold);
      return (subject) => read(subject).some(matches);
    }
    default:
      return compileTerm(filter, readerOf(filter.path), fold);
  }
}

function compileTerm<Subject>(
  term: ResolvedComparison | ResolvedPresence,
  readAttribute: Reader<Subject>,
  fold: Fold,
): (subject: Subject) => boolean {
  const { path, selection } = term;
  const selected = selection === undefined ? undefined : compile<ScimValue>(selection, () => valueItself, fold);
  const matches = term.kind === 'presence' ? presenceOf(path) : compileComparison(term, fold);
  // RFC 7644 s3.4.2.2 table 3: what has no value is not equal to any.
  const whenNone = term.kind === 'comparison' && term.operator === 'ne';
  return (subject) => {
    let none = true;
    for (const value of readAttribute(subject)) {
      if (selected !== undefined && !selected(value)) continue;
      for (const one of path.sub === undefined ? [value] : ownValues(value, path.sub.name)) {
        // RFC 7644 s3.4.2.2: one matching value of a multi-valued attribute is enough.
        if (matches(one)) return true;
        none = false;
      }
    }
    return none && whenNone;
  };
}

/** RFC 7644 s3.4.2.2 table 3: neither empty strings nor complex values without anything in them are present. */
function presenceOf({ attribute, sub }: ResolvedPath): (value: ScimValue) => boolean {
  const shown = ((sub ?? attribute).subAttributes ?? []).filter(isFilterable).map(({ name }) => name);
  return (value) => {
    if (!isScimObject(value)) return value !== '';
    return shown.some((name) => ownValues(value, name).some((one) => one !== ''));
  };
}

function attributeValues({ extension, attribute }: ResolvedPath): Reader<ScimObject> {
  if (extension === undefined) return (resource) => ownValues(resource, attribute.name);
  return (resource) => ownValues(resource, extension.id).flatMap((one) => ownValues(one, attribute.name));
}

/** Within brackets, the one value at hand is all that there is of the attribute. */
function valueItself(value: ScimValue): readonly ScimValue[] {
  return [value];
}

function ownValues(container: ScimValue, name: string): readonly ScimValue[] {
  if (!isScimObject(container) || !Object.hasOwn(container, name)) return [];
  const value = container[name];
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList(value: ScimValue): value is readonly ScimValue[] {
  return Array.isArray(value);
}
