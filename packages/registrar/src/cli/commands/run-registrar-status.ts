import { exitCodes } from '@oaa-kit/oaa';
import { type CommandBody, printJson } from '@oaa-kit/oaa/cli';
import { type ProviderStatus, readStatus } from '../../status/index.ts';
import { openManifests, readOwnState, secretsOf, tenantFor } from '../open-registrar.ts';
import { printStatus } from '../print-status.ts';
import type { statusOptions } from './registrar.ts';

function isAsDeclared({ action, connection, drift, driftOfDataSources }: ProviderStatus): boolean {
  const isReached = connection === undefined || connection.outcome === 'passed';
  return action === 'none' && isReached && drift.length === 0 && driftOfDataSources.length === 0;
}

/** Shows how the declared providers stand; exit 7 when anything is not as it should be. */
export const runRegistrarStatus: CommandBody<typeof statusOptions> = async (context, { options }) => {
  const { now, signal, hideSecret } = context;
  const manifests = await openManifests(context, options.manifest, options);
  const tenant = await tenantFor(context, options, manifests);
  const report = await readStatus({
    tenant,
    manifests,
    state: await readOwnState(context, options, tenant, manifests),
    secrets: secretsOf(context, options),
    onSecret: hideSecret,
    signal,
    now,
  });
  if (context.json) printJson(context, { status: report });
  else printStatus(context, report);
  const isWell = report.problems.length === 0 && report.providers.every(isAsDeclared);
  return isWell ? exitCodes.done : exitCodes.differences;
};
