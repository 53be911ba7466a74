import { InputError, UsageError } from '@oaa-kit/oaa';
import type { Directory } from '../../directory/directory.ts';
import type { PublicationKey } from '../../directory/publications.ts';
import { requireOrganization } from '../open-database.ts';

/** What tells one publication of an organization from the others. */
export interface PublicationChoice {
  readonly provider: string | undefined;
  readonly 'data-source': string | undefined;
}

export function isChosen(key: PublicationKey, { provider, 'data-source': dataSource }: PublicationChoice): boolean {
  return (
    (provider === undefined || key.provider === provider) && (dataSource === undefined || key.dataSource === dataSource)
  );
}

/**
 * The one publication that the options name.
 *
 * @throws InputError when there is none, UsageError when there are several
 */
export async function choosePublication(
  directory: Directory,
  options: PublicationChoice & { readonly organization: string },
): Promise<PublicationKey> {
  const { organization } = options;
  await requireOrganization(directory, organization);
  const chosen = (await directory.publications.list(organization)).filter(({ key }) => isChosen(key, options));
  const [only, ...others] = chosen;
  if (only === undefined) {
    throw new InputError('not-found', `The organization "${organization}" is not published there.`, {
      hint: 'It is from the time when `oaa scim serve --config` runs with it; `oaa scim publish status` shows what is published.',
    });
  }
  if (others.length === 0) return only.key;
  const names = chosen.map(({ key }) => `${key.provider} / ${key.dataSource}`).join(', ');
  throw new UsageError('usage', `The organization "${organization}" is published to several data sources: ${names}.`, {
    hint: 'Name one with --provider and --data-source.',
  });
}
