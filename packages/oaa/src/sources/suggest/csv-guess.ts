import type { CsvOptions } from '../csv/csv-options.ts';

const candidates = [',', ';', '\t', '|'] as const;
const maximumLines = 50;

/** How often each candidate stands outside of quotes, line by line. */
function countPerLine(text: string): Map<string, number>[] {
  const lines: Map<string, number>[] = [];
  let counts = new Map<string, number>();
  let quoted = false;
  let empty = true;
  const end = () => {
    if (!empty) lines.push(counts);
    counts = new Map();
    empty = true;
  };
  for (const character of text) {
    if (lines.length === maximumLines) return lines;
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '\n' || character === '\r') {
      end();
      continue;
    } else if (candidates.some((candidate) => candidate === character)) {
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    empty = false;
  }
  end();
  return lines;
}

/** What stands between the cells: the sign that is as often in most lines as in the first. */
function guessDelimiter(text: string): string | undefined {
  const lines = countPerLine(text);
  const header = lines[0];
  if (header === undefined) return undefined;
  const scores = candidates.map((candidate) => {
    const count = header.get(candidate) ?? 0;
    const alike = lines.filter((line) => (line.get(candidate) ?? 0) === count).length;
    return { candidate, score: count === 0 ? 0 : (alike / lines.length) * 1_000 + count };
  });
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  return best.score > 0 ? best.candidate : undefined;
}

/** How a CSV file is written, from its beginning; what goes without saying is left out. */
export function guessCsv(text: string, file: string): CsvOptions {
  // What Excel writes to tell itself the delimiter.
  const [line, declared] = /^sep=(.)\r?\n/i.exec(text) ?? [];
  const usual = /\.tsv(?:\.gz)?$/i.test(file) ? '\t' : ',';
  const delimiter = declared ?? guessDelimiter(text) ?? usual;
  return {
    ...(delimiter === usual ? {} : { delimiter }),
    ...(line === undefined ? {} : { skipLines: 1 }),
  };
}
