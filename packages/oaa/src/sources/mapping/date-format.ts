/** What a piece of a date format reads. */
export type DateToken =
  | 'YYYY'
  | 'YY'
  | 'MMM'
  | 'MM'
  | 'M'
  | 'DD'
  | 'D'
  | 'HH'
  | 'H'
  | 'hh'
  | 'h'
  | 'mm'
  | 'ss'
  | 'SSS'
  | 'A'
  | 'ZZ'
  | 'Z';
export type DatePiece = { readonly token: DateToken } | { readonly literal: string };

/** What each token gives; longer ones of the same letter first. */
const tokens: Readonly<
  Record<DateToken, 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'half' | 'zone'>
> = {
  YYYY: 'year',
  YY: 'year',
  MMM: 'month',
  MM: 'month',
  M: 'month',
  DD: 'day',
  D: 'day',
  HH: 'hour',
  H: 'hour',
  hh: 'hour',
  h: 'hour',
  mm: 'minute',
  ss: 'second',
  SSS: 'fraction',
  A: 'half',
  ZZ: 'zone',
  Z: 'zone',
};
const tokenNames = Object.keys(tokens) as DateToken[];
const isLetter = (character: string): boolean => /\p{L}/u.test(character);
const readsOneOrTwo = new Set<DateToken>(['M', 'D', 'H', 'h']);
const beginsWithoutDigit = new Set<DateToken>(['MMM', 'A', 'Z', 'ZZ']);

function unknownLetters(run: string): string {
  const meant = tokenNames.find((token) => token.toLowerCase() === run.toLowerCase());
  const hint = meant === undefined ? `Put literal text in brackets: [${run}].` : `Did you mean ${meant}?`;
  return `"${run}" is not known. ${hint}`;
}

/** The pieces of a format, or what is wrong with it. */
function readPieces(format: string): DatePiece[] | string {
  const pieces: DatePiece[] = [];
  let at = 0;
  while (at < format.length) {
    const character = format[at] as string;
    if (character === '[') {
      const end = format.indexOf(']', at);
      if (end < 0) return 'the bracket [ is not closed.';
      pieces.push({ literal: format.slice(at + 1, end) });
      at = end + 1;
      continue;
    }
    if (!isLetter(character) || character === 'T') {
      pieces.push({ literal: character });
      at += 1;
      continue;
    }
    let end = at + 1;
    while (format[end] === character) end += 1;
    const run = format.slice(at, end);
    const token = tokenNames.find((name) => name === run);
    if (token === undefined) return unknownLetters(run);
    pieces.push({ token });
    at = end;
  }
  return pieces;
}

function problemOf(pieces: readonly DatePiece[]): string | undefined {
  const given = new Map<string, DateToken>();
  for (const [index, piece] of pieces.entries()) {
    if (!('token' in piece)) continue;
    const part = tokens[piece.token];
    const before = given.get(part);
    if (before !== undefined) return `it gives the ${part} twice (${before} and ${piece.token}).`;
    given.set(part, piece.token);
    const next = pieces[index + 1];
    if (!readsOneOrTwo.has(piece.token) || next === undefined) continue;
    const isDigit = 'token' in next ? !beginsWithoutDigit.has(next.token) : /^\d/.test(next.literal);
    if (isDigit) return `${piece.token} must not be followed by digits: its own end could not be told.`;
  }
  for (const part of ['year', 'month', 'day']) if (!given.has(part)) return `it has no ${part}.`;
  const hour = given.get('hour');
  const needsHalf = hour === 'h' || hour === 'hh';
  if (needsHalf && !given.has('half')) return `${hour} is an hour of 1 to 12 and needs A (AM or PM); else write HH.`;
  if (given.has('half') && !needsHalf) return 'A (AM or PM) needs the hour as hh or h.';
  if (given.has('minute') && hour === undefined) return 'it has minutes (mm) and no hour (HH); MM is the month.';
  if (given.has('second') && !given.has('minute')) return 'it has seconds (ss) and no minutes (mm).';
  if (given.has('fraction') && !given.has('second')) return 'it has a fraction (SSS) and no seconds (ss).';
  return undefined;
}

/** The pieces of a date format such as `DD.MM.YYYY HH:mm`, or a sentence on what is wrong with it. */
export function readDateFormat(format: string): readonly DatePiece[] | string {
  const pieces = readPieces(format);
  if (typeof pieces === 'string') return pieces;
  return problemOf(pieces) ?? pieces;
}
