import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { type ExitCode, exitCodes, OaaError, UnreachableError } from '../errors/index.ts';
import type { Command, CommandContext, InputStream, OutputStream } from './command.ts';
import { configuredPackCommands } from './configured-packs.ts';
import { exitCodeOf } from './error-document.ts';
import { findCommand, firstWord } from './find-command.ts';
import { type GlobalValues, readGlobalOptions } from './global-options.ts';
import { commandHelp, commandListHelp } from './help.ts';
import { MaskedOutput } from './masked-output.ts';
import { missingCommand } from './missing-command.ts';
import { ownCommands } from './own-commands.ts';
import { loadKnownPack, nodePackLoader, type PackLoader, packNouns } from './packs.ts';
import { printError } from './print-error.ts';
import { SecretMask } from './secret-mask.ts';

/** The world around a call of `oaa`. What is left out is that of the process. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: InputStream;
  readonly stdout?: OutputStream;
  readonly stderr?: OutputStream;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  readonly packLoader?: PackLoader;
}

/** Values of environment variables with such names are never printed, whoever reads them. */
const secretName = /(?:^|_)(?:KEY|TOKEN|SECRET|PASSWORD)$/i;

const packageFolder = dirname(fileURLToPath(import.meta.url));

function secretsIn(env: CommandContext['env']): SecretMask {
  const mask = new SecretMask();
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && secretName.test(name)) mask.add(value);
  }
  return mask;
}

/** The commands among which a call is looked up: packs are loaded only for calls that are not ours. */
async function commandsFor(
  argv: readonly string[],
  context: CommandContext,
  loader: PackLoader,
): Promise<readonly Command[]> {
  const noun = firstWord(argv);
  if (ownCommands.some(({ path }) => path[0] === noun)) return ownCommands;
  const folders = [context.cwd, packageFolder];
  const ofKnownPack = noun === undefined ? undefined : await loadKnownPack(noun, folders, loader);
  return ofKnownPack ?? [...ownCommands, ...(await configuredPackCommands(context, folders, loader))];
}

async function runCommand(command: Command, rest: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { parseArguments } = await import('./parse-arguments.ts');
  const args = await parseArguments(command, rest);
  const body = await command.load();
  return (await body(context, args)) ?? exitCodes.done;
}

async function run(
  argv: readonly string[],
  globals: GlobalValues,
  context: CommandContext,
  loader: PackLoader,
): Promise<ExitCode> {
  if (globals.version) {
    context.stdout.write(`${packageJson.version}\n`);
    return exitCodes.done;
  }
  const askedForHelp = firstWord(argv) === 'help';
  const call = askedForHelp ? argv.toSpliced(argv.indexOf('help'), 1) : argv;
  const commands = await commandsFor(call, context, loader);
  const found = findCommand(call, commands);
  if (globals.help || askedForHelp) {
    if (found.command !== undefined) context.stdout.write(commandHelp(context, found.command));
    else if (found.unknownWord !== undefined) throw missingCommand(found);
    else
      context.stdout.write(
        commandListHelp(context, found.words, found.candidates, found.words.length === 0 ? packNouns : []),
      );
    return exitCodes.done;
  }
  if (found.command !== undefined) return runCommand(found.command, found.rest, context);
  if (call.length === 0) context.stderr.write(`${commandListHelp(context, [], commands, packNouns)}\n`);
  throw missingCommand(found);
}

/** What an error means that came after SIGINT or SIGTERM. */
function stopped(thrown: unknown): OaaError {
  if (thrown instanceof OaaError) return thrown;
  return new UnreachableError('aborted', 'Stopped by a signal before it was done.', { cause: thrown });
}

/**
 * Runs `oaa` with these arguments (without the program's name) and returns its exit code. Never throws, never ends the
 * process: results go to `stdout`, all else to `stderr`, and no secret to either.
 *
 * @example
 * const exitCode = await runCli(['validate', 'payload.json', '--json']);
 */
export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<ExitCode> {
  const globals = readGlobalOptions(argv);
  const env = options.env ?? process.env;
  const mask = secretsIn(env);
  const stdout = new MaskedOutput(options.stdout ?? process.stdout, mask);
  const document = new MaskedOutput(options.stdout ?? process.stdout, new SecretMask());
  const stderr = new MaskedOutput(options.stderr ?? process.stderr, mask);
  const context: CommandContext = {
    cwd: options.cwd ?? process.cwd(),
    env,
    stdin: options.stdin ?? process.stdin,
    stdout,
    document,
    stderr,
    signal: options.signal ?? new AbortController().signal,
    now: options.now ?? (() => new Date()),
    json: globals.json,
    quiet: globals.quiet,
    debug: globals.debug,
    configFile: globals.config,
    hideSecret: (value) => mask.add(value),
  };
  let exitCode: ExitCode;
  try {
    exitCode = await run(argv, globals, context, options.packLoader ?? nodePackLoader);
  } catch (thrown) {
    const error = context.signal.aborted ? stopped(thrown) : thrown;
    printError(context, error);
    exitCode = exitCodeOf(error);
  }
  await Promise.all([stdout.flush(), document.flush()]);
  const failure = stdout.failure ?? document.failure;
  if (failure !== undefined) {
    context.stderr.write(`Error: The result could not be written to stdout: ${failure.message}\n`);
    exitCode = exitCodes.fault;
  }
  await stderr.flush();
  return exitCode;
}
