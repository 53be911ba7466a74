import type { PropertyType } from '../../payload/properties.ts';
import { booleanForm } from './boolean-form.ts';
import { dateForm } from './date-form.ts';
import { headerWords } from './header-words.ts';
import { distinctValues, type SampledColumn, valuesOf } from './source-sample.ts';

/** Headers of codes: digits there are not to be counted with, and later ones may have letters. */
const codes =
  /^(?:id|ids|no|nr|number|nummer|code|zip|plz|postcode|phone|telefon|tel|mobile|fax|ext|extension|key|kostenstelle|version)$/;

/** The type of a custom property, found from all texts of its column. */
export function propertyType(column: SampledColumn): PropertyType {
  if (column.isList) return 'STRING_LIST';
  const values = valuesOf(column);
  if (values.length === 0) return 'STRING';
  const distinct = distinctValues(column);
  const words = headerWords(column.name);
  const isCode = words.some((word) => codes.test(word));
  const isInteger = (text: string) => /^-?(?:0|[1-9]\d{0,14})$/.test(text);
  if (!isCode && distinct.every(isInteger)) return 'NUMBER';
  const marks = distinct.every((text) => /^[01]$/.test(text));
  if (
    !marks &&
    distinct.length <= 6 &&
    booleanForm(distinct, values.length < column.cells.length, { wide: false, inverted: false }) !== undefined
  )
    return 'BOOLEAN';
  if (!isCode && dateForm(values, false) !== undefined) return 'TIMESTAMP';
  return 'STRING';
}

function letters(number: number): string {
  let name = '';
  for (let rest = number; rest >= 0; rest = Math.floor(rest / 26) - 1)
    name = String.fromCharCode(97 + (rest % 26)) + name;
  return name;
}

/** A name that the tenant takes for a property (letters and underscores only), and that is not in `taken` yet. */
export function propertyName(header: string, taken: ReadonlySet<string>): string {
  const plain = headerWords(header)
    .join('_')
    .replaceAll(/[^a-z_]+/g, '')
    .replaceAll(/_+/g, '_')
    .replaceAll(/^_|_$/g, '')
    .slice(0, 60);
  const base = plain === '' ? 'column' : plain;
  if (plain !== '' && !taken.has(base)) return base;
  for (let number = 0; ; number += 1) {
    const name = `${base}_${letters(number)}`;
    if (!taken.has(name)) return name;
  }
}
