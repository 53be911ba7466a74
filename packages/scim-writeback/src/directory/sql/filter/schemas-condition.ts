import { compileResolvedFilter } from '../../../protocol/filter/compile-filter.ts';
import type { ResourceSchema } from '../../../protocol/schemas/resource-schema.ts';
import { anyRow, type Condition, everyRow, noRow } from './condition.ts';
import type { LeafFilter } from './translate-tree.ts';

/**
 * The resources for which a term about `schemas` is true, or with `negated` false. Every resource has the core URN, some
 * have those of extensions. A term is true as soon as it is true of one value, so that what the core URN fulfils all
 * resources do, and what no URN fulfils none does.
 */
export function schemasCondition(term: LeafFilter, { type }: ResourceSchema, negated: boolean): Condition {
  // With a selection, `ne` is true where nothing is selected: the more values, the less it may be true.
  if ('selection' in term && term.selection !== undefined) return anyRow;
  const matches = compileResolvedFilter(term);
  const least = [type.schema.id];
  const most = [...least, ...type.extensions.map(({ schema }) => schema.id)];
  if (matches({ schemas: least })) return negated ? noRow : everyRow;
  if (!matches({ schemas: most })) return negated ? everyRow : noRow;
  return anyRow;
}
