import { resolve } from 'node:path';
import { UsageError } from '@oaa-kit/oaa';
import { type CommandContext, type OptionValues, stderrLogger } from '@oaa-kit/oaa/cli';
import type { HttpAuth, RemoteWords } from '@oaa-kit/oaa/http';
import { proxyFromEnvironment, readEnvFile, readTextFile, resolveSecret } from '@oaa-kit/oaa/settings';
import { createScimClient } from '../../client/create-scim-client.ts';
import type { ScimClient } from '../../client/scim-client.ts';
import { scimWords } from '../../client/scim-words.ts';
import type { actOptions } from '../commands/act.ts';

type ActOptions = OptionValues<typeof actOptions>;

const words: RemoteWords = {
  ...scimWords,
  settings: {
    url: '--url',
    credential: '--token (SCIM_TOKEN), or --basic-user and --basic-password',
    timeout: '--timeout',
    retries: '--retries',
    caFile: '--ca',
    proxy: '--proxy (HTTPS_PROXY)',
    unsafe: '--unsafe-https',
  },
};

async function authOf(context: CommandContext, options: ActOptions): Promise<HttpAuth> {
  const { cwd, signal } = context;
  const { token, 'basic-user': username, 'basic-password': password, 'allow-commands': allowCommands } = options;
  const env = { ...(await readEnvFile(cwd)), ...context.env };
  const read = async (reference: string): Promise<string> => {
    const secret = await resolveSecret(reference, { cwd, env, signal, allowCommands });
    context.hideSecret(secret);
    return secret;
  };
  if ((username === undefined) !== (password === undefined)) {
    throw new UsageError('usage', 'Of --basic-user and --basic-password one is missing: Basic takes both.');
  }
  if (token !== undefined && username !== undefined) {
    throw new UsageError('usage', 'Give a token or a user name and password, not both.');
  }
  if (username !== undefined && password !== undefined) {
    const secret = await read(password);
    context.hideSecret(Buffer.from(`${username}:${secret}`, 'utf8').toString('base64'));
    return { type: 'basic', username, password: secret };
  }
  if (token === undefined && !env.SCIM_TOKEN) {
    throw new UsageError('setting-missing', 'There is no credential for the SCIM service.', {
      hint: 'Set SCIM_TOKEN, or give --token env:NAME, or --basic-user and --basic-password env:NAME.',
    });
  }
  return { type: 'bearer', token: await read(token ?? 'env:SCIM_TOKEN') };
}

async function certificates(context: CommandContext, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readTextFile(resolve(context.cwd, file), 1_000_000);
  if (text !== undefined) return text;
  throw new UsageError('file-unreadable', `There is no file ${file} for --ca.`, { hint: 'Check the path.' });
}

function hideProxyPassword(context: CommandContext, proxyUrl: string | undefined): void {
  const password = proxyUrl !== undefined && URL.canParse(proxyUrl) ? new URL(proxyUrl).password : '';
  if (password === '') return;
  context.hideSecret(password);
  context.hideSecret(decodeURIComponent(password));
}

function checkNumbers({ timeout, retries }: ActOptions): void {
  if (!(timeout > 0 && timeout <= 3_600)) {
    throw new UsageError('setting-invalid', `--timeout takes from 0 to 3600 seconds, not ${timeout}.`);
  }
  if (!(Number.isInteger(retries) && retries >= 0 && retries <= 100)) {
    throw new UsageError('setting-invalid', `--retries takes a whole number from 0 to 100, not ${retries}.`);
  }
}

/**
 * The SCIM service of the options, of which nothing has been asked yet. Hides the secrets.
 *
 * @throws UsageError
 */
export async function openScimClient(context: CommandContext, options: ActOptions): Promise<ScimClient> {
  checkNumbers(options);
  const { url, 'rate-limit': requests } = options;
  const proxyUrl = options.proxy ?? (URL.canParse(url) ? proxyFromEnvironment(url, context.env) : undefined);
  hideProxyPassword(context, proxyUrl);
  return createScimClient({
    url,
    auth: await authOf(context, options),
    dialect: options.dialect,
    usersEndpoint: options['users-endpoint'],
    groupsEndpoint: options['groups-endpoint'],
    tls: { ca: await certificates(context, options.ca), verify: options['unsafe-https'] !== true },
    proxyUrl,
    rateLimit: requests === undefined ? undefined : { requests, perMs: 60_000 },
    timeoutMs: options.timeout * 1_000,
    retryPolicy: { retries: options.retries },
    words,
    logger: stderrLogger(context),
    signal: context.signal,
  });
}
