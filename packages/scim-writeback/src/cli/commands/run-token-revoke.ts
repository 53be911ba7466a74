import { InputError } from '@oaa-kit/oaa';
import { type CommandBody, printJson, printLine } from '@oaa-kit/oaa/cli';
import { requireOrganization, withDirectory } from '../open-database.ts';
import type { tokenRevokeOptions } from './token.ts';

/** Revoking what is revoked already is no error: what was asked for is so. */
export const runTokenRevoke: CommandBody<typeof tokenRevokeOptions> = async (context, args) => {
  const id = String(args.positionals.id);
  const { database, organization } = args.options;
  const credential = await withDirectory(context, database, 'refuse', async (directory) => {
    await requireOrganization(directory, organization);
    await directory.credentials.revoke(organization, id, context.now().toISOString());
    const found = (await directory.credentials.list(organization)).find((one) => one.id === id);
    if (found !== undefined) return found;
    throw new InputError('not-found', `The organization "${organization}" has no credential with this id.`, {
      hint: '`oaa scim token list` shows the ids. Give the id, not the token itself, which is a secret.',
    });
  });
  if (context.json) printJson(context, { credential });
  else printLine(context, `Revoked ${credential.id} (${credential.label}) of the organization ${organization}.`);
};
