import {
  type CommandArguments,
  type CommandBody,
  type CommandContext,
  printableLine,
  printJson,
  printLine,
} from '@oaa-kit/oaa/cli';
import { readState } from '../../state/index.ts';
import { setProvisioning } from '../../status/index.ts';
import { openManifests, stateFileOf, tenantFor } from '../open-registrar.ts';
import type { provisioningOptions } from './registrar.ts';

async function run(
  context: CommandContext,
  { options }: CommandArguments<typeof provisioningOptions>,
  provisioning: boolean,
): Promise<void> {
  const manifests = await openManifests(context, options.manifest, options);
  const tenant = await tenantFor(context, options, manifests);
  const state = await readState(await stateFileOf(context, options, tenant), tenant.url);
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
  const declared = manifests.providers.filter(({ fields }) => fields.provisioning !== provisioning);
  if (declared.length > 0 && providers.length > 0) {
    printLine(context, `The manifest says otherwise: the next apply switches it ${provisioning ? 'off' : 'on'} again.`);
  }
}

/** Lets the tenant change access through providers. */
export const runRegistrarEnable: CommandBody<typeof provisioningOptions> = (context, args) => run(context, args, true);

/** Stops the tenant from changing access through providers. */
export const runRegistrarDisable: CommandBody<typeof provisioningOptions> = (context, args) =>
  run(context, args, false);
