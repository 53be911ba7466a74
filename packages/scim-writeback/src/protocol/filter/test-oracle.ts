/**
 * A second, naive reading of filters, written apart from the first: tokens by one regular expression, no syntax tree,
 * two stacks (shunting-yard) that hold truth values for one resource. It knows the attributes of the test schemas from a
 * list of its own. Nothing is left out once the outcome is known, so that every refusal shows.
 */

type Kind = 'text' | 'exact' | 'bytes' | 'flag' | 'number' | 'time' | 'complex' | 'secret';
type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
type Values = readonly Json[];

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const badge = 'urn:example:schemas:badge:1.5:User';
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const plural = ':complex value:text type:text display:text primary:flag';

/** Where it is stored | attribute | kinds by name, the attribute's own first. */
const attributes: readonly (readonly [place: string, name: string, kinds: string])[] = [
  ['', 'id', ':exact'],
  ['', 'externalId', ':exact'],
  ['', 'userName', ':text'],
  ['', 'displayName', ':text'],
  ['', 'title', ':text'],
  ['', 'active', ':flag'],
  ['', 'password', ':secret'],
  ['', 'name', ':complex familyName:text givenName:text middleName:text'],
  ['', 'meta', ':complex resourceType:exact created:time lastModified:time version:exact'],
  ['', 'emails', plural],
  ['', 'phoneNumbers', plural],
  ['', 'x509Certificates', plural.replace('value:text', 'value:bytes')],
  ['', 'groups', ':complex value:exact display:text type:text'],
  [enterprise, 'department', ':text'],
  [enterprise, 'manager', ':complex value:exact displayName:text'],
  [badge, 'level', ':number'],
  [badge, 'score', ':number'],
  [badge, 'usedAt', ':time'],
  [badge, 'visits', ':time many'],
  [badge, 'tags', ':text many'],
  [badge, 'code', ':exact'],
  [badge, 'chip', ':bytes'],
  [badge, 'pin', ':secret'],
  [badge, 'keys', ':complex value:secret label:text lost:flag'],
];

interface Known {
  readonly place: string;
  readonly name: string;
  readonly many: boolean;
  readonly kinds: readonly (readonly [name: string, kind: Kind])[];
}

const known = new Map<string, Known>();
for (const [place, name, text] of attributes) {
  const kinds = text.split(' ').flatMap((one): [string, Kind][] => {
    const [key = '', kind] = one.split(':');
    return kind === undefined ? [] : [[key, kind as Kind]];
  });
  const entry = { place, name, many: text.endsWith(' many'), kinds };
  known.set(`${place === '' ? core : place}:${name}`.toLowerCase(), entry);
  known.set(name.toLowerCase(), entry);
}

export class Refused extends Error {}

const tokenPattern =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings hold none.
  /[ \t\r\n]*(?:("(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|('(?:[^'\\\0-\x1f]|\\(?:["'\\/bfnrt]|u[\da-fA-F]{4}))*')|([()[\]])|([^"'()[\] \t\r\n][^"()[\] \t\r\n]*)|$)/y;
const pathPattern = /^(?:([\x21-\x7e]+):)?([a-zA-Z][\w-]*|[$][\w-]+)(?:[.]([a-zA-Z][\w-]*|[$][\w-]+))?$/;
const numberPattern = /^-?(?:0|[1-9]\d*)(?:[.]\d+)?(?:[eE][-+]?\d+)?$/;
const timePattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.](\d+))?(?:Z|([-+])(\d\d):(\d\d))?$/;

interface Token {
  readonly text: string;
  readonly string?: string;
  readonly single?: boolean;
}

/** What names mean at the moment: attributes of a resource, or parts of one value; null where the attribute is unknown. */
type Scope = { readonly resource: Json } | { readonly attribute: Known; readonly value: Json } | null;

export class Oracle {
  readonly #tokens: readonly Token[];
  readonly #lenient: boolean;

