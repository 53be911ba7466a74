import yargs from 'yargs';
import { nearestName } from '../errors/index.ts';
import type { Command, CommandArguments, OptionSpec, OptionSpecs } from './command.ts';
import { CommandUsageError } from './command-usage-error.ts';
import { globalOptions } from './global-options.ts';
import { printableLine } from './printable.ts';

type Value = string | number | boolean;

const parserConfiguration = {
  'boolean-negation': true,
  'camel-case-expansion': false,
  'dot-notation': false,
  'duplicate-arguments-array': true,
  'greedy-arrays': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'populate--': false,
  'strip-aliased': true,
};

/** Flags that people try for the API key. A key on the command line can be read by everybody on the machine. */
const secretFlags = ['key', 'token', 'password', 'secret', 'api-token', 'apikey', 'bearer'];

const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);
const quoted = (text: string): string => `"${printableLine(text)}"`;

function suggestion(name: string, known: readonly string[]): string {
  if (secretFlags.includes(name.toLowerCase())) {
    return ' Secrets are never given on the command line: set VEZA_API_KEY, or name a reference with --api-key env:NAME.';
  }
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` Did you mean ${dashed(nearest)}?`;
}

/** One value as its option wants it, or what is wrong with it. */
function convert(name: string, spec: OptionSpec, raw: unknown): { value: Value } | { problem: string } {
  if (spec.type === 'boolean') {
    return typeof raw === 'boolean' ? { value: raw } : { problem: `${dashed(name)} takes no value.` };
  }
  const text = typeof raw === 'string' ? raw : '';
  if (text === '') return { problem: `${dashed(name)} needs a value: ${spec.describe}.` };
  if (spec.type === 'number') {
    const value = Number(text);
    return text.trim() !== '' && Number.isFinite(value)
      ? { value }
      : { problem: `${dashed(name)} must be a number, not ${quoted(text)}.` };
  }
  if (spec.choices !== undefined && !spec.choices.includes(text)) {
    const nearest = nearestName(text, spec.choices);
    const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    return { problem: `${dashed(name)} must be one of ${spec.choices.join(', ')}, not ${quoted(text)}.${meant}` };
  }
  return { value: text };
}

function readOptions(parsed: Readonly<Record<string, unknown>>, specs: OptionSpecs, problems: string[]) {
  const options: Record<string, Value | readonly Value[] | undefined> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const raw = Object.hasOwn(parsed, name) ? parsed[name] : undefined;
    if (raw === undefined) {
      if (spec.required === true) problems.push(`Missing option ${dashed(name)}: ${spec.describe}.`);
      if (spec.default !== undefined) options[name] = spec.default;
      continue;
    }
    const given = Array.isArray(raw) ? raw : [raw];
    if (given.length > 1 && spec.array !== true && spec.type !== 'boolean') {
      problems.push(`${dashed(name)} was given ${given.length} times; it takes one value.`);
      continue;
    }
    const values: Value[] = [];
    for (const item of given) {
      const converted = convert(name, spec, item);
      if ('problem' in converted) problems.push(converted.problem);
      else values.push(converted.value);
    }
    options[name] = spec.array === true ? values : values.at(-1);
  }
  return options;
}

function readPositionals(given: readonly string[], command: Command, problems: string[]) {
  const positionals: Record<string, string | readonly string[] | undefined> = {};
  let next = 0;
  for (const argument of command.arguments ?? []) {
    if (argument.variadic === true) {
      positionals[argument.name] = given.slice(next);
      if (argument.required === true && next >= given.length) {
        problems.push(`Missing argument <${argument.name}>: ${argument.describe}.`);
      }
      next = given.length;
    } else if (next < given.length) {
      positionals[argument.name] = given[next];
      next += 1;
    } else if (argument.required === true) {
      problems.push(`Missing argument <${argument.name}>: ${argument.describe}.`);
    }
  }
  for (const extra of given.slice(next)) problems.push(`Unexpected argument ${quoted(extra)}.`);
  return positionals;
}

/**
 * Reads the options and positional arguments of a command.
 *
 * @param rest the call without the words that name the command.
 * @throws {CommandUsageError} with every problem of the call.
 */
export async function parseArguments(command: Command, rest: readonly string[]): Promise<CommandArguments> {
  const specs: OptionSpecs = { ...globalOptions, ...command.options };
  const problems: string[] = [];
  let parser = yargs()
    .help(false)
    .version(false)
    .exitProcess(false)
    .locale('en')
    .parserConfiguration(parserConfiguration);
  for (const [name, spec] of Object.entries(specs)) {
    // Numbers are read as text, so that a message can show what was typed.
    const type = spec.type === 'boolean' ? 'boolean' : 'string';
    const alias = spec.alias === undefined ? {} : { alias: spec.alias };
    parser = parser.option(name, { type, array: spec.array === true, ...alias });
  }
  parser = parser.fail((message, error) => {
    throw error ?? new CommandUsageError([message], command.path);
  });
  const { _: positionals, $0: _program, ...parsed } = await parser.parseAsync([...rest]);

  const aliases = Object.values(specs).flatMap((spec) => spec.alias ?? []);
  const known = Object.keys(specs);
  for (const name of Object.keys(parsed)) {
    if (known.includes(name) || aliases.includes(name)) continue;
    problems.push(`Unknown option ${printableLine(dashed(name))}.${suggestion(name, known)}`);
  }
  const options = readOptions(parsed, specs, problems);
  const values = readPositionals(positionals.map(String), command, problems);
  if (problems.length > 0) throw new CommandUsageError(problems, command.path);
  return { options, positionals: values } as CommandArguments;
}
