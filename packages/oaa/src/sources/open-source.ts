import { availableParallelism } from 'node:os';
import { InputError } from '../errors/errors.ts';
import type { CsvOptions } from './csv/csv-options.ts';
import { readCsv } from './csv/read-csv.ts';
import { readJson } from './json/read-json.ts';
import { readNdjson } from './json/read-ndjson.ts';
import { openBytes } from './open-bytes.ts';
import type { RowSource } from './row.ts';

/** From this size on a CSV file is parsed in a thread of its own; a smaller one is read before the thread has started. */
const threadFromBytes = 4 * 1024 * 1024;

/** How the rows of a file are written. */
export type SourceFormat = 'csv' | 'json' | 'ndjson';

const formats: ReadonlyMap<string, SourceFormat> = new Map([
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['json', 'json'],
  ['ndjson', 'ndjson'],
  ['jsonl', 'ndjson'],
]);

function formatOf(file: string): SourceFormat {
  const ending = /\.([^./\\]+)(?:\.gz)?$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  const format = formats.get(ending);
  if (format !== undefined) return format;
  throw new InputError('input-invalid', `The ending of ${file} does not say how its rows are written.`, {
    hint: `Set format to csv, json or ndjson. Known endings: ${[...formats.keys()].map((known) => `.${known}`).join(' ')}, each also with .gz.`,
  });
}

export interface OpenSourceOptions {
  /** Where the file is. A name that ends in `.gz` is decompressed. */
  readonly path: string;
  /** What messages call it. */
  readonly file: string;
  /** From the ending of `file` unless told otherwise. */
  readonly format?: SourceFormat | undefined;
  /** A WHATWG name such as `windows-1252`; `utf-8` unless told otherwise. */
  readonly encoding?: string | undefined;
  readonly csv?: CsvOptions | undefined;
  /** Where the array of rows is in a JSON document (RFC 6901); the document itself unless told otherwise. */
  readonly pointer?: string | undefined;
}

/**
 * Opens a file of rows: CSV, a JSON array, or JSON line by line.
 *
 * @throws InputError when the file cannot be read, its format is not known, or its header is not usable
 * @example
 * const users = await openSource({ path: 'users.csv.gz', file: 'users.csv.gz' });
 * for await (const rows of users.batches()) console.log(rows.length);
 */
export async function openSource(options: OpenSourceOptions): Promise<RowSource> {
  const { path, file, csv, pointer } = options;
  const format = options.format ?? formatOf(file);
  const { bytes, sizeBytes } = await openBytes(path, file, { encoding: options.encoding });
  switch (format) {
    case 'csv':
      return readCsv(bytes, file, csv, { inThread: sizeBytes >= threadFromBytes && availableParallelism() > 1 });
    case 'json':
      return readJson(bytes, file, pointer);
    case 'ndjson':
      return readNdjson(bytes, file);
  }
}