  /** Throws {@link Refused} where the text has no tokens. */
  constructor(text: string, lenient: boolean) {
    this.#lenient = lenient;
    this.#tokens = tokensOf(text);
  }

  /** Throws {@link Refused} for what is not to be taken. */
  matches(resource: Json): boolean {
    return this.#evaluate(this.#tokens, { resource });
  }

  #evaluate(tokens: readonly Token[], scope: Scope): boolean {
    const truths: boolean[] = [];
    const pending: string[] = [];
    let at = 0;
    let wantsOperand = true;
    const settle = (atLeast: string): void => {
      const rank = (operator: string | undefined) => ['(', 'or', 'and'].indexOf(operator ?? '(');
      while (rank(pending.at(-1)) > 0 && rank(pending.at(-1)) >= rank(atLeast)) {
        const [right = false, left = false] = [truths.pop(), truths.pop()];
        truths.push(pending.pop() === 'and' ? left && right : left || right);
      }
    };
    while (at < tokens.length) {
      const token = tokens[at] ?? { text: '' };
      const lower = lowered(token);
      if (wantsOperand && token.text === '(') pending.push('(');
      else if (wantsOperand && lower === 'not' && tokens[at + 1]?.text === '(') {
        pending.push('not(');
        at += 1;
      } else if (wantsOperand) {
        const taken = this.#operand(tokens.slice(at), scope);
        truths.push(taken.truth);
        at += taken.count - 1;
        wantsOperand = false;
      } else if (token.text === ')') {
        settle('or');
        const opening = pending.pop();
        if (opening === 'not(') truths.push(!truths.pop());
        else if (opening !== '(') throw new Refused('closes nothing');
      } else if (lower === 'and' || lower === 'or') {
        settle(lower);
        pending.push(lower);
        wantsOperand = true;
      } else throw new Refused('no operator');
      at += 1;
    }
    settle('or');
    if (wantsOperand || pending.length > 0 || truths.length !== 1) throw new Refused('unfinished');
    return truths[0] === true;
  }

  #operand(tokens: readonly Token[], scope: Scope): { truth: boolean; count: number } {
    const [, urn, name = '', sub] = pathPattern.exec(word(tokens[0])) ?? refuse('no path');
    if (tokens[1]?.text !== '[') return this.#term(tokens, 1, this.#look(scope, urn, name, sub));
    if (sub !== undefined || !(scope !== null && 'resource' in scope)) refuse('brackets');
    const end = tokens.findIndex((token) => token.text === ']');
    if (end < 0) refuse('no end of brackets');
    const inner = tokens.slice(2, end);
    const place = (urn === undefined ? name : `${urn}:${name}`).toLowerCase();
    const attribute = known.get(place);
    const follower = /^[.]([a-zA-Z][\w-]*|[$][\w-]+)$/.exec(word(tokens[end + 1] ?? { text: '' }));
    if (attribute === undefined) {
      this.#unknown();
      this.#evaluate(inner, null);
      if (follower === null) return { truth: false, count: end + 1 };
      return this.#term(tokens, end + 2, { values: [], kind: undefined });
    }
    if (attribute.kinds[0]?.[1] === 'secret') refuse('secret');
    if (!attribute.many && attribute.kinds[0]?.[1] !== 'complex') refuse('single');
    const all = this.#look(scope, urn, name, undefined).values;
    // An empty value is tried as well, so that refusals do not depend on what there is.
    this.#evaluate(inner, { attribute, value: {} });
    const chosen = all.filter((value) => this.#evaluate(inner, { attribute, value }));
    if (follower === null) return { truth: chosen.length > 0, count: end + 1 };
    const kind = kindOf(attribute, follower[1] ?? '');
    if (kind === undefined) this.#unknown();
    if (kind?.[1] === 'secret') refuse('secret');
    const values = kind === undefined ? [] : chosen.flatMap((value) => inside(value, kind[0]));
    return this.#term(tokens, end + 2, { values, kind: kind?.[1] });
  }

  #look(scope: Scope, urn: string | undefined, name: string, sub: string | undefined): Looked {
    const unknown: Looked = { values: [], kind: undefined };
    if (scope === null) return unknown;
    if ('attribute' in scope) {
      const kind = urn === undefined && sub === undefined ? kindOf(scope.attribute, name) : undefined;
      if (kind?.[1] === 'secret') refuse('secret');
      if (kind !== undefined) return { values: inside(scope.value, kind[0]), kind: kind[1] };
      const own = scope.attribute.kinds[0]?.[1];
      if (own !== 'complex' && urn === undefined && sub === undefined && name.toLowerCase() === 'value') {
        return { values: [scope.value], kind: own };
      }
      this.#unknown();
      return unknown;
    }
    const attribute = known.get((urn === undefined ? name : `${urn}:${name}`).toLowerCase());
    const kind = attribute && (sub === undefined ? attribute.kinds[0] : kindOf(attribute, sub));
    if (attribute === undefined || kind === undefined) {
      this.#unknown();
      return unknown;
    }
    if (kind[1] === 'secret') refuse('secret');
    const container = attribute.place === '' ? [scope.resource] : inside(scope.resource, attribute.place);
    const values = container.flatMap((one) => inside(one, attribute.name));
    return {
      values: sub === undefined ? values : values.flatMap((one) => inside(one, kind[0])),
      kind: kind[1],
      attribute,
    };
  }

  #term(tokens: readonly Token[], at: number, looked: Looked): { truth: boolean; count: number } {
    const operator = word(tokens[at]).toLowerCase();
    if (operator === 'pr') return { truth: isPresent(looked), count: at + 1 };
    if (!/^(?:eq|ne|co|sw|ew|gt|ge|lt|le)$/.test(operator)) refuse('no operator');
    const value = this.#value(tokens[at + 1] ?? refuse('no value'));
    if (value === null) {
      if (operator !== 'eq' && operator !== 'ne') refuse('null');
      return { truth: isPresent(looked) === (operator === 'ne'), count: at + 2 };
    }
    let { values, kind } = looked;
    if (kind === 'complex') {
      kind = (looked.attribute && kindOf(looked.attribute, 'value')?.[1]) ?? refuse('complex');
      if (kind === 'secret') refuse('secret');
      values = values.flatMap((one) => inside(one, 'value'));
    }
    const test = kind === undefined ? () => false : this.#test(kind, operator, value);
    return { truth: operator === 'ne' ? values.length === 0 || values.some(test) : values.some(test), count: at + 2 };
  }

  #test(kind: Kind, operator: string, wanted: string | number | boolean): (value: Json) => boolean {
    const part = /^(?:co|sw|ew)$/.test(operator);
    const order = /^[gl]/.test(operator);
    if ((kind === 'flag' || kind === 'bytes') && (part || order)) refuse('operator');
    if (kind === 'flag') {
      const spelt = typeof wanted === 'string' && this.#lenient ? /^(true)$|^false$/i.exec(wanted) : null;
      const flag = spelt === null ? wanted : spelt[1] !== undefined;
      if (typeof flag !== 'boolean') refuse('flag');
      return (value) => (value === flag) === (operator === 'eq');
    }
    if (kind === 'number') {
      if (part || typeof wanted !== 'number') return refuse('number');
      return (value) => holds(operator, Number(value) < wanted ? -1 : Number(value) > wanted ? 1 : 0);
    }
    if (kind === 'time' && !part) {
      const instant = typeof wanted === 'string' ? instantOf(wanted) : undefined;
      if (instant === undefined) return refuse('time');
      return (value) => {
        const found = instantOf(String(value)) ?? 0n;
        return holds(operator, found < instant ? -1 : found > instant ? 1 : 0);
      };
    }
    if (typeof wanted !== 'string' && !this.#lenient) refuse('text');
    if (typeof wanted === 'number' && !Number.isSafeInteger(wanted)) refuse('text');
    const fold = kind === 'exact' || kind === 'bytes' ? (text: string) => text : folded;
    const right = fold(String(wanted));
    return (value) => {
      const left = fold(String(value));
      if (operator === 'co') return left.split(right).length > 1 || right === '';
      if (operator === 'sw') return left.slice(0, right.length) === right;
      if (operator === 'ew') return right === '' || left.slice(-right.length) === right;
      return holds(operator, left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right)));
    };
  }

  #value(token: Token): string | number | boolean | null {
    if (token.string !== undefined) return token.single === true && !this.#lenient ? refuse('quotes') : token.string;
    const text = word(token);
    if (text === 'true' || text === 'false') return text === 'true';
    if (text === 'null') return null;
    if (numberPattern.test(text) && Math.abs(Number(text)) < Number.POSITIVE_INFINITY) return Number(text);
    return this.#lenient ? text : refuse('no quotes');
  }

  #unknown(): void {
    if (!this.#lenient) refuse('unknown');
  }
}

