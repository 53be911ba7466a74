import { foldCase } from './fold-case.ts';

/** Values of one resource, and those of some before it. */
const keptTexts = 4096;
const keptLength = 1_048_576;

/**
 * `foldCase` that remembers what it has folded lately: the terms of a filter look at the same values, and folding takes much
 * longer than comparing.
 */
export function recentFolds(): (text: string) => string {
  const known = new Map<string, string>();
  let length = 0;
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const folded = foldCase(text);
    length += text.length;
    if (known.size >= keptTexts || length > keptLength) {
      known.clear();
      length = text.length;
    }
    known.set(text, folded);
    return folded;
  };
}
