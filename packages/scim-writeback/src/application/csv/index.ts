export { type CheckedAdapter, type CsvAdapterOptions, createCsvAdapter } from './csv-adapter.ts';
