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
  /** Stands for the value in help: `folder` is shown as `--save-json <folder>`. */
  readonly valueName?: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type Text<Spec extends OptionSpec> = Spec extends { readonly choices: readonly (infer Choice extends string)[] }
  ? Choice
  : string;
type Scalar<Spec extends OptionSpec> = Spec['type'] extends 'string'
  ? Text<Spec>
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

/** A stream that a command prints to. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/** The stream that a command reads from. */
export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };

/** Everything a command may touch outside its arguments, so that it can run inside a test. */
export interface CommandContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: InputStream;
  /** Results, and nothing else. */
  readonly stdout: OutputStream;
  /**
   * Standard output for a document that is itself the result, written as it is: a payload in which a secret were masked
   * would be another payload.
   */
  readonly document: OutputStream;
  /** Progress and diagnostics. */
  readonly stderr: OutputStream;
  /** Aborted on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** `--json` was given: results are printed as one JSON document. */
  readonly json: boolean;
  /** `--quiet` was given: no progress on stderr. */
  readonly quiet: boolean;
  /** `--debug` was given: log lines and stack traces on stderr. */
  readonly debug: boolean;
  /** `--config`: another settings file than `oaa.config.yaml`; relative to `cwd`. */
  readonly configFile: string | undefined;
  /** From now on, this value is replaced by `(secret)` in everything that is printed. Call it for every resolved secret. */
  readonly hideSecret: (value: string) => void;
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

/** What the module `<package>/cli` of a command pack exports; a pack adds commands to `oaa`. */
export interface CommandPack {
  /** Metadata only: importing the pack must not load the bodies. */
  readonly commands: readonly Command[];
}
