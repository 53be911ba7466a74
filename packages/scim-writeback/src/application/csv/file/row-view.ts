import { Refusal } from '../refusal.ts';
import { type Cells, MissingColumnError, type RowView, type Table } from '../table.ts';
import { areAllQuoted, isQuoted, readCell, writeCell } from '../text/cell.ts';
import { CsvSyntaxError, type RawRecord } from '../text/record-reader.ts';

/** The columns of a table by their names. */
export class Header {
  readonly names: readonly string[];
  readonly #table: Table;
  readonly #positions: ReadonlyMap<string, number>;

  constructor(table: Table, names: readonly string[]) {
    this.#table = table;
    this.names = names;
    this.#positions = new Map(names.map((name, position) => [name, position]));
  }

  static of(table: Table, record: RawRecord): Header {
    return new Header(
      table,
      record.cells.map((cell) => readCell(cell, table.dialect).trim()),
    );
  }

  /** @throws MissingColumnError */
  position(column: string): number {
    const position = this.#positions.get(column);
    if (position === undefined) throw new MissingColumnError(this.#table.file, column);
    return position;
  }

  view(record: RawRecord): RowView {
    const { dialect } = this.#table;
    return {
      text: (column) => {
        const cell = record.cells[this.position(column)];
        try {
          return cell === undefined ? '' : readCell(cell, dialect).trim();
        } catch (cause) {
          throw new CsvSyntaxError(`its column "${column}" is not in the encoding of the file`, { cause });
        }
      },
    };
  }

  /** The cells of a row with some of them changed; the others keep their bytes. @throws Refusal */
  changed(record: RawRecord, cells: Cells): readonly string[] {
    const { dialect, file } = this.#table;
    const { length } = record.cells;
    if (length > this.names.length || (length < this.names.length && !dialect.padsShortRows)) {
      throw new Refusal(`The row in ${file} has ${length} cells and the header has ${this.names.length}`);
    }
    const inQuotes = areAllQuoted(record.cells, dialect);
    const result = [...record.cells];
    while (result.length < this.names.length) result.push('');
    for (const [column, text] of cells) {
      const position = this.position(column);
      result[position] = writeCell(text, inQuotes || isQuoted(result[position] ?? '', dialect), dialect);
    }
    return result;
  }

  /** The cells of a new row. @throws Refusal */
  created(cells: Cells, inQuotes: boolean): readonly string[] {
    for (const column of cells.keys()) this.position(column);
    return this.names.map((name) => writeCell(cells.get(name) ?? '', inQuotes, this.#table.dialect));
  }
}
