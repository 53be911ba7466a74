import { UsageError } from '@oaa-kit/oaa';
import type { CommandContext, OptionValues } from '@oaa-kit/oaa/cli';
import type { RemoteWords } from '@oaa-kit/oaa/http';
import { readEnvFile, resolveSecret } from '@oaa-kit/oaa/settings';
import type { BaseClient } from '../../client/bases/base-client.ts';
import { baseWords, createBaseClient } from '../../client/bases/create-base-client.ts';
import type { baseOptions } from '../commands/base.ts';
import { checkPatience, connectionOf } from '../connection.ts';

type RemoteOptions = OptionValues<typeof baseOptions> & { readonly url: string };

const words: RemoteWords = {
  ...baseWords,
  settings: {
    url: '--url',
    credential: '--token',
    timeout: '--timeout',
    retries: '--retries',
    caFile: '--ca',
    proxy: '--proxy (HTTPS_PROXY)',
    unsafe: '--unsafe-https',
  },
};

/**
 * The bases behind the administration API of `--url`, of which nothing has been asked yet. Hides the token.
 *
 * @throws UsageError
 */
export async function remoteBases(context: CommandContext, options: RemoteOptions): Promise<BaseClient> {
  checkPatience(options);
  const { url, token: reference, 'allow-commands': allowCommands } = options;
  if (reference === undefined) {
    throw new UsageError('setting-missing', 'There is no token for the administration API.', {
      hint: 'Give --token env:NAME, or file:path. `oaa scim token create --scope base:write`, where the database is, makes one.',
    });
  }
  const { cwd, signal } = context;
  const env = { ...(await readEnvFile(cwd)), ...context.env };
  const token = await resolveSecret(reference, { cwd, env, signal, allowCommands });
  context.hideSecret(token);
  return createBaseClient({
    url,
    auth: { type: 'bearer', token },
    ...(await connectionOf(context, options)),
    words,
  });
}
