export {
  type ArgumentSpec,
  type Command,
  type CommandArguments,
  type CommandBody,
  type CommandContext,
  defineCommand,
  type OptionSpec,
  type OptionSpecs,
  type OptionValues,
} from './command.ts';
