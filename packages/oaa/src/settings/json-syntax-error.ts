const space = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 section 7 forbids them inside strings
const text = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const word = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\d.])|true\b|false\b|null\b/y;

/** What may come next. */
type Expectation = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

const expectations: Readonly<Record<Expectation, string>> = {
  value: 'a value',
  'value-or-end': 'a value or "]"',
  key: 'a key in double quotes',
  'key-or-end': 'a key in double quotes or "}"',
  colon: '":"',
  'comma-or-end': '"," or the closing bracket',
  nothing: 'nothing more',
};

/** The first place where a text stops being JSON. */
export interface JsonSyntaxError {
  readonly offset: number;
  /** What was expected there, and what stands there. */
  readonly message: string;
}

function found(source: string, offset: number): string {
  const character = source[offset];
  if (character === undefined) return 'the end of the text';
  return character === '"' ? 'a string that is not closed or has a bad escape' : JSON.stringify(character);
}

/**
 * Where a text that `JSON.parse` refuses goes wrong (RFC 8259); undefined when it is JSON. `JSON.parse` itself gives no
 * position for most mistakes.
 */
export function findJsonSyntaxError(source: string): JsonSyntaxError | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expectation = 'value';
  let offset = source.startsWith('\ufeff') ? 1 : 0;

  const afterValue = (): Expectation => (open.length === 0 ? 'nothing' : 'comma-or-end');
  const matchLength = (pattern: RegExp): number => {
    pattern.lastIndex = offset;
    return pattern.exec(source)?.[0].length ?? 0;
  };
  const closes = (character: string | undefined): boolean =>
    (character === '}' && open.at(-1) === '{' && (expected === 'key-or-end' || expected === 'comma-or-end')) ||
    (character === ']' && open.at(-1) === '[' && (expected === 'value-or-end' || expected === 'comma-or-end'));

  for (;;) {
    offset += matchLength(space);
    const character = source[offset];
    if (expected === 'nothing' && character === undefined) return undefined;
    let length = 1;
    if (closes(character)) {
      open.pop();
      expected = afterValue();
    } else if (expected === 'colon' && character === ':') {
      expected = 'value';
    } else if (expected === 'comma-or-end' && character === ',') {
      expected = open.at(-1) === '{' ? 'key' : 'value';
    } else if ((expected === 'value' || expected === 'value-or-end') && (character === '{' || character === '[')) {
      open.push(character);
      expected = character === '{' ? 'key-or-end' : 'value-or-end';
    } else {
      const isKey: boolean = expected === 'key' || expected === 'key-or-end';
      const isValue: boolean = expected === 'value' || expected === 'value-or-end';
      length = isKey || isValue ? matchLength(text) : 0;
      if (isValue && length === 0) length = matchLength(word);
      if (length === 0) {
        return { offset, message: `expected ${expectations[expected]} but found ${found(source, offset)}` };
      }
      expected = isKey ? 'colon' : afterValue();
    }
    offset += length;
  }
}
