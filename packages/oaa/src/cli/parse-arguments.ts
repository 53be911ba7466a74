import { Parser } from 'yargs/helpers';
import { nearestName } from '../errors/index.ts';
import type { Command, CommandArguments, OptionSpec, OptionSpecs } from './command.ts';
import { CommandUsageError } from './command-usage-error.ts';
import { globalOptions } from './global-options.ts';
import { printableLine } from './printable.ts';

type Value = string | number | boolean;

/** How yargs reads a call. Numbers stay text, so that a message can show what was typed. */
const configuration = {
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

function unknownOption(name: string, nearest: string | undefined): string {
  const message = `Unknown option ${printableLine(dashed(name))}.`;
  if (secretFlags.includes(name.toLowerCase())) {
    return `${message} Secrets are never given on the command line: set VEZA_API_KEY, or name a reference with --api-key env:NAME.`;
  }
  return nearest === undefined ? message : `${message} Did you mean ${dashed(nearest)}?`;
}

/** One value as its option wants it, or what is wrong with it. */
function convert(name: string, spec: OptionSpec, raw: unknown): { value: Value } | { problem: string } {
  if (spec.type === 'boolean') return { value: raw === true };
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

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly specs: OptionSpecs;
  /** Options that a misspelled one probably means; that they are missing is not said as well. */
  readonly meant: ReadonlySet<string>;
}

function readOptions({ values: parsed, specs, meant }: Parsed, problems: string[]) {
  const options: Record<string, Value | readonly Value[] | undefined> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const raw = Object.hasOwn(parsed, name) ? parsed[name] : undefined;
    if (raw === undefined) {
      if (spec.required === true && !meant.has(name))
        problems.push(`Missing option ${dashed(name)}: ${spec.describe}.`);
      if (spec.default !== undefined) options[name] = spec.default;
      continue;
    }
    const given: unknown[] = Array.isArray(raw) && raw.length > 0 ? raw : [raw];
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

/** Switches that were given a value such as `--dry-run=maybe`, which yargs would read as false. */
function valuesOfSwitches(rest: readonly string[], specs: OptionSpecs): string[] {
  const end = rest.indexOf('--');
  const given = (end === -1 ? rest : rest.slice(0, end)).map((token) => /^--([^=]+)=(.*)$/s.exec(token));
  return given.flatMap((match) => {
    const [, name = '', value = ''] = match ?? [];
    const isSwitch = Object.hasOwn(specs, name) && specs[name]?.type === 'boolean';
    return isSwitch && value !== 'true' && value !== 'false' ? [`${dashed(name)} takes no value.`] : [];
  });
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
  const names = Object.keys(specs);
  const alias = Object.fromEntries(names.map((name) => [name, specs[name]?.alias ?? []]));
  const { _: positionals, ...parsed } = Parser([...rest], {
    configuration,
    alias,
    boolean: names.filter((name) => specs[name]?.type === 'boolean'),
    string: names.filter((name) => specs[name]?.type !== 'boolean'),
    array: names.filter((name) => specs[name]?.array === true),
  });
  const meant = new Set<string>();
  for (const name of Object.keys(parsed)) {
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    if (nearest !== undefined) meant.add(nearest);
    problems.push(unknownOption(name, nearest));
  }
  const options = readOptions({ values: parsed, specs, meant }, problems);
  problems.push(...valuesOfSwitches(rest, specs));
  const values = readPositionals(positionals.map(String), command, problems);
  if (problems.length > 0) throw new CommandUsageError(problems, command.path);
  return { options, positionals: values } as CommandArguments;
}
