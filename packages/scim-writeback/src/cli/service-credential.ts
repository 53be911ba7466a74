import { UsageError } from '@oaa-kit/oaa';
import type { CommandContext, OptionValues } from '@oaa-kit/oaa/cli';
import { type HttpAuth, type RemoteWords, secretsOf } from '@oaa-kit/oaa/http';
import { scimWords } from '../client/scim-words.ts';
import { connectionSettings } from './connection.ts';
import type { credentialOptions } from './connection-options.ts';
import { clientEnvironment, readSecret } from './read-secret.ts';

/**
 * How messages speak of a SCIM service and of the options of commands that ask one.
 *
 * @param url where its URL is given
 */
export function serviceWords(url: string): RemoteWords {
  return {
    ...scimWords,
    settings: {
      ...connectionSettings,
      url,
      credential: '--token (SCIM_TOKEN), or --basic-user and --basic-password',
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
  const { token, 'basic-user': username, 'basic-password': password, 'allow-commands': allowCommands } = options;
  const read = (reference: string) => readSecret(context, reference, allowCommands);
  if ((username === undefined) !== (password === undefined)) {
    throw new UsageError('usage', 'Of --basic-user and --basic-password one is missing: Basic takes both.');
  }
  if (token !== undefined && username !== undefined) {
    throw new UsageError('usage', 'Give a token or a user name and password, not both.');
  }
  if (username !== undefined && password !== undefined) {
    const auth = { type: 'basic', username, password: await read(password) } as const;
    for (const secret of secretsOf({ auth })) context.hideSecret(secret);
    return auth;
  }
  if (token === undefined && !(await clientEnvironment(context)).SCIM_TOKEN) {
    throw new UsageError('setting-missing', 'There is no credential for the SCIM service.', {
      hint: 'Set SCIM_TOKEN, or give --token env:NAME, or --basic-user and --basic-password env:NAME.',
    });
  }
  return { type: 'bearer', token: await read(token ?? 'env:SCIM_TOKEN') };
}
