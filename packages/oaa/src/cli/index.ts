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
