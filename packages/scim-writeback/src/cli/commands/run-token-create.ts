import { UsageError } from '@oaa-kit/oaa';
import { type CommandBody, printJson, printLine, printNote } from '@oaa-kit/oaa/cli';
import { issueToken } from '../../server/auth/issue-credential.ts';
import { defaultOrganization } from '../database-option.ts';
import { ensureOrganization, requireOrganization, withDirectory } from '../open-database.ts';
import type { tokenCreateOptions } from './token.ts';

const dayMs = 24 * 60 * 60 * 1000;
const longestDays = 3650;

function expiry(days: number | undefined, now: Date): string | undefined {
  if (days === undefined) return undefined;
  if (!(days > 0 && days <= longestDays)) {
    throw new UsageError(
      'setting-invalid',
      `--expires-in takes more than 0 and at most ${longestDays} days, not ${days}.`,
    );
  }
  return new Date(now.getTime() + days * dayMs).toISOString();
}

/** Prints the token alone on stdout, so that it can be piped to where it is kept. */
export const runTokenCreate: CommandBody<typeof tokenCreateOptions> = async (context, { options }) => {
  const { database, organization, label, scope = ['scim:read', 'scim:write'] } = options;
  const now = context.now();
  const expiresAt = expiry(options['expires-in'], now);
  const { token, credential } = await withDirectory(context, database, 'make', async (directory) => {
    if (organization === defaultOrganization) await ensureOrganization(directory, organization);
    else await requireOrganization(directory, organization);
    return issueToken(directory.credentials, { organization, label, scopes: scope, expiresAt }, now.toISOString());
  });
  if (context.json) {
    printJson(context, { token, credential });
    return;
  }
  printLine(context, token);
  if (context.quiet) return;
  const until = expiresAt === undefined ? 'until it is revoked' : `until ${expiresAt}`;
  printNote(context, `Token ${credential.id} opens the organization ${organization} ${until}. It is not shown again.`);
};
