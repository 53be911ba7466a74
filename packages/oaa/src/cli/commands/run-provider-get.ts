import type { DataSource } from '../../tenant/index.ts';
import type { CommandBody } from '../command.ts';
import { openTenant } from '../open-tenant.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { printableLine } from '../printable.ts';
import type { tenantOptions } from '../tenant-options.ts';
import { describeProvider } from './describe-provider.ts';
import { findProvider } from './find-provider.ts';

/** Shows a provider with its data sources. */
export const runProviderGet: CommandBody<typeof tenantOptions> = async (context, { options, positionals }) => {
  const { signal } = context;
  const tenant = await openTenant(context, options);
  const provider = describeProvider(await findProvider(tenant, String(positionals['name-or-id']), signal));
  const dataSources: Pick<DataSource, 'id' | 'name' | 'status'>[] = [];
  for await (const { id, name, status } of tenant.dataSources.list(provider.id, { signal })) {
    dataSources.push({ id, name, status });
  }
  if (context.json) {
    printJson(context, { provider, dataSources });
    return;
  }
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Name', provider.name],
    ['Id', provider.id],
    ['State', provider.state],
    ['Templates', provider.templates.join(', ')],
    ['Provisioning', provider.provisioning?.toString()],
    ['Lifecycle', provider.externalLifecycleManagementType],
  ];
  for (const [title, value] of facts) {
    if (value !== undefined && value !== '') printLine(context, `${`${title}:`.padEnd(14)}${printableLine(value)}`);
  }
  printLine(context);
  if (dataSources.length === 0) printLine(context, 'No data sources.');
  else
    printTable(
      context,
      ['DATA SOURCE', 'ID', 'STATUS'],
      dataSources.map(({ id, name, status }) => [name, id, status]),
    );
};
