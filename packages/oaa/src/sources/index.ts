export type { CsvOptions } from './csv/csv-options.ts';
export { guardFormula, isFormula, unguardFormula } from './csv/formula-guard.ts';
export { readCsv } from './csv/read-csv.ts';
export { readJson } from './json/read-json.ts';
export { readNdjson } from './json/read-ndjson.ts';
export { BadRowsError } from './mapping/bad-rows-error.ts';
export { compileDateFormatter } from './mapping/format-date.ts';
export {
  buildPayload,
  type MappedPayload,
  type StreamedPayload,
  type StreamOptions,
  streamPayload,
} from './mapping/map-sources.ts';
export type { FileSource, Mapping, MappingItem, MappingSource } from './mapping/mapping-schema.ts';
export { type MappingDocument, parseMapping, readMapping } from './mapping/read-mapping.ts';
export type { RunOptions } from './mapping/run-mapping.ts';
export type { WriteBack, WrittenColumn, WrittenEntity, WrittenMembership } from './mapping/write-back-schema.ts';
export { type OpenSourceOptions, openSource, type SourceFormat } from './open-source.ts';
export type { ColumnReader, Row, RowSource } from './row.ts';
