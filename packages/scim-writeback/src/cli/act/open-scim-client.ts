import type { CommandContext, OptionValues } from '@oaa-kit/oaa/cli';
import { createScimClient } from '../../client/create-scim-client.ts';
import type { ScimClient } from '../../client/scim-client.ts';
import type { actOptions } from '../commands/act.ts';
import { checkPatience, connectionOf } from '../connection.ts';
import { serviceAuth, serviceWords } from '../service-credential.ts';

type ActOptions = OptionValues<typeof actOptions>;

const words = serviceWords('--url');

/**
 * The SCIM service of the options, of which nothing has been asked yet. Hides the secrets.
 *
 * @throws UsageError
 */
export async function openScimClient(context: CommandContext, options: ActOptions): Promise<ScimClient> {
  checkPatience(options);
  const { url, 'rate-limit': requests } = options;
  return createScimClient({
    url,
    auth: await serviceAuth(context, options),
    dialect: options.dialect,
    usersEndpoint: options['users-endpoint'],
    groupsEndpoint: options['groups-endpoint'],
    ...(await connectionOf(context, options)),
    rateLimit: requests === undefined ? undefined : { requests, perMs: 60_000 },
    words,
  });
}
