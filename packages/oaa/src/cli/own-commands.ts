import type { Command } from './command.ts';
import { buildCommand } from './commands/build.ts';
import { diffCommand } from './commands/diff.ts';
import { mappingSuggestCommand } from './commands/mapping-suggest.ts';
import { providerDeleteCommand } from './commands/provider-delete.ts';
import { providerGetCommand } from './commands/provider-get.ts';
import { providerListCommand } from './commands/provider-list.ts';
import { pushCommand } from './commands/push.ts';
import { tenantCheckCommand } from './commands/tenant-check.ts';
import { validateCommand } from './commands/validate.ts';

/** The commands that this package brings itself. */
export const ownCommands: readonly Command[] = [
  mappingSuggestCommand,
  buildCommand,
  validateCommand,
  diffCommand,
  pushCommand,
  providerListCommand,
  providerGetCommand,
  providerDeleteCommand,
  tenantCheckCommand,
];
