import type { InputError } from '../../errors/errors.ts';
import { sourceError } from '../source-problem.ts';

/** The longest record that is read: a longer one is mostly a quote that was never closed. */
export const maximumRecordLength = 4 * 1024 * 1024;

/** Why a file cannot be read on as CSV: plain values, which can be sent from one thread to another. */
export interface CsvFailure {
  /** The parser's own. */
  readonly code: string;
  readonly message: string;
  /** The position of the cell in its row, from 0. */
  readonly position: number | undefined;
  /** Where the row begins that failed. */
  readonly line: number;
}

/** What the parser says of a failure, as this project says it. */
export function csvError(cause: CsvFailure, file: string, columns: readonly string[] | undefined): InputError {
  const { position } = cause;
  const column = position === undefined ? undefined : (columns?.[position] ?? position + 1);
  const place = { file, row: cause.line, column };
  switch (cause.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return sourceError(
        'csv-syntax',
        place,
        'A quote is opened in this row and never closed.',
        'Close it, or double it where it is part of the text.',
      );
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return sourceError(
        'csv-syntax',
        place,
        'A quote stands in the middle of a cell.',
        'Put the whole cell in quotes and double the quotes inside it; or say csv: { quote: "" } if the file has no quoted cells.',
      );
    case 'CSV_MAX_RECORD_SIZE':
      return sourceError(
        'too-long',
        place,
        `This row is longer than ${maximumRecordLength.toLocaleString('en')} characters.`,
        'Mostly a quote that is not closed; else shorten the cell.',
      );
    default:
      return sourceError('csv-syntax', place, `The file cannot be read as CSV: ${cause.message}.`);
  }
}
