import type { ValueSpec } from '../mapping/value-spec.ts';
import { booleanForm } from './boolean-form.ts';
import { type Comments, someOf } from './comments.ts';
import { dateForm } from './date-form.ts';
import { listDelimiter } from './list-form.ts';
import { distinctValues, type SampledColumn, valuesOf } from './source-sample.ts';

/** A value that is read from a column as it is. */
export function readAs(column: SampledColumn, modifiers: Partial<Exclude<ValueSpec, string>> = {}): ValueSpec {
  if (Object.keys(modifiers).length > 0) return { column: column.name, ...modifiers };
  // A text with {{ in it would be an expression.
  return column.name.includes('{{') ? { column: column.name } : column.name;
}

/** The names in a column, of which a cell may hold several. */
export function readNames(column: SampledColumn, known?: ReadonlySet<string>): ValueSpec {
  const list = listDelimiter(column, known);
  return readAs(column, list === undefined ? {} : { list });
}

/** Whether the name of a column can stand in an expression. */
export function fitsExpression(name: string): boolean {
  return !/[[\]{}]/.test(name);
}

/** Several columns with a space between them, as an expression; undefined where a name cannot stand in one. */
export function joinColumns(columns: readonly SampledColumn[]): ValueSpec | undefined {
  if (!columns.every(({ name }) => fitsExpression(name))) return undefined;
  const plain = /^[A-Za-z_]\w*$/;
  return columns.map(({ name }) => (plain.test(name) ? `{{${name}}}` : `{{[${name}]}}`)).join(' ');
}

/** Whether somebody is active; undefined where the texts do not tell. */
export function draftBoolean(column: SampledColumn, inverted: boolean): ValueSpec | undefined {
  const values = valuesOf(column);
  if (values.length === 0 && !inverted) return readAs(column);
  const form = booleanForm(distinctValues(column), values.length < column.cells.length, { wide: !inverted, inverted });
  if (form === undefined) return undefined;
  return readAs(column, {
    ...(form.true === undefined ? {} : { true: [...form.true] }),
    ...(form.false === undefined ? {} : { false: [...form.false] }),
    ...(form.default === undefined ? {} : { default: form.default }),
  });
}

/**
 * A date, with comments on what is not certain; undefined where the texts are no dates.
 *
 * @param mayBeEpoch whether numbers may be dates
 */
export function draftDate(
  column: SampledColumn,
  mayBeEpoch: boolean,
  place: { readonly parent: object; readonly key: string; readonly comments: Comments },
): ValueSpec | undefined {
  const values = valuesOf(column);
  if (values.length === 0) return readAs(column);
  const form = dateForm(values, mayBeEpoch);
  if (form === undefined) return undefined;
  const { formats, ambiguous, withoutZone, placeholders } = form;
  const { parent, key, comments } = place;
  if (ambiguous) {
    const other = (formats ?? [])
      .map((format) => format.replace(/D+([/-])M+/, (_, sign) => `MM${sign}DD`))
      .join(' or ');
    comments.check(
      parent,
      key,
      `day or month first? ${someOf(values, 1)} could be both. If the month comes first, the format is "${other}".`,
    );
  }
  if (withoutZone)
    comments.add(parent, key, 'Times are read as UTC; if they are not, add for example timezone: "+01:00".');
  return readAs(column, {
    ...(formats === undefined ? {} : { format: formats.length === 1 ? (formats[0] as string) : [...formats] }),
    ...(placeholders.length === 0 ? {} : { map: Object.fromEntries(placeholders.map((word) => [word, ''])) }),
  });
}
