import { resolve } from 'node:path';
import { type DataSource, RemoteError } from '@oaa-kit/oaa';
import { type CommandBody, openTenant, printJson, printNote, refuseOverwriting } from '@oaa-kit/oaa/cli';
import { manifestOf } from '../../manifest/index.ts';
import { writePrivateFile } from '../../state/index.ts';
import type { importOptions } from './registrar.ts';

/** Writes the manifest of a provider that is on the tenant. */
export const runRegistrarImport: CommandBody<typeof importOptions> = async (context, { options, positionals }) => {
  const { signal, cwd } = context;
  const { out } = options;
  const file = out === undefined ? undefined : resolve(cwd, out);
  if (out !== undefined && file !== undefined) await refuseOverwriting(file, out, 'manifest');
  const wanted = String(positionals['name-or-id']);
  const tenant = await openTenant(context, options);
  const provider =
    (await tenant.providers.find(wanted, { signal })) ?? (await tenant.providers.get(wanted, { signal }));
  if (provider === undefined) {
    throw new RemoteError('not-found', `${tenant.url} has no custom provider with the name or id "${wanted}".`, {
      status: 404,
      hint: 'List them with: oaa provider list.',
    });
  }
  const dataSources: DataSource[] = [];
  for await (const dataSource of tenant.dataSources.list(provider.id, { signal })) dataSources.push(dataSource);
  const manifest = await manifestOf(provider, dataSources);
  if (file !== undefined) await writePrivateFile(file, manifest, { noun: 'manifest', flag: '--out' });
  if (context.json) printJson(context, { manifest });
  else if (out === undefined) context.document.write(manifest);
  else printNote(context, `Written to ${out}. Set the variables that it names, then: oaa registrar plan -f ${out}`);
};
