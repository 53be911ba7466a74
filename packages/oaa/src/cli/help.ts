import type { ArgumentSpec, Command, CommandContext, OptionSpec, OptionSpecs } from './command.ts';
import { globalOptions } from './global-options.ts';
import { styled } from './output.ts';

/** A line of the list of commands that stands for a whole pack. */
export interface NounHelp {
  readonly noun: string;
  readonly summary: string;
}

const widestLine = 100;

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Two aligned columns, the right one wrapped. */
function columns(rows: readonly (readonly [string, string])[], width: number): string {
  const left = Math.min(34, Math.max(...rows.map(([term]) => term.length)));
  return rows
    .map(([term, text]) => {
      const [first = '', ...others] = wrap(text, width - left - 4);
      const start =
        term.length > left ? `  ${term}\n${' '.repeat(left + 4)}${first}` : `  ${term.padEnd(left)}  ${first}`;
      return [start.trimEnd(), ...others.map((line) => ' '.repeat(left + 4) + line)].join('\n');
    })
    .join('\n');
}

function argumentTerm(argument: ArgumentSpec): string {
  const name = argument.variadic === true ? `${argument.name}...` : argument.name;
  return argument.required === true ? `<${name}>` : `[${name}]`;
}

function optionTerm(name: string, spec: OptionSpec): string {
  const short = spec.alias === undefined ? '' : `-${spec.alias}, `;
  const value = spec.type === 'boolean' ? '' : ` <${spec.valueName ?? spec.choices?.join('|') ?? spec.type}>`;
  return `${short}--${name}${value}`;
}

function optionText(spec: OptionSpec): string {
  const notes = [
    spec.required === true ? 'required' : undefined,
    spec.array === true ? 'may be repeated' : undefined,
    spec.default === undefined || spec.default === false ? undefined : `default: ${spec.default}`,
    spec.choices !== undefined && spec.valueName !== undefined ? `one of: ${spec.choices.join(', ')}` : undefined,
  ].filter((note) => note !== undefined);
  return notes.length === 0 ? spec.describe : `${spec.describe} (${notes.join('; ')})`;
}

function optionRows(specs: OptionSpecs): (readonly [string, string])[] {
  return Object.entries(specs).map(([name, spec]) => [optionTerm(name, spec), optionText(spec)] as const);
}

interface Page {
  readonly width: number;
  readonly heading: (text: string) => string;
}

function pageFor(context: CommandContext): Page {
  const width = Math.max(60, Math.min(context.stdout.columns ?? widestLine, widestLine));
  return { width, heading: (text) => styled(context, context.stdout, 'bold', text) };
}

function section(page: Page, title: string, rows: readonly (readonly [string, string])[]): string[] {
  return rows.length === 0 ? [] : ['', page.heading(title), columns(rows, page.width)];
}

/** The help of one command: summary, call, arguments, options, examples. */
export function commandHelp(context: CommandContext, command: Command): string {
  const page = pageFor(context);
  const terms = (command.arguments ?? []).map(argumentTerm);
  const required = Object.entries(command.options)
    .filter(([, spec]) => spec.required === true)
    .map(([name, spec]) => optionTerm(name, spec));
  return [
    ...wrap(`${command.summary}.`, page.width),
    '',
    page.heading('Usage'),
    `  ${['oaa', ...command.path, ...terms, ...required, '[options]'].join(' ')}`,
    ...section(
      page,
      'Arguments',
      (command.arguments ?? []).map((argument) => [argumentTerm(argument), argument.describe]),
    ),
    ...section(page, 'Options', optionRows(command.options)),
    ...section(page, 'Options of every command', optionRows(globalOptions)),
    '',
    page.heading(command.examples.length === 1 ? 'Example' : 'Examples'),
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

/** The help of `oaa` itself, or of a noun with several verbs (`words`). */
export function commandListHelp(
  context: CommandContext,
  words: readonly string[],
  commands: readonly Command[],
  nouns: readonly NounHelp[] = [],
): string {
  const page = pageFor(context);
  const rows = commands.map((command) => {
    const terms = (command.arguments ?? []).map(argumentTerm);
    return [[...command.path, ...terms].join(' '), command.summary] as const;
  });
  const packRows = nouns.map(({ noun, summary }) => [`${noun} ...`, summary] as const);
  const intro = words.length === 0 ? ['Describe who can do what in an application to a Veza tenant.', ''] : [];
  return [
    ...intro,
    page.heading('Usage'),
    `  ${['oaa', ...words, '<command>', '[options]'].join(' ')}`,
    ...section(page, 'Commands', [...rows, ...packRows]),
    ...section(page, 'Options of every command', optionRows(globalOptions)),
    '',
    `${['oaa', ...words, '<command>', '--help'].join(' ')} explains a command and shows an example.`,
    '',
  ].join('\n');
}
