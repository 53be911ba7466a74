import type { CommandBody } from '../command.ts';
import { openTenant } from '../open-tenant.ts';
import { counted, printJson, printNote, printTable } from '../output.ts';
import { progressLine } from '../progress.ts';
import { describeProvider } from './describe-provider.ts';
import type { providerListOptions } from './provider-list.ts';

/** Lists providers, page by page until the tenant has no more. */
export const runProviderList: CommandBody<typeof providerListOptions> = async (context, { options }) => {
  const tenant = await openTenant(context, options);
  const progress = progressLine(context);
  const providers: ReturnType<typeof describeProvider>[] = [];
  try {
    for await (const provider of tenant.providers.list({ filter: options.filter, signal: context.signal })) {
      providers.push(describeProvider(provider));
      progress.show(`Reading providers: ${counted(providers.length, 'provider')}`);
    }
  } finally {
    progress.clear();
  }
  if (context.json) printJson(context, { providers });
  else if (providers.length === 0) {
    const which = options.filter === undefined ? '' : ' that matches the filter';
    printNote(context, `${tenant.url} has no custom provider${which}.`);
  } else {
    const rows = providers.map(({ name, id, state, templates }) => [name, id, state, templates.join(', ')]);
    printTable(context, ['NAME', 'ID', 'STATE', 'TEMPLATES'], rows);
  }
};
