import type { LookupTables } from './lookup-table.ts';

/** What a function may take from outside. */
export interface FunctionContext {
  readonly lookupTables: LookupTables;
  /** Which of several results is wanted, from 0: where a name is taken, the next is asked for. */
  readonly candidate: number;
}

export type FunctionResult = string | { readonly problem: string };

export interface FormatterFunction {
  /**
   * How well it is known that the tenant has it, from the transformer pages of docs.veza.com, of which only the beginnings
   * are at hand: `documented` with its parameters; `named` there without them; `assumed` by analogy.
   */
  readonly evidence: 'documented' | 'named' | 'assumed';
  /** How it is called: shown when the arguments are wrong. */
  readonly usage: string;
  /** How many arguments, beside the text that it is applied to. */
  readonly minimum: number;
  readonly maximum: number;
  /** How many results it has, for a function with several. */
  readonly candidates?: (args: readonly string[]) => number;
  readonly apply: (text: string, args: readonly string[], context: FunctionContext) => FunctionResult;
}
