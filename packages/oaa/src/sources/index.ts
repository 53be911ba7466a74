export type { CsvOptions } from './csv/csv-options.ts';
export { readCsv } from './csv/read-csv.ts';
export { readJson } from './json/read-json.ts';
export { readNdjson } from './json/read-ndjson.ts';
export { type OpenSourceOptions, openSource, type SourceFormat } from './open-source.ts';
export type { ColumnReader, Row, RowSource } from './row.ts';
