import { UsageError } from '@oaa-kit/oaa';
import type { CommandContext, OptionValues } from '@oaa-kit/oaa/cli';
import type { HttpAuth, RemoteWords } from '@oaa-kit/oaa/http';
import { readEnvFile, resolveSecret } from '@oaa-kit/oaa/settings';
import { scimWords } from '../client/scim-words.ts';
import type { credentialOptions } from './connection-options.ts';

/**
 * How messages speak of a SCIM service and of the options of commands that ask one.
 *
 * @param url where its URL is given
 */
export function serviceWords(url: string): RemoteWords {
  return {
    ...scimWords,
    settings: {
      url,
      credential: '--token (SCIM_TOKEN), or --basic-user and --basic-password',
      timeout: '--timeout',
      retries: '--retries',
      caFile: '--ca',
      proxy: '--proxy (HTTPS_PROXY)',
      unsafe: '--unsafe-https',
    },
  };
}

/**
 * The credential for a SCIM service. Hides the secret.
 *
 * @throws UsageError when there is none, or half of one
 */
export async function serviceAuth(
  context: CommandContext,
  options: OptionValues<typeof credentialOptions>,
): Promise<HttpAuth> {
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
