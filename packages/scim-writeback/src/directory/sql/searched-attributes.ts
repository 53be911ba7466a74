import { foldCase } from '../../protocol/text/fold-case.ts';
import type { ResourceKind } from '../directory.ts';

/** A text within the values of a multi-valued attribute that an index finds resources by. */
export interface SearchedAttribute {
  readonly name: string;
  readonly sub: string;
}

/** One more of these needs a migration that fills in its values: `fillSearchedValues`. */
export const searchedAttributes: Readonly<Record<ResourceKind, readonly SearchedAttribute[]>> = {
  User: [{ name: 'emails', sub: 'value' }],
  Group: [],
};

/** UTF-16 units: no e-mail address is longer (RFC 5321 s4.5.3.1.3), and an index has no use for more of other texts. */
const indexedLength = 256;

/**
 * What the index has of a text: the same for equal ones, whatever their case. What a text begins with, this begins with,
 * as far as it goes.
 */
export function indexedText(text: string): string {
  // Where it is cut, half a surrogate pair may be left, which no database keeps.
  return foldCase(text).slice(0, indexedLength).toWellFormed();
}
