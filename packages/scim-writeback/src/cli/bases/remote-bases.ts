import { UsageError } from '@oaa-kit/oaa';
import type { CommandContext, OptionValues } from '@oaa-kit/oaa/cli';
import type { RemoteWords } from '@oaa-kit/oaa/http';
import type { BaseClient } from '../../client/bases/base-client.ts';
import { baseWords, createBaseClient } from '../../client/bases/create-base-client.ts';
import type { baseOptions } from '../commands/base.ts';
import { checkPatience, connectionOf, connectionSettings } from '../connection.ts';
import { defaultPatience } from '../connection-options.ts';
import { readSecret } from '../read-secret.ts';

type RemoteOptions = OptionValues<typeof baseOptions> & { readonly url: string };

const words: RemoteWords = {
  ...baseWords,
  settings: {
    ...connectionSettings,
    url: '--url',
    credential: '--token',
  },
};

/**
 * The bases behind the administration API of `--url`, of which nothing has been asked yet. Hides the token.
 *
 * @throws UsageError
 */
export async function remoteBases(context: CommandContext, options: RemoteOptions): Promise<BaseClient> {
  const { url, token: reference, timeout = defaultPatience.timeout, retries = defaultPatience.retries } = options;
  checkPatience({ timeout, retries });
  if (reference === undefined) {
    throw new UsageError('setting-missing', 'There is no token for the administration API.', {
      hint: 'Give --token env:NAME, or file:path. `oaa scim token create --scope base:write`, where the database is, makes one.',
    });
  }
  return createBaseClient({
    url,
    auth: { type: 'bearer', token: await readSecret(context, reference, options['allow-commands']) },
    ...(await connectionOf(context, { ...options, timeout, retries })),
    words,
  });
}
