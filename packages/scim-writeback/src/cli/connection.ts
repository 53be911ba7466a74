import { resolve } from 'node:path';
import { UsageError } from '@oaa-kit/oaa';
import { type CommandContext, type OptionValues, stderrLogger } from '@oaa-kit/oaa/cli';
import { secretsOf } from '@oaa-kit/oaa/http';
import { proxyFromEnvironment, readTextFile } from '@oaa-kit/oaa/settings';
import type { connectionOptions } from './connection-options.ts';

type ConnectionOptions = OptionValues<typeof connectionOptions> & Patience & { readonly url: string };

interface Patience {
  /** Seconds. */
  readonly timeout: number;
  readonly retries: number;
}

/** Where the ways to a service are set, for messages. */
export const connectionSettings = {
  timeout: '--timeout',
  retries: '--retries',
  caFile: '--ca',
  proxy: '--proxy (HTTPS_PROXY)',
  unsafe: '--unsafe-https',
};

/** What clients of `url` need besides a credential. Hides the password of a proxy. */
export async function connectionOf(context: CommandContext, options: ConnectionOptions) {
  const { url, ca, timeout, retries } = options;
  const proxyUrl = options.proxy ?? (URL.canParse(url) ? proxyFromEnvironment(url, context.env) : undefined);
  for (const secret of secretsOf({ proxyUrl })) context.hideSecret(secret);
  return {
    tls: { ca: await certificates(context, ca), verify: options['unsafe-https'] !== true },
    proxyUrl,
    timeoutMs: timeout * 1_000,
    retryPolicy: { retries },
    logger: stderrLogger(context),
    signal: context.signal,
  };
}

/** @throws UsageError for numbers that make no sense */
export function checkPatience({ timeout, retries }: Patience): void {
  if (!(timeout > 0 && timeout <= 3_600)) {
    throw new UsageError('setting-invalid', `--timeout takes from 0 to 3600 seconds, not ${timeout}.`);
  }
  if (!(Number.isInteger(retries) && retries >= 0 && retries <= 100)) {
    throw new UsageError('setting-invalid', `--retries takes a whole number from 0 to 100, not ${retries}.`);
  }
}

async function certificates(context: CommandContext, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readTextFile(resolve(context.cwd, file), 1_000_000);
  if (text !== undefined) return text;
  throw new UsageError('file-unreadable', `There is no file ${file} for --ca.`, { hint: 'Check the path.' });
}
