import type { Readable } from 'node:stream';
import type { ColumnReader, Row, RowSource } from '../row.ts';
import { jsonColumn } from './json-column.ts';

/** Rows of JSON, of which only they themselves tell the columns. */
export class JsonSource implements RowSource {
  readonly file: string;
  readonly unit: 'line' | 'element';
  readonly columns = undefined;
  readonly #bytes: Readable;
  readonly #read: () => AsyncIterable<readonly Row[]>;

  constructor(file: string, unit: 'line' | 'element', bytes: Readable, read: () => AsyncIterable<readonly Row[]>) {
    this.file = file;
    this.unit = unit;
    this.#bytes = bytes;
    this.#read = read;
  }

  column(name: string): ColumnReader {
    return jsonColumn(name);
  }

  batches(): AsyncIterable<readonly Row[]> {
    return this.#read();
  }

  close(): void {
    this.#bytes.destroy();
  }
}
