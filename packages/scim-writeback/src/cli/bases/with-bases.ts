import { UsageError } from '@oaa-kit/oaa';
import type { CommandContext, OptionValues } from '@oaa-kit/oaa/cli';
import type { BaseClient } from '../../client/bases/base-client.ts';
import type { baseOptions } from '../commands/base.ts';
import { defaultActor, defaultOrganization } from '../database-option.ts';
import { requireOrganization, withDirectory } from '../open-database.ts';
import { localBases } from './local-bases.ts';

/** To a service, with --url. */
const ways = ['ca', 'unsafe-https', 'proxy', 'timeout', 'retries'] as const;

type BaseOptions = OptionValues<typeof baseOptions> & { readonly actor?: string | undefined };

/**
 * Lets `work` have the bases that the options name: of a database on this machine, or of a service on another one.
 *
 * @throws UsageError unless it is exactly one of the two, with what belongs to it
 */
export async function withBases<Result>(
  context: CommandContext,
  options: BaseOptions,
  work: (bases: BaseClient) => Promise<Result>,
): Promise<Result> {
  const { database, url, organization = defaultOrganization, actor = defaultActor } = options;
  if (database !== undefined && url !== undefined) {
    throw new UsageError('usage', 'Give --database or --url, not both.');
  }
  if (url !== undefined) {
    refuse(options, ['organization', 'actor'], 'With --url, organization and actor are those of the token.');
    // Only who asks another machine loads a client.
    const { remoteBases } = await import('./remote-bases.ts');
    return work(await remoteBases(context, { ...options, url }));
  }
  if (database === undefined) {
    throw new UsageError(
      'usage',
      'Give --database, for a database on this machine, or --url, for a service on another.',
      {
        hint: '--database sqlite:scim.db, or --url https://scim.example.com/admin --token env:BASE_TOKEN',
      },
    );
  }
  refuse(options, ['token', 'allow-commands'], 'A database on this machine needs no token.');
  refuse(options, ways, 'Nobody is asked over a network with --database.');
  return withDirectory(context, database, 'refuse', async (directory) => {
    await requireOrganization(directory, organization);
    return work(localBases(context, directory, organization, actor));
  });
}

function refuse(options: BaseOptions, names: readonly (keyof BaseOptions)[], reason: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new UsageError('usage', `${reason} Leave out --${given}.`);
}
