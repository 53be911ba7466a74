import type { Argument, Call, Formatter, FormatterProblem, Place } from './formatter.ts';

/** A longer formatter is a mistake. */
const maximumLength = 4_096;
const maximumDepth = 3;
const attributeName = /[A-Za-z_][A-Za-z0-9_.:$-]*/y;
const functionName = /[A-Z][A-Z0-9_]*/y;
const bareWord = /[^\s,|{}"]+/y;

class Stopped extends Error {
  readonly problem: FormatterProblem;

  constructor(position: number, message: string) {
    super(message);
    this.problem = { position, message };
  }
}

/** Reads one text from left to right; each character is looked at a fixed number of times. */
class Reader {
  readonly text: string;
  readonly depth: number;
  /** Position of the first character in the outermost text. */
  readonly offset: number;
  at = 0;

  constructor(text: string, depth: number, offset: number) {
    this.text = text;
    this.depth = depth;
    this.offset = offset;
  }

  get position(): number {
    return this.offset + this.at + 1;
  }

  stop(message: string, position = this.position): never {
    throw new Stopped(position, message);
  }

  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  takeCharacter(character: string): boolean {
    this.take(/\s*/y);
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  formatter(): Formatter {
    const parts: (string | Place)[] = [];
    while (this.at < this.text.length) {
      const fixed = this.take(/[^{}]+/y);
      if (fixed !== undefined) parts.push(fixed);
      else if (this.text[this.at] === '}') this.stop('there is a "}" that closes nothing');
      else parts.push(this.place());
    }
    return parts;
  }

  place(): Place {
    const { position } = this;
    this.at += 1;
    this.take(/\s*/y);
    const source = this.source();
    const calls: Call[] = [];
    if (source !== undefined && 'call' in source) calls.push(source.call);
    while (this.takeCharacter('|')) calls.push(this.call());
    if (!this.takeCharacter('}')) {
      this.stop(
        this.at < this.text.length ? 'expected "|" or "}"' : 'this "{" is not closed',
        this.placeOfError(position),
      );
    }
    if (source === undefined && calls.length === 0) this.stop('there is nothing between "{" and "}"', position);
    const input = source === undefined || 'call' in source ? undefined : source;
    return { position, source: input, calls };
  }

  placeOfError(begin: number): number {
    return this.at < this.text.length ? this.position : begin;
  }

  /** An attribute, a text in quotes, or a function that has its text as first argument: `{FIRST_N, "world", 4}`. */
  source(): Place['source'] | { readonly call: Call } {
    const start = this.at;
    const { position } = this;
    if (this.text[this.at] === '|') return undefined;
    if (this.text[this.at] === '"') return { text: this.quoted() };
    const name = this.take(functionName);
    if (name !== undefined && this.takeCharacter(',')) {
      return { call: { position, name, args: this.args() } };
    }
    this.at = start;
    const attribute = this.take(attributeName);
    if (attribute === undefined) return undefined;
    return { attribute };
  }

  call(): Call {
    this.take(/\s*/y);
    const { position } = this;
    const name = this.take(functionName) ?? this.stop('expected the name of a function, in capital letters');
    if (/[a-z0-9]/i.test(this.text[this.at] ?? ''))
      this.stop('expected the name of a function, in capital letters', position);
    this.take(/\s*/y);
    const hasArgs = this.takeCharacter(',') || !/^[|}]?$/.test(this.text[this.at] ?? '');
    return { position, name, args: hasArgs ? this.args() : [] };
  }

  args(): Argument[] {
    const found: Argument[] = [];
    do {
      this.take(/\s*/y);
      found.push(this.text[this.at] === '"' ? this.quoted() : this.bare());
    } while (this.takeCharacter(','));
    return found;
  }

  bare(): Argument {
    const { position } = this;
    const word = this.take(bareWord) ?? this.stop('expected a value: a word, a number, or a text in quotes');
    return { position, value: [word] };
  }

  /** Text in quotes; `\"` and `\\` stand for a quote and a backslash. */
  quoted(): Argument {
    const { position } = this;
    this.at += 1;
    const raw = this.take(/(?:[^"\\]|\\.)*/sy) ?? '';
    if (this.text[this.at] !== '"') this.stop('this quote is not closed', position);
    this.at += 1;
    if (!raw.includes('{')) return { position, value: raw === '' ? [] : [raw.replace(/\\(["\\])/g, '$1')] };
    if (this.depth >= maximumDepth) this.stop('places are nested too deeply', position);
    return { position, value: new Reader(raw.replace(/\\(["\\])/g, '$1'), this.depth + 1, position).formatter() };
  }
}

function read<Result>(text: string, read: (reader: Reader) => Result): Result | FormatterProblem {
  if (text.length > maximumLength) return { position: 1, message: `longer than ${maximumLength} characters` };
  try {
    return read(new Reader(text, 1, 0));
  } catch (error) {
    if (error instanceof Stopped) return error.problem;
    throw error;
  }
}

/**
 * Takes a formatter apart: fixed text, and in braces an attribute with the functions that it goes through. Gives the
 * problem of a text that is none.
 *
 * @example parseFormatter('{first_name | FIRST_N, 1 | LOWER}.{last_name | LOWER}@example.com')
 */
export function parseFormatter(text: string): Formatter | FormatterProblem {
  return read(text, (reader) => reader.formatter());
}

/** Takes the functions of "Then Apply" apart: `| LOWER | APPEND, "@example.com"`; the first bar may be left out. */
export function parseThenApply(text: string): readonly Call[] | FormatterProblem {
  return read(text, (reader) => {
    reader.takeCharacter('|');
    const calls: Call[] = [];
    do calls.push(reader.call());
    while (reader.takeCharacter('|'));
    if (reader.at < text.length) reader.stop('expected "|" or the end');
    return calls;
  });
}