interface Looked {
  readonly values: Values;
  readonly kind: Kind | undefined;
  readonly attribute?: Known;
}

function refuse(why: string): never {
  throw new Refused(why);
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const [, double, single, mark, plain] = tokenPattern.exec(text) ?? refuse('no token');
    if (double !== undefined) tokens.push({ text: '', string: JSON.parse(double) as string });
    else if (single !== undefined) {
      const inner = single
        .slice(1, -1)
        .replaceAll(/\\'|\\.|"/g, (one) => (one === "\\'" ? "'" : one === '"' ? '\\"' : one));
      tokens.push({ text: '', string: JSON.parse(`"${inner}"`) as string, single: true });
    } else if (mark !== undefined || plain !== undefined) tokens.push({ text: mark ?? plain ?? '' });
    else break;
  }
  if (tokens.some((token) => !(token.string ?? token.text).isWellFormed())) refuse('half a pair');
  return tokens;
}

function lowered(token: Token): string {
  return token.string === undefined ? token.text.toLowerCase() : '';
}

function word(token: Token | undefined): string {
  return token === undefined || token.string !== undefined || '()[]'.includes(token.text) ? '' : token.text;
}

function kindOf(attribute: Known, name: string): readonly [string, Kind] | undefined {
  return attribute.kinds.find(([key], index) => index > 0 && key.toLowerCase() === name.toLowerCase());
}

