import { stat } from 'node:fs/promises';
import { InputError } from '../../errors/errors.ts';
import type { CsvOptions } from '../csv/csv-options.ts';
import type { FileSource } from '../mapping/mapping-schema.ts';
import { openSource, type SourceFormat } from '../open-source.ts';
import type { Row } from '../row.ts';
import { guessCsv } from './csv-guess.ts';
import { findArray } from './find-array.ts';
import { JsonColumns } from './json-columns.ts';
import { guessEncoding, readHead } from './read-head.ts';
import type { SampledColumn, SourceSample } from './source-sample.ts';

const maximumRows = 20_000;
const maximumCells = 400_000;
const maximumColumns = 1_000;

interface Guess {
  readonly source: FileSource;
  readonly notes: readonly string[];
}

const knownEnding = /\.(?:csv|tsv|json|ndjson|jsonl)(?:\.gz)?$/i;

function guessFormat(file: string, text: string): SourceFormat {
  if (/\.json(?:\.gz)?$/i.test(file)) return 'json';
  if (/\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(file)) return 'ndjson';
  if (knownEnding.test(file)) return 'csv';
  const start = text.trimStart();
  if (start.startsWith('[')) return 'json';
  if (!start.startsWith('{')) return 'csv';
  return /^\{.*\}\s*\n\s*\{/.test(start) ? 'ndjson' : 'json';
}

/** @throws InputError when a JSON document has no array of objects */
function guessPointer(text: string, file: string): string | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // Broken, or longer than what was read: then the reader says what is wrong, or it is an array.
    return undefined;
  }
  const pointer = findArray(document);
  if (pointer !== undefined) return pointer === '' ? undefined : pointer;
  if (Array.isArray(document) && document.length === 0) return undefined;
  throw new InputError('input-invalid', `${file} has no list of objects, which could be rows.`, {
    hint: 'Rows are the elements of an array: [ { "name": "kim" }, ... ].',
  });
}

/** What has to be said to read a file, from its beginning. */
async function guessSource(path: string, file: string): Promise<Guess> {
  const head = await readHead(path);
  const encoding = guessEncoding(head);
  const text = new TextDecoder(encoding ?? 'utf-8').decode(head);
  const format = guessFormat(file, text);
  const csv = format === 'csv' ? guessCsv(text, file) : {};
  const pointer = format === 'json' ? guessPointer(text, file) : undefined;
  const source: FileSource = {
    file,
    ...(knownEnding.test(file) ? {} : { format }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(Object.keys(csv).length === 0 ? {} : { csv }),
    ...(pointer === undefined ? {} : { pointer }),
  };
  const isGuessed = encoding === 'windows-1252';
  return {
    source,
    notes: isGuessed
      ? ['the file is not UTF-8, and its encoding is a guess: look for wrong letters in the preview.']
      : [],
  };
}

function open(path: string, source: FileSource) {
  const { file, format, encoding, csv, pointer } = source;
  return openSource({ path, file, format, encoding, csv, pointer });
}

/** The first two records of a CSV file, the header among them. */
async function firstRecords(path: string, source: FileSource): Promise<readonly Row[]> {
  const opened = await open(path, { ...source, csv: { ...source.csv, columns: ['x'] } });
  const records: Row[] = [];
  for await (const batch of opened.batches()) {
    records.push(...batch.slice(0, 2));
    if (records.length >= 2) break;
  }
  return records;
}

const isData = (cell: string): boolean =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$|^\d{4}-\d\d-\d\d\b|^\d\d?\.\d\d?\.\d{4}\b/.test(cell.trim());

/** Lines of the file that a record takes. */
function linesOf({ cells }: Row): number {
  return 1 + (cells as readonly string[]).reduce((lines, cell) => lines + cell.split(/\r\n|\r|\n/).length - 1, 0);
}

/** Names for the columns of a file whose header is missing, doubled or not filled in; undefined where it will do. */
async function repairHeader(path: string, { source, notes }: Guess): Promise<Guess> {
  const [header, next] = await firstRecords(path, source);
  if (header === undefined) return { source, notes };
  const cells = (header.cells as readonly string[]).map((cell) => cell.trim());
  const isHeaderless = cells.some(isData);
  const isUsable = cells.every((cell) => cell !== '') && new Set(cells).size === cells.length;
  if (isUsable && !isHeaderless) return { source, notes };
  const taken = new Set<string>();
  const columns = cells.map((cell, index) => {
    const base = isHeaderless || cell === '' ? `column ${index + 1}` : cell;
    let name = base;
    for (let number = 2; taken.has(name); number += 1) name = `${base} ${number}`;
    taken.add(name);
    return name;
  });
  const skipped = source.csv?.skipLines ?? 0;
  const csv: CsvOptions = isHeaderless
    ? { ...source.csv, columns }
    : { ...source.csv, columns, skipLines: next === undefined ? skipped + linesOf(header) : next.line - 1 };
  const note = isHeaderless
    ? 'the first row looks like data, not like a header: give the columns their names.'
    : 'some columns have no name, or the name of another one: these are the names that the mapping uses.';
  return { source: { ...source, csv: csv as FileSource['csv'] }, notes: [...notes, note] };
}

function cellText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

async function checkFile(path: string, file: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new InputError('file-unreadable', `There is no file ${file}.`, {
      hint: 'Check the path; it is relative to the current folder.',
    });
  }
  if (found.isDirectory()) {
    throw new InputError('file-unreadable', `${file} is a folder.`, { hint: 'Name the files in it.' });
  }
}

