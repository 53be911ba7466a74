import type { Command } from '@oaa-kit/oaa/cli';
import { registrarCommands } from './commands/registrar.ts';
import { sandboxCommand } from './commands/sandbox.ts';

/** The commands that this pack adds to `oaa`; their bodies are loaded when they run. */
export const commands: readonly Command[] = [...registrarCommands, sandboxCommand];
