import { InputError } from '@oaa-kit/oaa';
import { evaluateFormatter, type SourceAttributes } from './evaluate-formatter.ts';
import type { Call, FormatterProblem } from './formatter.ts';
import type { LookupTables } from './lookup-table.ts';
import { parseFormatter, parseThenApply } from './parse-formatter.ts';

/** How one attribute of the target is made of those of the source of identity. */
export interface Transformer {
  /** The attribute of the target, as policies name it: `user_name`. */
  readonly attribute: string;
  /** `{first_name | LOWER}.{last_name | LOWER}@example.com` */
  readonly formatter: string;
  /** Functions that the whole text goes through: `| ASCII | LOWER`. */
  readonly thenApply?: string | undefined;
  /** Formatters to try in turn when a user name is taken. Of `user_name` only. */
  readonly fallbacks?: readonly string[] | undefined;
}

export interface TransformerContext {
  readonly attributes: SourceAttributes;
  readonly lookupTables?: LookupTables | undefined;
}

export interface TransformedAttributes {
  /** By the attribute of the target. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Further user names, in the order in which they are to be tried. */
  readonly fallbackUserNames: readonly string[];
}

/** The one attribute whose conflicts lead to fallbacks: what a 409 `uniqueness` of SCIM is about (RFC 7643 s4.1.1). */
const uniqueAttribute = 'user_name';

function describe(attribute: string, text: string, { position, message }: FormatterProblem): string {
  const shown = text.length > 200 ? `${text.slice(0, 200)}...` : text;
  return `${attribute}: ${JSON.stringify(shown)}, character ${position}: ${message}`;
}

/**
 * Makes the attributes of a user: each formatter is filled in with the attributes of the source of identity, and goes
 * through the functions. Nothing is looked up or random but in the tables: the same input gives the same user names.
 *
 * @throws InputError `input-invalid` with every problem, the character and the nearest name
 *
 * @example
 * applyTransformers(
 *   [{ attribute: 'user_name', formatter: '{first_name}.{last_name}', thenApply: '| ASCII | LOWER' }],
 *   { attributes: { first_name: 'Zoë', last_name: 'Ohm' } },
 * ).attributes; // { user_name: 'zoe.ohm' }
 */
export function applyTransformers(
  transformers: readonly Transformer[],
  { attributes, lookupTables = {} }: TransformerContext,
): TransformedAttributes {
  const problems: string[] = [];
  const made = new Map<string, string>();
  const fallbackUserNames: string[] = [];

  function evaluate(attribute: string, text: string, thenApply: readonly Call[]): readonly string[] {
    const formatter = parseFormatter(text);
    if ('message' in formatter) {
      problems.push(describe(attribute, text, formatter));
      return [];
    }
    const result = evaluateFormatter(formatter, thenApply, { attributes, lookupTables });
    if ('texts' in result) return result.texts;
    problems.push(...result.problems.map((problem) => describe(attribute, text, problem)));
    return [];
  }

  for (const { attribute, formatter, thenApply = '', fallbacks = [] } of transformers) {
    const calls = thenApply.trim() === '' ? [] : parseThenApply(thenApply);
    if ('message' in calls) {
      problems.push(describe(attribute, thenApply, calls));
      continue;
    }
    if (made.has(attribute)) problems.push(`${attribute}: there are two transformers`);
    const [first = '', ...further] = [formatter, ...fallbacks].flatMap((text) => evaluate(attribute, text, calls));
    made.set(attribute, first);
    if (attribute === uniqueAttribute) fallbackUserNames.push(...further);
    else if (further.length > 0) problems.push(`${attribute}: only ${uniqueAttribute} has fallbacks`);
  }
  if (problems.length > 0) {
    throw new InputError('input-invalid', `The formatters cannot be used:\n  ${problems.join('\n  ')}`, {
      hint: 'Correct the formatters, or give the attributes that they name.',
    });
  }
  return { attributes: Object.fromEntries(made), fallbackUserNames };
}
