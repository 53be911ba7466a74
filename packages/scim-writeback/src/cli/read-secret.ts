import type { CommandContext } from '@oaa-kit/oaa/cli';
import { readEnvFile, resolveSecret } from '@oaa-kit/oaa/settings';

/** The variables that commands which ask a service go by: those of the process, and below them those of `.env`. */
export async function clientEnvironment({ cwd, env }: Pick<CommandContext, 'cwd' | 'env'>) {
  return { ...(await readEnvFile(cwd)), ...env };
}

/**
 * The secret that a reference leads to. Hides it.
 *
 * @param allowCommands whether `cmd:` references may run programs
 * @throws UsageError
 */
export async function readSecret(
  context: CommandContext,
  reference: string,
  allowCommands: boolean | undefined,
): Promise<string> {
  const { cwd, signal } = context;
  const secret = await resolveSecret(reference, { cwd, env: await clientEnvironment(context), signal, allowCommands });
  context.hideSecret(secret);
  return secret;
}