/**
 * Reads the beginning of a file of rows, and finds out how it is written.
 *
 * @param path where the file is
 * @param file what the mapping and messages call it
 * @throws InputError for a file that cannot be read, or has nothing to go by
 */
export async function readSample(path: string, file: string): Promise<SourceSample> {
  await checkFile(path, file);
  const first = await guessSource(path, file);
  const isCsv = guessFormat(file, '') === 'csv' && (first.source.format ?? 'csv') === 'csv';
  const guess = isCsv ? await repairHeader(path, first) : first;
  const opened = await open(path, guess.source);
  const header = opened.columns;
  const json = new JsonColumns(maximumColumns);
  const cells: string[][] = (header ?? []).map(() => []);
  const faults = { short: 0, other: 0 };
  let rows = 0;
  let complete = true;
  reading: for await (const batch of opened.batches()) {
    for (const row of batch) {
      const width = header?.length ?? json.count;
      if (rows >= maximumRows || (rows > 100 && rows * width >= maximumCells)) {
        complete = false;
        break reading;
      }
      if (row.fault !== undefined) {
        const isShort = Array.isArray(row.cells) && row.cells.length < width;
        faults[isShort ? 'short' : 'other'] += 1;
        if (!isShort) continue;
      }
      rows += 1;
      if (header === undefined) json.add(row.cells as Readonly<Record<string, unknown>>);
      else
        for (const [index, column] of cells.entries()) column.push(cellText((row.cells as readonly string[])[index]));
    }
  }
  const columns: readonly SampledColumn[] =
    header === undefined
      ? json.columns
      : header.map((name, index) => ({ name, cells: cells[index] ?? [], isList: false }));
  if (columns.length === 0) {
    throw new InputError('input-invalid', `${file} has no rows with values.`, {
      hint: 'A mapping is drafted from the names of columns: give it a file with at least one row.',
    });
  }
  const notes = [...guess.notes];
  if (faults.short > 0) notes.push('some rows have fewer cells than the header; the rest is taken to be empty.');
  if (faults.other > 0)
    notes.push('some rows have more cells than the header or are no objects: the build will refuse them.');
  for (const name of json.objectLists) notes.push(`left out: ${JSON.stringify(name)}, a list of objects.`);
  const csv = faults.short > 0 ? { ...guess.source.csv, shortRows: 'pad' as const } : guess.source.csv;
  return {
    source: { ...guess.source, ...(csv === undefined ? {} : { csv }) },
    columns,
    rows,
    complete,
    notes,
  };
}
