import type { ResolvedFilter } from '../filter/resolved-filter.ts';

/** What a filter says about `value` alone. */
export interface EqualTexts {
  /** Only values with one of these texts can match, see `valueText`. */
  readonly texts: readonly string[];
  /** Whether every value with one of these does. */
  readonly complete: boolean;
}

/**
 * The texts that `value` has to be equal to for a filter such as `value eq "a" or value eq "b"` to match; undefined where
 * the filter does not say.
 */
export function equalTexts(filter: ResolvedFilter): EqualTexts | undefined {
  if (filter.kind === 'comparison') {
    const { path, selection, operator, operand } = filter;
    const isValue = path.sub === undefined ? path.attribute.type !== 'complex' : path.sub.name === 'value';
    if (!isValue || selection !== undefined || operator !== 'eq' || operand.type !== 'text') return undefined;
    return { texts: [operand.value], complete: true };
  }
  if (filter.kind === 'and') {
    const first = filter.operands.map(equalTexts).find((found) => found !== undefined);
    return first && { texts: first.texts, complete: false };
  }
  if (filter.kind !== 'or') return undefined;
  const found = filter.operands.map(equalTexts).filter((one) => one !== undefined);
  if (found.length < filter.operands.length) return undefined;
  return { texts: found.flatMap(({ texts }) => texts), complete: found.every(({ complete }) => complete) };
}
