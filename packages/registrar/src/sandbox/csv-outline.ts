/** What must be known of a CSV file to take it in: its columns, and how many rows follow. */
export interface CsvOutline {
  readonly columns: readonly string[];
  readonly rows: number;
}

/**
 * Reads the header row of a CSV file (RFC 4180: commas, double quotes, any line ends) and counts the rows after it;
 * empty lines do not count. Undefined when a quote is never closed.
 */
export function csvOutline(text: string): CsvOutline | undefined {
  const columns: string[] = [];
  let rows = -1;
  let field = '';
  let quoted = false;
  let blank = true;
  const endField = (): void => {
    if (rows < 0) columns.push(field.trim());
    field = '';
  };
  const endRow = (): void => {
    if (!blank) {
      endField();
      rows += 1;
    }
    field = '';
    blank = true;
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] as string;
    if (quoted) {
      if (character !== '"') field += rows < 0 ? character : '';
      else if (text[index + 1] === '"') {
        field += rows < 0 ? '"' : '';
        index += 1;
      } else quoted = false;
    } else if (character === '\n' || character === '\r') endRow();
    else {
      blank = false;
      if (character === '"') quoted = true;
      else if (character === ',') endField();
      else if (rows < 0) field += character;
    }
  }
  if (quoted) return undefined;
  endRow();
  return { columns, rows: Math.max(rows, 0) };
}
