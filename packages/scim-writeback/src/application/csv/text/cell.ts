import { guardFormula, isFormula, unguardFormula } from '@oaa-kit/oaa/sources';
import { Refusal } from '../refusal.ts';
import type { CsvDialect } from './csv-dialect.ts';

/** Whether a cell has quotes. */
export function isQuoted(cell: string, { quote }: CsvDialect): boolean {
  return quote !== '' && cell.startsWith(quote);
}

/** What a cell says, as the mapping gets it but for outer spaces. @throws TypeError for bytes that are no text */
export function readCell(cell: string, dialect: CsvDialect): string {
  const { codec, quote, formulaGuard } = dialect;
  const units = isQuoted(cell, dialect) ? unescaped(cell.slice(quote.length, -quote.length), dialect) : cell;
  const text = codec.text(units);
  return formulaGuard ? unguardFormula(text) : text;
}

function unescaped(units: string, { quote, escapeMark }: CsvDialect): string {
  if (escapeMark === quote) return units.replaceAll(quote + quote, quote);
  let result = '';
  for (let at = 0; at < units.length; at += 1) {
    if (units.startsWith(escapeMark, at) && at + escapeMark.length < units.length) at += escapeMark.length;
    result += units[at];
  }
  return result;
}

/**
 * A text as a cell.
 *
 * @param inQuotes whether cells around it have quotes that they do not need
 * @throws Refusal for what the file cannot say
 */
export function writeCell(text: string, inQuotes: boolean, dialect: CsvDialect): string {
  const { codec, delimiter, quote, escapeMark, formulaGuard } = dialect;
  if (isFormula(text) && !formulaGuard) {
    throw new Refusal(
      `${shown(text)} begins like a formula, which spreadsheets would run; the file has no formulaGuard`,
    );
  }
  const units = codec.encode(formulaGuard ? guardFormula(text) : text);
  if (units === undefined) throw new Refusal(`${shown(text)} has characters that the encoding of the file has not`);
  const marks = [...delimiter, ...quote, '\n', '\r'];
  const needsQuotes = marks.some((mark) => units.includes(mark)) || /^\s|\s$/.test(text);
  if (quote === '') {
    if (marks.some((mark) => units.includes(mark))) {
      throw new Refusal(`${shown(text)} has a delimiter or a line break in it, and the file has no quotes`);
    }
    return units;
  }
  if (!needsQuotes && !inQuotes) return units;
  const escaped = (escapeMark === quote ? units : units.replaceAll(escapeMark, escapeMark + escapeMark)).replaceAll(
    quote,
    escapeMark + quote,
  );
  return quote + escaped + quote;
}

/** The cells of a record as a line. */
export function writeRecord(cells: readonly string[], dialect: CsvDialect): string {
  const line = cells.join(dialect.delimiter);
  // An empty line would be passed over.
  return line === '' ? dialect.quote + dialect.quote : line;
}

/** Whether all cells have quotes: then new ones get them, too. */
export function areAllQuoted(cells: readonly string[], dialect: CsvDialect): boolean {
  return cells.length > 0 && cells.every((cell) => isQuoted(cell, dialect));
}

function shown(text: string): string {
  return JSON.stringify(text.length <= 60 ? text : `${text.slice(0, 57)}...`);
}
