/** A place in JSON text where something is wrong. */
export interface JsonProblem {
  readonly kind: 'syntax' | 'duplicate-key';
  /** Index into the text, in UTF-16 units. */
  readonly offset: number;
  /** What is wrong, as a sentence. */
  readonly message: string;
}

/** So many duplicate keys are told apart; further ones are left out. */
const mostDuplicates = 100;

const literals = ['true', 'false', 'null'] as const;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escapeToken = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const openObject = 0x7b;
const openArray = 0x5b;
const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;

/** A place where the scan cannot go on. */
class SyntaxProblem {
  readonly offset: number;
  readonly message: string;

  constructor(offset: number, message: string) {
    this.offset = offset;
    this.message = message;
  }
}

/** The keys seen in one object. Few objects have many keys, so a list is searched first. */
class SeenKeys {
  readonly #list: string[] = [];
  #set: Set<string> | undefined;

  /** False when the key was there already. */
  add(key: string): boolean {
    if (this.#set !== undefined) {
      const size = this.#set.size;
      return this.#set.add(key).size > size;
    }
    if (this.#list.includes(key)) return false;
    this.#list.push(key);
    if (this.#list.length > 16) this.#set = new Set(this.#list);
    return true;
  }
}

/** What stands at a place, for a message: `"}"`, `the end of the file`. */
function shown(text: string, offset: number): string {
  const character = text.codePointAt(offset);
  if (character === undefined) return 'the end of the file';
  return character < 0x20 ? 'a control character' : `"${String.fromCodePoint(character)}"`;
}

function skipSpace(text: string, from: number): number {
  let offset = from;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return offset;
    offset += 1;
  }
}

/** The end of the string that begins at `start`, behind its closing quote. */
function skipString(text: string, start: number): number {
  let offset = start + 1;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code === quote) return offset + 1;
    if (code === backslash) {
      escapeToken.lastIndex = offset;
      if (!escapeToken.test(text)) throw new SyntaxProblem(offset, 'a backslash begins no escape that JSON knows');
      offset = escapeToken.lastIndex;
    } else if (Number.isNaN(code)) {
      throw new SyntaxProblem(start, 'this string has no closing quote');
    } else if (code < 0x20) {
      throw new SyntaxProblem(offset, 'a string must not contain line breaks or other control characters; write \\n');
    } else offset += 1;
  }
}

/** The end of the string, number or literal at `offset`. */
function skipScalar(text: string, offset: number): number {
  if (text.charCodeAt(offset) === quote) return skipString(text, offset);
  numberToken.lastIndex = offset;
  if (numberToken.test(text)) return numberToken.lastIndex;
  for (const literal of literals) if (text.startsWith(literal, offset)) return offset + literal.length;
  const found = text[offset];
  if (found === "'") throw new SyntaxProblem(offset, 'strings are written with double quotes');
  if (found === '/' || found === '#') throw new SyntaxProblem(offset, 'JSON has no comments');
  if (found === '}' || found === ']')
    throw new SyntaxProblem(offset, `a value is missing before "${found}" (a comma too many?)`);
  throw new SyntaxProblem(offset, `expected a value, found ${shown(text, offset)}`);
}

/** The key of an object at `offset`, and where its value begins. */
function readKey(text: string, offset: number): { key: string; next: number } {
  if (text.charCodeAt(offset) !== quote) {
    const found = text[offset] === '}' ? '"}" (a comma too many?)' : shown(text, offset);
    throw new SyntaxProblem(offset, `expected a key in double quotes, found ${found}`);
  }
  const end = skipString(text, offset);
  const raw = text.slice(offset + 1, end - 1);
  const key = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
  const afterKey = skipSpace(text, end);
  if (text.charCodeAt(afterKey) !== colon) {
    throw new SyntaxProblem(afterKey, `expected ":" after the key "${key}", found ${shown(text, afterKey)}`);
  }
  return { key, next: skipSpace(text, afterKey + 1) };
}

/** Walks through the text; depth costs memory, not stack. `undefined` on the stack is an array. */
function walk(text: string, onDuplicate: (key: string, offset: number) => void): void {
  const stack: (SeenKeys | undefined)[] = [];
  let offset = skipSpace(text, 0);
  const enterMember = (): void => {
    const seen = stack.at(-1);
    if (seen === undefined) return;
    const { key, next } = readKey(text, offset);
    if (!seen.add(key)) onDuplicate(key, offset);
    offset = next;
  };
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code === openObject || code === openArray) {
      const closing = code === openObject ? '}' : ']';
      offset = skipSpace(text, offset + 1);
      if (text[offset] !== closing) {
        stack.push(code === openObject ? new SeenKeys() : undefined);
        enterMember();
        continue;
      }
      offset += 1;
    } else offset = skipScalar(text, offset);

    for (;;) {
      offset = skipSpace(text, offset);
      if (stack.length === 0) {
        if (offset < text.length)
          throw new SyntaxProblem(offset, `the document ends before this: found ${shown(text, offset)}`);
        return;
      }
      if (text.charCodeAt(offset) === comma) {
        offset = skipSpace(text, offset + 1);
        enterMember();
        break;
      }
      const closing = stack.at(-1) === undefined ? ']' : '}';
      if (text[offset] !== closing) {
        throw new SyntaxProblem(offset, `expected "," or "${closing}", found ${shown(text, offset)}`);
      }
      stack.pop();
      offset += 1;
    }
  }
}

/**
 * Looks through JSON text for what `JSON.parse` does not say: where exactly the syntax is broken, and keys that stand
 * twice in one object (RFC 8259 section 4), of which `JSON.parse` silently keeps the last. Linear; does not recurse.
 * Problems come in the order of the text; syntax is looked at up to the first fault. For files that people write: the SCIM
 * service reads bodies with a parser of its own, which refuses more, makes values, and must quote nothing of what was sent.
 */
export function scanJson(text: string): JsonProblem[] {
  const problems: JsonProblem[] = [];
  try {
    walk(text, (key, offset) => {
      if (problems.length >= mostDuplicates) return;
      problems.push({ kind: 'duplicate-key', offset, message: `the key "${key}" stands twice in the same object` });
    });
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    problems.push({ kind: 'syntax', offset: error.offset, message: error.message });
  }
  return problems;
}

/** Where a text that `JSON.parse` refuses stops being JSON; undefined when it is JSON. */
export function findJsonSyntaxError(text: string): JsonProblem | undefined {
  return scanJson(text).find(({ kind }) => kind === 'syntax');
}
