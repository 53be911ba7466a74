import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors/index.ts';

/** What a secret reference may be resolved against. */
export interface SecretContext {
  /** For `env:`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For relative paths of `file:`, and where `cmd:` runs. */
  readonly cwd: string;
  /** `cmd:` runs programs only when this is true. */
  readonly allowCommands?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

const maximumBytes = 64 * 1024;
const commandTimeoutMs = 30_000;
const forms = 'env:NAME, file:path or cmd:program';

function invalid(message: string, hint: string): UsageError {
  return new UsageError('setting-invalid', message, { hint });
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}

function fromEnvironment(name: string, { env }: SecretContext): string {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === undefined || value === '') {
    const state = value === undefined ? 'not set' : 'empty';
    throw new UsageError(
      'setting-missing',
      `The environment variable ${name} of the reference env:${name} is ${state}.`,
      {
        hint: `Set ${name}, or point the reference somewhere else.`,
      },
    );
  }
  return value;
}

async function fromFile(path: string, { cwd }: SecretContext): Promise<string> {
  const file = resolve(cwd, path);
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > maximumBytes) throw new Error(`it is larger than ${maximumBytes} bytes`);
    text = withoutLineEnd(await readFile(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : (code ?? message);
    throw new UsageError('file-unreadable', `The secret file ${file} cannot be read: ${reason}.`, {
      hint: `Check the reference file:${path}; relative paths begin at ${cwd}.`,
    });
  }
  if (text === '') throw invalid(`The secret file ${file} is empty.`, 'Write the secret into it, and nothing else.');
  return text;
}

/** Splits at blanks; single and double quotes keep a part together. There is no other syntax. */
export function splitCommand(command: string): string[] {
  return [...command.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([part]) =>
    part.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''),
  );
}

async function fromCommand(command: string, context: SecretContext): Promise<string> {
  const [program, ...args] = splitCommand(command);
  if (program === undefined) throw invalid('The reference cmd: names no program.', 'Write cmd:program argument ...');
  if (context.allowCommands !== true) {
    throw invalid(
      `The reference cmd:${program} ... would run a program, which is not allowed here.`,
      'Allow it with --allow-commands or OAA_ALLOW_COMMANDS=true when you trust the file that holds the reference.',
    );
  }
  const output = await new Promise<string>((done, fail) => {
    const options = { cwd: context.cwd, timeout: commandTimeoutMs, maxBuffer: maximumBytes, signal: context.signal };
    execFile(program, args, { ...options, env: { ...context.env }, shell: false }, (error, stdout) => {
      if (error === null) {
        done(withoutLineEnd(stdout));
        return;
      }
      // The arguments and the output may hold secrets: only the program and its end are told.
      const reason =
        error.code === 'ENOENT'
          ? 'there is no such program'
          : error.killed === true
            ? `it took longer than ${commandTimeoutMs / 1000} s`
            : `it ended with ${error.code ?? error.signal ?? 'an error'}`;
      fail(
        invalid(`The program ${program} of a cmd: reference gave no secret: ${reason}.`, 'Run it by hand to see why.'),
      );
    });
  });
  if (output === '')
    throw invalid(`The program ${program} of a cmd: reference printed nothing.`, 'It must print the secret.');
  return output;
}

/** Whether a text has the form of a secret reference. */
export function isSecretReference(text: string): boolean {
  return /^(?:env|file|cmd):/.test(text);
}

/**
 * Reads the secret that a reference points to: `env:NAME` a variable, `file:path` a whole file, `cmd:program argument`
 * what a program prints (no shell is involved). One line end at the end is cut.
 *
 * @throws UsageError when it cannot be read, or the text is no reference; the message never shows the text then,
 *   because it may be the secret itself
 *
 * @example
 * const token = await resolveSecret('env:SCIM_TOKEN', { env: process.env, cwd: process.cwd() });
 */
export async function resolveSecret(reference: string, context: SecretContext): Promise<string> {
  const target = reference.slice(reference.indexOf(':') + 1).trim();
  if (!isSecretReference(reference)) {
    throw invalid(
      'A secret was expected as a reference, and found to be something else (not shown).',
      `Write ${forms}.`,
    );
  }
  if (target === '') throw invalid(`The secret reference "${reference.trim()}" points nowhere.`, `Write ${forms}.`);
  if (reference.startsWith('env:')) return fromEnvironment(target, context);
  return reference.startsWith('file:') ? fromFile(target, context) : fromCommand(target, context);
}