function inside(value: Json, name: string): Values {
  if (typeof value !== 'object' || Array.isArray(value)) return [];
  const found = Object.entries(value).find(([key]) => key === name)?.[1];
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

function isPresent({ values, attribute }: Looked): boolean {
  return values.some((value) => {
    if (typeof value !== 'object') return value !== '';
    return Object.entries(value).some(
      ([key, one]) => one !== '' && attribute && kindOf(attribute, key)?.[1] !== 'secret',
    );
  });
}

function holds(operator: string, sign: number): boolean {
  if (operator === 'eq') return sign === 0;
  if (operator === 'ne') return sign !== 0;
  return (operator.endsWith('e') && sign === 0) || (operator.startsWith('g') ? sign > 0 : sign < 0);
}

function folded(text: string): string {
  const letters = [...text.normalize('NFC')].map((letter) => (letter === 'ς' ? 'σ' : letter.toLowerCase()));
  return letters.join('').normalize('NFC');
}

/** In units of 10^-30 seconds. */
function instantOf(text: string): bigint | undefined {
  const [, local, fraction = '', sign, hours, minutes] = timePattern.exec(text) ?? [];
  const time = local === undefined ? Number.NaN : Date.parse(`${local}Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== local?.slice(0, 10)) return undefined;
  const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  if (Number(minutes ?? 0) > 59 || offset > 14 * 60) return undefined;
  const seconds = time / 1000 - (sign === '-' ? -offset : offset) * 60;
  return BigInt(seconds) * 10n ** 30n + BigInt(fraction.padEnd(30, '0').slice(0, 30));
}
