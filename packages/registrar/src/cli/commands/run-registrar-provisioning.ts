import {
  type CommandArguments,
  type CommandBody,
  type CommandContext,
  printableLine,
  printJson,
  printLine,
} from '@oaa-kit/oaa/cli';
import { setProvisioning } from '../../status/index.ts';
import { openManifests, readOwnState, tenantFor } from '../open-registrar.ts';
import type { provisioningOptions } from './registrar.ts';

async function run(
  context: CommandContext,
  { options }: CommandArguments<typeof provisioningOptions>,
  provisioning: boolean,
): Promise<void> {
  const manifests = await openManifests(context, options.manifest, options);
  const tenant = await tenantFor(context, options, manifests);
  const state = await readOwnState(context, options, tenant);
  const { signal } = context;
  const providers = await setProvisioning({ tenant, manifests, state, provisioning, signal });
  if (context.json) {
    printJson(context, { provisioning, providers });
    return;
  }
  const word = provisioning ? 'on' : 'off';
  for (const { name, id, unchanged } of providers) {
    printLine(context, printableLine(`${name} (${id}): provisioning ${unchanged ? `was ${word} already` : word}`));
  }
  // What a manifest does not say, an apply leaves as it is.
  const contradicting = manifests.providers.filter(({ fields }) => fields.provisioning === !provisioning);
  if (contradicting.length > 0) {
    const names = contradicting.map(({ name }) => `"${name}"`).join(', ');
    const next = `the next apply switches it ${provisioning ? 'off' : 'on'} again`;
    printLine(context, printableLine(`The manifest says otherwise of ${names}: ${next}.`));
  }
}

/** Lets the tenant change access through providers. */
export const runRegistrarEnable: CommandBody<typeof provisioningOptions> = (context, args) => run(context, args, true);

/** Stops the tenant from changing access through providers. */
export const runRegistrarDisable: CommandBody<typeof provisioningOptions> = (context, args) =>
  run(context, args, false);
