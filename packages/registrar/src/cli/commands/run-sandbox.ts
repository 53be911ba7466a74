import { once } from 'node:events';
import { resolve } from 'node:path';
import { type CommandBody, type CommandContext, printJson, printLine, printNote } from '@oaa-kit/oaa/cli';
import { resolveSecret } from '@oaa-kit/oaa/settings';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import type { sandboxOptions } from './sandbox.ts';

/** One line on stdout, for programs that wait for it. The key is told only when it was made here. */
function announce(context: CommandContext, { url, apiKey, caCertificate }: Sandbox, madeKey: boolean): void {
  if (context.json) {
    printJson(context, {
      url,
      ...(madeKey ? { apiKey } : {}),
      ...(caCertificate === undefined ? {} : { caCertificate }),
    });
    return;
  }
  printLine(context, `Sandbox tenant listening at ${url}`);
  if (madeKey) printNote(context, `API key, made for this run: ${apiKey}`);
  if (caCertificate !== undefined && !context.quiet) {
    printNote(context, 'The certificate is self-signed: clients need VEZA_UNSAFE_HTTPS=true.');
  }
}

/** Serves until the signal comes, then stops cleanly: exit 0. */
export const runSandbox: CommandBody<typeof sandboxOptions> = async (context, { options }) => {
  const { signal, cwd, env } = context;
  const reference = options['api-key'];
  const secrets = { env, cwd, allowCommands: options['allow-commands'], signal };
  const apiKey = reference === undefined ? undefined : await resolveSecret(reference, secrets);
  if (apiKey !== undefined) context.hideSecret(apiKey);
  const sandbox = await createSandbox({
    port: options.port,
    host: options.host,
    apiKey,
    tls: options.tls,
    stateFile: options.state === undefined ? undefined : resolve(cwd, options.state),
  });
  try {
    announce(context, sandbox, apiKey === undefined);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await sandbox.close();
  }
};
