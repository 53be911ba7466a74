import { InputError } from '@oaa-kit/oaa';
import type { FileSource } from '@oaa-kit/oaa/sources';
import { type TextCodec, textCodec } from './text-codec.ts';

/** How a CSV file is written. Its marks are in the units of the codec. */
export interface CsvDialect {
  readonly codec: TextCodec;
  readonly delimiter: string;
  /** Empty where quotes mean nothing. */
  readonly quote: string;
  readonly escapeMark: string;
  /** May stand at the beginning of the file. */
  readonly byteOrderMark: string;
  /** Lines before the header row. */
  readonly skipLines: number;
  /** Where the file has no header row. */
  readonly columns: readonly string[] | undefined;
  readonly padsShortRows: boolean;
  readonly formulaGuard: boolean;
}

/**
 * The dialect of a source, as the reader of sources understands it.
 *
 * @throws InputError for a source that is no CSV file, is compressed, or has an encoding that cannot be written
 */
export function csvDialect(source: FileSource): CsvDialect {
  const { file, format, csv = {} } = source;
  const ending = /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase();
  if (ending === 'gz' || (format ?? (ending === 'tsv' ? 'csv' : ending)) !== 'csv') {
    throw new InputError('input-invalid', `${file} cannot be written into: it is compressed, or no CSV file.`, {
      hint: 'Write-back works on uncompressed CSV files.',
    });
  }
  const codec = textCodec(source.encoding ?? 'utf-8', file);
  const mark = (text: string, what: string): string => {
    const units = codec.encode(text);
    if (units !== undefined) return units;
    throw new InputError('input-invalid', `The ${what} of ${file} does not exist in its encoding.`);
  };
  const quote = csv.quote ?? '"';
  return {
    codec,
    delimiter: mark(csv.delimiter ?? (ending === 'tsv' ? '\t' : ','), 'delimiter'),
    quote: mark(quote, 'quote'),
    escapeMark: mark(quote === '' ? '' : (csv.escape ?? quote), 'escape character'),
    byteOrderMark: codec.encode('\uFEFF') ?? '',
    skipLines: csv.skipLines ?? 0,
    columns: csv.columns,
    padsShortRows: csv.shortRows === 'pad',
    formulaGuard: csv.formulaGuard === true,
  };
}
