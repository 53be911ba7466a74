import { ScimError } from '../../protocol/errors/scim-error.ts';
import { isForbiddenName, quote as quoteName } from '../../protocol/resource/names.ts';
import { foldName } from '../../protocol/text/fold-name.ts';

/** How deep lists and objects may stand in each other. A resource in a PATCH needs seven. */
const mostDepth = 32;
/** Names in one object. A resource has a hundred or so; objects with very many take much longer for each. */
const mostNames = 1_000;

const quote = 0x22;
const backslash = 0x5c;
const openObject = 0x7b;
const openArray = 0x5b;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literals: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * Parses the JSON of a body, and refuses what `JSON.parse` lets pass and what could show one value to a check and another
 * to the one who acts on it: the same name twice in an object, also in another case, since names of attributes do not
 * depend on case (RFC 7643 s2.1); and `__proto__`, `constructor` and `prototype` as names. Objects have no prototype. Takes
 * time in proportion to the text.
 *
 * Not `scanJson` of the files that people write, which finds every problem with its place and quotes the text: this one
 * makes the values as it reads, stops at the first problem, and repeats nothing of a body but names.
 *
 * @throws ScimError 400 `invalidSyntax`.
 */
export function parseJson(text: string): unknown {
  return new JsonReader(text).document();
}

class JsonReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    this.#skipSpace();
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#syntaxError();
    return value;
  }

  #value(): unknown {
    const code = this.#text.charCodeAt(this.#at);
    if (code === quote) return this.#string();
    if (code === openObject || code === openArray) {
      this.#at++;
      if (++this.#depth > mostDepth) {
        throw invalidSyntax(`The body may be ${mostDepth} levels deep at most.`);
      }
      const value = code === openObject ? this.#object() : this.#array();
      this.#depth--;
      return value;
    }
    return this.#literal();
  }

  #object(): Readonly<Record<string, unknown>> {
    const object: Record<string, unknown> = Object.create(null);
    if (this.#takesAfterSpace('}')) return object;
    const seen = new Set<string>();
    do {
      this.#skipSpace();
      if (this.#text.charCodeAt(this.#at) !== quote) throw this.#syntaxError();
      const name = this.#string();
      this.#checkName(name, seen);
      if (!this.#takesAfterSpace(':')) throw this.#syntaxError();
      this.#skipSpace();
      object[name] = this.#value();
    } while (this.#takesAfterSpace(','));
    if (!this.#takesAfterSpace('}')) throw this.#syntaxError();
    return object;
  }

  #checkName(name: string, seen: Set<string>): void {
    if (isForbiddenName(name)) throw invalidSyntax(`No attribute may be called ${quoteName(name)}.`);
    const folded = foldName(name);
    if (seen.has(folded)) {
      throw invalidSyntax(`An object of the body has the name ${quoteName(name)} twice; names do not depend on case.`);
    }
    if (seen.size === mostNames) {
      throw invalidSyntax(`An object of the body may have ${mostNames} names at most.`);
    }
    seen.add(folded);
  }

  #array(): readonly unknown[] {
    const array: unknown[] = [];
    if (this.#takesAfterSpace(']')) return array;
    do {
      this.#skipSpace();
      array.push(this.#value());
    } while (this.#takesAfterSpace(','));
    if (!this.#takesAfterSpace(']')) throw this.#syntaxError();
    return array;
  }

  #string(): string {
    const start = this.#at;
    let escaped = false;
    for (let end = start + 1; end < this.#text.length; end++) {
      const code = this.#text.charCodeAt(end);
      if (code === quote) {
        this.#at = end + 1;
        return escaped ? this.#unescape(start) : this.#text.slice(start + 1, end);
      }
      // RFC 8259 s7.
      if (code < 0x20) break;
      if (code === backslash) {
        escaped = true;
        end++;
      }
    }
    throw this.#syntaxError();
  }

  #unescape(start: number): string {
    try {
      return JSON.parse(this.#text.slice(start, this.#at));
    } catch {
      this.#at = start;
      throw this.#syntaxError();
    }
  }

  #literal(): number | boolean | null {
    for (const [word, value] of literals) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    numberToken.lastIndex = this.#at;
    const token = numberToken.exec(this.#text)?.[0];
    if (token === undefined) throw this.#syntaxError();
    this.#at += token.length;
    return Number(token);
  }

  #takesAfterSpace(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  /** Says where, and repeats nothing of the text: it may be secret. */
  #syntaxError(): ScimError {
    return invalidSyntax(`The body is not JSON: it breaks at character ${this.#at + 1}.`);
  }
}

function invalidSyntax(detail: string): ScimError {
  return new ScimError(400, 'invalidSyntax', detail);
}
