import type { Command } from '@oaa-kit/oaa/cli';
import { actCommands } from './commands/act.ts';
import { baseCommands } from './commands/base.ts';
import { checkCommand } from './commands/check.ts';
import { historyCommand } from './commands/history.ts';
import { journalCommands } from './commands/journal.ts';
import { organizationCreateCommand, organizationListCommand } from './commands/organization.ts';
import { publishCommands } from './commands/publish.ts';
import { serveCommand } from './commands/serve.ts';
import { tokenCreateCommand, tokenListCommand, tokenRevokeCommand } from './commands/token.ts';

/** The commands that this pack adds to `oaa`; their bodies are loaded when they run. */
export const commands: readonly Command[] = [
  serveCommand,
  organizationCreateCommand,
  organizationListCommand,
  tokenCreateCommand,
  tokenListCommand,
  tokenRevokeCommand,
  checkCommand,
  ...actCommands,
  ...journalCommands,
  ...baseCommands,
  historyCommand,
  ...publishCommands,
];
