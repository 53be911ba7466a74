import { compileResolvedValueFilter } from '../filter/compile-filter.ts';
import { countTerms } from '../filter/count-terms.ts';
import type { ResolvedFilter } from '../filter/resolved-filter.ts';
import { equalTexts } from './equal-texts.ts';
import type { ValueList } from './value-list.ts';
import { weightOf } from './weight.ts';
import type { Work } from './work.ts';

/** The positions of the values that a filter matches, in their order. Looks only at those with the right `value` if it says one. */
export function selectValues(list: ValueList, filter: ResolvedFilter, work: Work): readonly number[] {
  const matches = compileResolvedValueFilter(filter);
  const equal = equalTexts(filter);
  const candidates =
    equal === undefined
      ? list.positions()
      : [...new Set(equal.texts.flatMap((text) => list.positionsOf(text)))].toSorted((left, right) => left - right);
  const terms = countTerms(filter);
  return candidates.filter((position) => {
    const value = list.at(position);
    if (value === undefined) return false;
    work.spend(terms * weightOf(value));
    return matches(value);
  });
}
