import type { Argument, Call, Formatter, FormatterProblem, Place } from './formatter.ts';
import type { FunctionContext } from './formatter-function.ts';
import { functionNamed, functionNames } from './functions.ts';
import { unknown } from './lookup-table.ts';

/** Attributes of the source of identity, by name. */
export type SourceAttributes = Readonly<Record<string, unknown>>;

export interface FormatterContext extends FunctionContext {
  readonly attributes: SourceAttributes;
}

/** A longer text is no attribute. */
const maximumResult = 10_000;

/** Evaluates a formatter once, and keeps what was wrong. */
class Evaluation {
  readonly problems: FormatterProblem[] = [];
  readonly context: FormatterContext;
  /** How many results there are, as far as functions with several were met. */
  candidates = 1;

  constructor(context: FormatterContext) {
    this.context = context;
  }

  problem(position: number, message: string): string {
    this.problems.push({ position, message });
    return '';
  }

  formatter(formatter: Formatter): string {
    return formatter.map((part) => (typeof part === 'string' ? part : this.place(part))).join('');
  }

  place({ source, calls, position }: Place): string {
    if (source === undefined) return this.calls(calls, undefined);
    const text = 'attribute' in source ? this.attribute(source.attribute, position) : this.formatter(source.text.value);
    return this.calls(calls, text);
  }

  attribute(name: string, position: number): string {
    const { attributes } = this.context;
    if (!Object.hasOwn(attributes, name)) {
      return this.problem(position, unknown('attribute', name, Object.keys(attributes)));
    }
    const value = attributes[name] ?? '';
    if (typeof value === 'object')
      return this.problem(position, `the attribute "${name}" is a list or an object, not a text`);
    return String(value);
  }

  /** What comes out of the last function. `input` is undefined where nothing went in. */
  calls(calls: readonly Call[], input: string | undefined): string {
    let text = input;
    for (const call of calls) {
      if (this.problems.length > 0) return '';
      text = this.call(call, text);
      if (text.length > maximumResult)
        return this.problem(call.position, `gives more than ${maximumResult} characters`);
    }
    return text ?? '';
  }

  call({ name, args, position }: Call, input: string | undefined): string {
    const found = functionNamed(name);
    if (found === undefined) return this.problem(position, unknown('function', name, functionNames));
    const values = args.map(({ value }: Argument) => this.formatter(value));
    // The documents give the text in front of the other arguments, too: {FIRST_N, "world", 4}.
    const hasText = found.candidates === undefined && (input === undefined || args.length > found.maximum);
    const [text, rest] = hasText ? [values[0], values.slice(1)] : [input ?? '', values];
    if (text === undefined || rest.length < found.minimum || rest.length > found.maximum) {
      return this.problem(position, `${name} has other arguments: ${found.usage}`);
    }
    this.candidates = Math.max(this.candidates, found.candidates?.(rest) ?? 1);
    const result = found.apply(text, rest, this.context);
    return typeof result === 'string' ? result : this.problem(position, `${name}: ${result.problem}`);
  }
}

/** What a formatter gives, one text for each candidate, or what is wrong with it. */
export type FormatterResult =
  | { readonly texts: readonly string[] }
  | { readonly problems: readonly FormatterProblem[] };

/**
 * What a formatter makes of the attributes: one text, or with a function of several results (`NEXT_NUMBER`) as many.
 *
 * @param thenApply functions that the whole text goes through
 */
export function evaluateFormatter(
  formatter: Formatter,
  thenApply: readonly Call[],
  context: Omit<FormatterContext, 'candidate'>,
): FormatterResult {
  const texts: string[] = [];
  for (let candidate = 0, count = 1; candidate < count; candidate += 1) {
    const evaluation = new Evaluation({ ...context, candidate });
    const text = evaluation.formatter(formatter);
    texts.push(thenApply.length === 0 ? text : evaluation.calls(thenApply, text));
    if (evaluation.problems.length > 0) return { problems: evaluation.problems };
    count = Math.min(evaluation.candidates, 100);
  }
  return { texts };
}
