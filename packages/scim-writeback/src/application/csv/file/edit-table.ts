import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Cells, RowEdit, RowEditor, RowView, Table } from '../table.ts';
import { areAllQuoted, readCell, writeRecord } from '../text/cell.ts';
import { CsvSyntaxError, type RawRecord, RecordReader } from '../text/record-reader.ts';
import { Header } from './row-view.ts';
import { scanRecords } from './scan-records.ts';
import { StagedFile } from './staged-file.ts';

/** Changed and added rows that are kept to be read back. */
const keptRows = 100;

/** What one pass over a table came to. */
export interface TablePass {
  readonly table: Table;
  /** Undefined: nothing changes. */
  readonly staged: StagedFile | undefined;
  /** SHA-256 of the file as it was read, hex. */
  readonly digest: string;
  readonly columns: readonly string[];
  /** The first changed and added rows, as the mapping would get their cells. */
  readonly written: readonly (readonly string[])[];
}

/**
 * Reads a table once and stages what the editors make of it. Rows that nobody changes keep every byte, as do the cells of a
 * changed row that are not changed.
 *
 * @throws Refusal of an editor, or for what the file cannot say; nothing is staged then
 * @throws MissingColumnError, {@link CsvSyntaxError}
 */
export async function editTable(table: Table, editors: readonly RowEditor[]): Promise<TablePass> {
  await using handle = await open(table.path, 'r');
  const staged = new StagedFile(table.path, handle);
  try {
    return await new Pass(table, editors, handle, staged).run();
  } catch (error) {
    await staged.discard();
    throw error;
  }
}

class Pass {
  readonly #table: Table;
  readonly #editors: readonly RowEditor[];
  readonly #handle: FileHandle;
  readonly #staged: StagedFile;
  readonly #hash = createHash('sha256');
  readonly #written: (readonly string[])[] = [];
  #header: Header | undefined;
  #last: RawRecord | undefined;
  #lastClosed: RawRecord | undefined;

  constructor(table: Table, editors: readonly RowEditor[], handle: FileHandle, staged: StagedFile) {
    this.#table = table;
    this.#editors = editors;
    this.#handle = handle;
    this.#staged = staged;
    const { columns } = table.dialect;
    if (columns !== undefined) this.#header = new Header(table, columns);
  }

  async run(): Promise<TablePass> {
    for await (const records of scanRecords(this.#handle, this.#table, this.#hash)) {
      for (const record of records) {
        const edit = this.#read(record);
        if (edit !== undefined) await this.#replace(record, edit);
        this.#last = record;
        if (record.next > record.end) this.#lastClosed = record;
      }
    }
    if (this.#header === undefined) throw new CsvSyntaxError(`${this.#table.file} has no header row`);
    await this.#append(this.#header);
    await this.#staged.finish((await this.#handle.stat()).size);
    return {
      table: this.#table,
      staged: this.#staged.isChanged ? this.#staged : undefined,
      digest: this.#hash.digest('hex'),
      columns: this.#header.names,
      written: this.#written,
    };
  }

  #read(record: RawRecord): RowEdit {
    if (this.#header === undefined) {
      this.#header = Header.of(this.#table, record);
      return undefined;
    }
    const view = this.#header.view(record);
    return joined(
      this.#editors.map((editor) => editor.row(view)),
      view,
    );
  }

  async #replace(record: RawRecord, edit: 'remove' | Cells): Promise<void> {
    const { dialect } = this.#table;
    if (edit === 'remove') return this.#staged.replace(record.start, record.next, new Uint8Array());
    const line = writeRecord(this.#header?.changed(record, edit) ?? [], dialect);
    this.#keep(line);
    return this.#staged.replace(record.start, record.end, dialect.codec.bytes(line));
  }

  async #append(header: Header): Promise<void> {
    const added = this.#editors.flatMap((editor) => editor.added?.() ?? []);
    if (added.length === 0) return;
    const { dialect } = this.#table;
    const last = this.#last;
    const { size } = await this.#handle.stat();
    const inQuotes = last !== undefined && areAllQuoted(last.cells, dialect);
    const lines = added.map((cells) => {
      const line = writeRecord(header.created(cells, inQuotes), dialect);
      this.#keep(line);
      return line;
    });
    const lineEnd = await this.#endOfLines();
    // The file goes on ending as it did: with the end of a line, or without.
    const text = (await this.#isOpen(size)) ? lineEnd + lines.join(lineEnd) : lines.join(lineEnd) + lineEnd;
    await this.#staged.replace(size, size, dialect.codec.bytes(text));
  }

  /** Whether the last line has no end. */
  async #isOpen(size: number): Promise<boolean> {
    const { unitBytes } = this.#table.dialect.codec;
    const last = await this.#unitsAt(Math.max(0, size - unitBytes), size);
    if (last === '\n' || last === '\r' || size === 0) return false;
    return this.#last !== undefined || this.#table.dialect.skipLines > 0;
  }

  /** The end of the last line that has one. */
  async #endOfLines(): Promise<string> {
    const closed = this.#lastClosed;
    return closed === undefined ? '\n' : await this.#unitsAt(closed.end, closed.next);
  }

  async #unitsAt(start: number, end: number): Promise<string> {
    const bytes = Buffer.alloc(end - start);
    const { bytesRead } = await this.#handle.read(bytes, 0, bytes.length, start);
    return this.#table.dialect.codec.units(bytes.subarray(0, bytesRead));
  }

  /** Keeps what a reader finds in a line. */
  #keep(line: string): void {
    if (this.#written.length >= keptRows) return;
    const { dialect } = this.#table;
    const cells = new RecordReader(line, 0, true, dialect).next()?.cells ?? [];
    this.#written.push(cells.map((cell) => readCell(cell, dialect)));
  }
}

/** What several editors make of a row: taken out if one of them says so. */
function joined(edits: readonly RowEdit[], row: RowView): RowEdit {
  if (edits.includes('remove')) return 'remove';
  const cells = new Map<string, string>();
  for (const edit of edits) {
    if (edit === undefined || edit === 'remove') continue;
    for (const [column, text] of edit) if (row.text(column) !== text) cells.set(column, text);
  }
  return cells.size === 0 ? undefined : cells;
}
