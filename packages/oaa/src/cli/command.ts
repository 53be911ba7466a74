import type { ExitCode } from '../errors/index.ts';

/** One option of a command, written once: help, parsing and the reference page are made from it. */
export interface OptionSpec {
  readonly type: 'string' | 'number' | 'boolean';
  readonly describe: string;
  /** May be given several times; the value is then an array. */
  readonly array?: boolean;
  readonly required?: boolean;
  readonly default?: string | number | boolean;
  readonly choices?: readonly string[];
  readonly alias?: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type Scalar<Spec extends OptionSpec> = Spec['type'] extends 'string'
  ? string
  : Spec['type'] extends 'number'
    ? number
    : boolean;
type Multiple<Spec extends OptionSpec> = Spec['array'] extends true ? readonly Scalar<Spec>[] : Scalar<Spec>;
type Present<Spec extends OptionSpec> = Spec['required'] extends true
  ? Multiple<Spec>
  : undefined extends Spec['default']
    ? Multiple<Spec> | undefined
    : Multiple<Spec>;

/** The parsed values of a set of options, keyed as they are declared. */
export type OptionValues<Specs extends OptionSpecs> = { readonly [Name in keyof Specs]: Present<Specs[Name]> };

/** A positional argument. `variadic` takes all that remain. */
export interface ArgumentSpec {
  readonly name: string;
  readonly describe: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
}

/** Everything a command may touch outside its arguments, so that it can run inside a test. */
export interface CommandContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Aborted on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** `--json` was given: results are printed as one JSON document. */
  readonly json: boolean;
  /** `--quiet` was given: no progress on stderr. */
  readonly quiet: boolean;
}

export interface CommandArguments<Specs extends OptionSpecs = OptionSpecs> {
  readonly options: OptionValues<Specs>;
  /** Positional arguments by name; a variadic one is an array. */
  readonly positionals: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** A command's body: prints its result to `context.stdout` and returns the exit code (nothing means 0). */
export type CommandBody<Specs extends OptionSpecs = OptionSpecs> = (
  context: CommandContext,
  args: CommandArguments<Specs>,
) => Promise<ExitCode | undefined> | Promise<void>;

/** A command as data. Its body is loaded only when it runs, so that help stays fast. */
export interface Command<Specs extends OptionSpecs = OptionSpecs> {
  /** The words after `oaa`: `['provider', 'list']`. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options: Specs;
  /** Shown by `--help`; each runs in a test. */
  readonly examples: readonly string[];
  /** Loads the module with the body. */
  readonly load: () => Promise<CommandBody<Specs>>;
}

/** Ties the option types of a command to its body. */
export function defineCommand<const Specs extends OptionSpecs>(command: Command<Specs>): Command {
  return command as unknown as Command;
}
