import { resolve } from 'node:path';
import { didYouMean, InputError } from '@oaa-kit/oaa';
import type { CommandContext } from '@oaa-kit/oaa/cli';
import type { DocumentPath } from '@oaa-kit/oaa/settings';
import { openSource } from '@oaa-kit/oaa/sources';
import { isJsonObject, type JsonObject } from '../../client/json.ts';
import type { Transformer } from '../../lifecycle/formatter/apply-transformers.ts';
import type { LookupTable, LookupTables } from '../../lifecycle/formatter/lookup-table.ts';
import { DocumentProblems, readDocument } from './read-document.ts';

/** Cells of all tables, which are kept in memory. */
const maximumCells = 2_000_000;

export interface Formatters {
  readonly transformers: readonly Transformer[];
  readonly lookupTables: LookupTables;
}

function objectAt(
  value: unknown,
  path: DocumentPath,
  known: readonly string[],
  problems: DocumentProblems,
): JsonObject {
  if (!isJsonObject(value)) {
    problems.add(path, `an object with ${known.join(', ')} is expected`);
    return {};
  }
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) problems.add([...path, key], `unknown key "${key}".${didYouMean(key, known)}`);
  }
  return value;
}

function textAt(object: JsonObject, key: string, path: DocumentPath, problems: DocumentProblems): string | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  if (value === undefined || typeof value === 'string') return value;
  return problems.add([...path, key], `"${key}" is not a text; put it in quotes`);
}

function transformerAt(value: unknown, path: DocumentPath, problems: DocumentProblems): Transformer {
  const object = objectAt(value, path, ['attribute', 'formatter', 'thenApply', 'fallbacks'], problems);
  const attribute = textAt(object, 'attribute', path, problems);
  const formatter = textAt(object, 'formatter', path, problems);
  if (attribute === undefined) problems.add(path, '"attribute" is missing');
  if (formatter === undefined) problems.add(path, '"formatter" is missing');
  const fallbacks = Object.hasOwn(object, 'fallbacks') ? object.fallbacks : [];
  const isList = Array.isArray(fallbacks) && fallbacks.every((text) => typeof text === 'string');
  if (!isList) problems.add([...path, 'fallbacks'], '"fallbacks" is not a list of texts');
  return {
    attribute: attribute ?? '',
    formatter: formatter ?? '',
    thenApply: textAt(object, 'thenApply', path, problems),
    fallbacks: isList ? fallbacks : [],
  };
}

/** The first row of the CSV file holds the names of the columns, as it does for the tables of a tenant. */
async function readTable(context: Pick<CommandContext, 'cwd'>, file: string, cellsLeft: number): Promise<LookupTable> {
  const source = await openSource({ path: resolve(context.cwd, file), file, format: 'csv' });
  const columns = source.columns ?? [];
  const rows: string[][] = [];
  for await (const batch of source.batches()) {
    for (const { cells, line, fault } of batch) {
      if (fault !== undefined) throw new InputError('input-invalid', `${file}:${line}: ${fault}`);
      rows.push(Array.isArray(cells) ? [...cells] : []);
    }
    if (rows.length * columns.length > cellsLeft) {
      throw new InputError('input-invalid', `Lookup tables have more than ${maximumCells} cells.`);
    }
  }
  return { columns, rows };
}

/** Sources are read for mappings elsewhere: here there is none to correct. */
function withTableHint(error: unknown): never {
  if (!(error instanceof InputError)) throw error;
  throw new InputError(error.code, error.message, {
    hint: 'A lookup table is a CSV file with commas, whose first row names the columns. Its path is relative to the current folder.',
    diagnostics: error.diagnostics,
    cause: error.cause,
  });
}

/**
 * The transformers and lookup tables of a file. Names of CSV files are relative to the current folder.
 *
 *     transformers:
 *       - attribute: user_name
 *         formatter: '{first_name}.{last_name}'
 *         thenApply: '| ASCII | LOWER'
 *         fallbacks: ['{first_name}.{last_name}{| NEXT_NUMBER, 2, 5}']
 *     lookupTables:
 *       locations: locations.csv
 *
 * @throws InputError with every problem as `file:row:column`
 */
export async function readFormatters(context: Pick<CommandContext, 'cwd'>, file: string): Promise<Formatters> {
  const document = await readDocument(context, file);
  const problems = new DocumentProblems(document);
  const { transformers, lookupTables = {} } = objectAt(document.value, [], ['transformers', 'lookupTables'], problems);
  if (!Array.isArray(transformers)) problems.add(['transformers'], '"transformers" is not a list');
  const list = Array.isArray(transformers) ? transformers : [];
  const read = list.map((value: unknown, index) => transformerAt(value, ['transformers', index], problems));
  if (!isJsonObject(lookupTables)) problems.add(['lookupTables'], '"lookupTables" is not an object of CSV files');
  const files = isJsonObject(lookupTables) ? Object.entries(lookupTables) : [];
  for (const [name, value] of files) {
    if (typeof value !== 'string') problems.add(['lookupTables', name], `"${name}" is not the name of a CSV file`);
  }
  problems.throwIfAny('Correct the file at the places named.');
  const tables = new Map<string, LookupTable>();
  let cellsLeft = maximumCells;
  for (const [name, value] of files) {
    const table = await readTable(context, String(value), cellsLeft).catch(withTableHint);
    cellsLeft -= table.rows.length * table.columns.length;
    tables.set(name, table);
  }
  return { transformers: read, lookupTables: Object.fromEntries(tables) };
}
