import {
  type CommandArguments,
  type CommandBody,
  type CommandContext,
  printableLine,
  printJson,
  printLine,
} from '@oaa-kit/oaa/cli';
import { declaresProvisioning, setProvisioning } from '../../status/index.ts';
import { openManifests, readOwnState, tenantFor } from '../open-registrar.ts';
import type { provisioningOptions } from './registrar.ts';

async function run(
  context: CommandContext,
  { options }: CommandArguments<typeof provisioningOptions>,
  provisioning: boolean,
): Promise<void> {
  const manifests = await openManifests(context, options.manifest, options);
  const tenant = await tenantFor(context, options, manifests);
  const state = await readOwnState(context, options, tenant, manifests);
  const { signal } = context;
  const providers = await setProvisioning({ tenant, manifests, state, provisioning, signal });
  const leftAlone = manifests.providers
    .filter((declared) => !declared.absent && !declaresProvisioning(declared))
    .map(({ name }) => name);
  if (context.json) {
    printJson(context, { provisioning, providers, leftAlone });
    return;
  }
  const word = provisioning ? 'on' : 'off';
  for (const { name, id, unchanged } of providers) {
    printLine(context, printableLine(`${name} (${id}): provisioning ${unchanged ? `was ${word} already` : word}`));
  }
  for (const name of leftAlone) {
    printLine(context, printableLine(`${name}: left as it is, since its manifest does not say provisioning`));
  }
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
