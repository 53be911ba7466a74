import { ScimError } from '../../protocol/errors/scim-error.ts';
import { isForbiddenName, quote as quoteName } from '../../protocol/resource/names.ts';
import { foldName } from '../../protocol/text/fold-name.ts';
import { Turns } from '../../turns/turns.ts';

/** How deep lists and objects may stand in each other. A resource in a PATCH needs seven. */
const mostDepth = 32;
/** Names in one object. A resource has a hundred or so; objects with very many take much longer for each. */
const mostNames = 1_000;
/** Some tenths of a millisecond. */
const valuesBetweenPauses = 500;

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
  const reading = new JsonReader(text).document();
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
  }
}

/** The same for a text that may be long: others have their turn meanwhile. */
export async function parseJsonInTurns(text: string): Promise<unknown> {
  const reading = new JsonReader(text).document();
  const turns = new Turns();
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
    if (turns.isOver) await turns.next();
  }
}

/** An object or a list that has not ended yet. */
type Open =
  | { readonly close: ']'; readonly value: unknown[] }
  | { readonly close: '}'; readonly value: Record<string, unknown>; readonly seen: Set<string>; name: string };

class JsonReader {
  readonly #text: string;
  #at = 0;
  /** From the outermost one inwards. */
  readonly #open: Open[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads it all; now and then there is a pause. */
  *document(): Generator<undefined, unknown> {
    for (let count = 1; ; count++) {
      if (count % valuesBetweenPauses === 0) yield;
      this.#skipSpace();
      const opened = this.#opens();
      if (opened !== undefined && !this.#takesAfterSpace(opened.close)) {
        this.#open.push(opened);
        this.#goOn(opened);
        continue;
      }
      const ended = this.#end(opened === undefined ? this.#scalar() : opened.value);
      if (ended === undefined) continue;
      if (this.#at < this.#text.length) throw this.#syntaxError();
      return ended.value;
    }
  }

  /** The object or list that begins here, if one does. */
  #opens(): Open | undefined {
    const code = this.#text.charCodeAt(this.#at);
    if (code !== openObject && code !== openArray) return undefined;
    this.#at++;
    if (this.#open.length === mostDepth) throw invalidSyntax(`The body may be ${mostDepth} levels deep at most.`);
    if (code === openArray) return { close: ']', value: [] };
    return { close: '}', value: Object.create(null), seen: new Set(), name: '' };
  }

  /** Puts a value into what is open, and closes what ends with it. Gives the outermost value once that has ended. */
  #end(value: unknown): { readonly value: unknown } | undefined {
    let ended = value;
    for (let inner = this.#open.at(-1); inner !== undefined; inner = this.#open.at(-1)) {
      if (inner.close === ']') inner.value.push(ended);
      else inner.value[inner.name] = ended;
      if (this.#takesAfterSpace(',')) {
        this.#goOn(inner);
        return undefined;
      }
      if (!this.#takesAfterSpace(inner.close)) throw this.#syntaxError();
      this.#open.pop();
      ended = inner.value;
    }
    this.#skipSpace();
    return { value: ended };
  }

  /** Reads what stands before the next value of an object. */
  #goOn(inner: Open): void {
    if (inner.close === ']') return;
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== quote) throw this.#syntaxError();
    inner.name = this.#string();
    this.#checkName(inner.name, inner.seen);
    if (!this.#takesAfterSpace(':')) throw this.#syntaxError();
  }

  #scalar(): unknown {
    return this.#text.charCodeAt(this.#at) === quote ? this.#string() : this.#literal();
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
