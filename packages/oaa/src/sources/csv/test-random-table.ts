/** A random table with one header row, its text, and the line in which each row begins. */
export interface RandomTable {
  readonly text: string;
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly number[];
}

/** Numbers from 0 to below `limit`, the same for the same seed (a linear congruential generator). */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const pieces = [
  'a',
  'Zoë',
  '"',
  '""',
  ',',
  ';',
  '\t',
  '||',
  '|',
  '\n',
  '\r\n',
  '\r',
  ' ',
  '😀',
  '名',
  '\\',
  "'",
  '0',
  '.',
  '\uFEFF',
];
const delimiters = [',', ';', '\t', '||'];
const lineEnds = ['\n', '\r\n', '\r'];

/** Ends of lines as an editor counts them. */
function lineEndsIn(text: string): number {
  return text.split(/\r\n|\n|\r/).length - 1;
}

/** Writes a table that depends only on `seed`: cells of any content, quoted where they must be and sometimes where not. */
export function randomTable(seed: number): RandomTable {
  const random = randomNumbers(seed);
  const pick = (list: readonly string[]): string => list[random(list.length)] as string;
  const delimiter = pick(delimiters);
  const end = pick(lineEnds);
  const width = 1 + random(5);
  const header = Array.from({ length: width }, (_, index) => `column ${index}`);
  const rows = Array.from({ length: random(12) }, () =>
    Array.from({ length: width }, () => Array.from({ length: random(6) }, () => pick(pieces)).join('')),
  );
  const lines: number[] = [];
  const written = (cell: string): string => {
    const mustQuote = cell === '' || /["\r\n]/.test(cell) || cell.includes('|') || cell.includes(delimiter);
    return mustQuote || random(4) === 0 ? `"${cell.replaceAll('"', '""')}"` : cell;
  };
  let text = header.join(delimiter) + end;
  for (const row of rows) {
    while (random(8) === 0) text += end;
    lines.push(lineEndsIn(text) + 1);
    text += row.map(written).join(delimiter) + end;
  }
  if (random(2) === 0) text = text.replace(/(?:\r\n|\n|\r)$/, '');
  return { text, delimiter, header, rows, lines };
}
