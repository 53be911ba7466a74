export {
  type ArgumentSpec,
  type Command,
  type CommandArguments,
  type CommandBody,
  type CommandContext,
  type CommandPack,
  defineCommand,
  type InputStream,
  type OptionSpec,
  type OptionSpecs,
  type OptionValues,
  type OutputStream,
} from './command.ts';
export { ask, canAsk } from './confirm.ts';
export { guardOptions, openTenant, readJsonFile } from './for-packs.ts';
export { counted, formatBytes, printJson, printLine, printNote, printTable, styled } from './output.ts';
export { printable, printableLine } from './printable.ts';
export { type ProgressLine, progressLine } from './progress.ts';
export { refuseOverwriting } from './refuse-overwriting.ts';
export { type RunOptions, runCli } from './run.ts';
export { stderrLogger } from './stderr-logger.ts';
export { tenantOptions } from './tenant-options.ts';
