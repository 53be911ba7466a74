/** A formatter taken apart: fixed text and places that are filled in. */
export type Formatter = readonly (string | Place)[];

/** `{first_name | FIRST_N, 1 | LOWER}` */
export interface Place {
  /** Where it begins in the text of the formatter, from 1. */
  readonly position: number;
  /** What goes into the first function: an attribute, a text, or nothing (`{| NEXT_NUMBER, 2, 3}`). */
  readonly source: { readonly attribute: string } | { readonly text: Argument } | undefined;
  readonly calls: readonly Call[];
}

/** A function with what it is given beside the text. */
export interface Call {
  readonly position: number;
  readonly name: string;
  readonly args: readonly Argument[];
}

export interface Argument {
  readonly position: number;
  /** A text in quotes may have places of its own: `APPEND, "{last_name}"`. */
  readonly value: Formatter;
}

/** What is wrong with a formatter, and where: the character, from 1. */
export interface FormatterProblem {
  readonly position: number;
  readonly message: string;
}
