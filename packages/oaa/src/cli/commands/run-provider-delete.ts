import { GuardError } from '../../errors/index.ts';
import type { CommandBody } from '../command.ts';
import { ask, canAsk } from '../confirm.ts';
import { openTenant } from '../open-tenant.ts';
import { counted, printJson, printLine, printNote } from '../output.ts';
import { printableLine } from '../printable.ts';
import { describeProvider } from './describe-provider.ts';
import { findProvider } from './find-provider.ts';
import type { providerDeleteOptions } from './provider-delete.ts';

/** Deletes a provider after `--yes`, or after its name was typed on the terminal. */
export const runProviderDelete: CommandBody<typeof providerDeleteOptions> = async (
  context,
  { options, positionals },
) => {
  const { signal } = context;
  const tenant = await openTenant(context, options);
  const provider = describeProvider(await findProvider(tenant, String(positionals['name-or-id']), signal));
  const shownName = `"${printableLine(provider.name)}"`;
  if (options.yes !== true) {
    let dataSources = 0;
    for await (const _ of tenant.dataSources.list(provider.id, { signal })) dataSources += 1;
    const loss = `Deleting the provider ${shownName} of ${tenant.url} also deletes its ${counted(dataSources, 'data source')} and all that they brought into the graph`;
    if (!canAsk(context)) {
      throw new GuardError('guard', `${loss}. Nothing was changed.`, { hint: 'Add --yes to delete it.' });
    }
    printNote(context, `${loss}.`);
    const answer = await ask(context, 'Type the name of the provider to delete it: ');
    if (answer !== provider.name) {
      throw new GuardError('guard', `The provider ${shownName} was not confirmed. Nothing was changed.`, {
        hint: 'Type its name exactly, or add --yes.',
      });
    }
  }
  await tenant.providers.delete(provider.id, { signal });
  if (context.json) printJson(context, { deleted: provider });
  else
    printLine(
      context,
      `Deleted the provider ${shownName} (${provider.id}). The tenant removes its data in the background.`,
    );
};
