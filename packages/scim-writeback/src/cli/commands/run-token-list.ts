import { type CommandBody, printJson, printNote, printTable } from '@oaa-kit/oaa/cli';
import type { Credential } from '../../directory/credentials.ts';
import { isLive } from '../../server/auth/issue-credential.ts';
import { requireOrganization, withDirectory } from '../open-database.ts';
import type { tokenListOptions } from './token.ts';

type State = 'live' | 'expired' | 'revoked';

function stateOf(credential: Credential, now: string): State {
  if (isLive(credential, now)) return 'live';
  return credential.revokedAt === undefined ? 'expired' : 'revoked';
}

export const runTokenList: CommandBody<typeof tokenListOptions> = async (context, { options }) => {
  const { database, organization } = options;
  const credentials = await withDirectory(context, database, 'refuse', async (directory) => {
    if (organization !== undefined) await requireOrganization(directory, organization);
    return directory.credentials.list(organization);
  });
  const now = context.now().toISOString();
  const listed = credentials.map((credential) => ({ ...credential, state: stateOf(credential, now) }));
  if (context.json) printJson(context, { credentials: listed });
  else if (listed.length === 0) printNote(context, 'There is no credential. `oaa scim token create` makes one.');
  else {
    const rows = listed.map((one) => [
      one.id,
      one.organization,
      one.kind,
      one.label,
      one.scopes.join(' '),
      one.state,
      one.createdAt,
      one.expiresAt ?? 'never',
      one.lastUsedAt ?? 'never',
    ]);
    const headings = ['ID', 'ORGANIZATION', 'KIND', 'LABEL', 'SCOPES', 'STATE', 'CREATED', 'EXPIRES', 'LAST USED'];
    printTable(context, headings, rows);
  }
};
