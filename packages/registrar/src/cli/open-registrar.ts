import { resolve } from 'node:path';
import type { Tenant } from '@oaa-kit/oaa';
import { type CommandContext, guardOptions, openTenant, printable, printNote } from '@oaa-kit/oaa/cli';
import { unfinishedPlan } from '../apply/index.ts';
import { type Manifests, readManifests } from '../manifest/index.ts';
import { refuseOtherTenant } from '../manifest/refuse-other-tenant.ts';
import { type RegistrarState, readState, stateFileName } from '../state/index.ts';
import { resumeCommand } from './resume-command.ts';

type TenantValues = Parameters<typeof openTenant>[1];

/** What the options of a command say about tenant, manifests and state. */
export interface RegistrarValues extends TenantValues {
  readonly manifest?: readonly string[] | undefined;
  readonly environment?: string | undefined;
  readonly state?: string | undefined;
  readonly 'allow-http'?: boolean | undefined;
}

/** Reads manifests, and says on stderr what they are warned of. */
export async function openManifests(
  context: CommandContext,
  files: readonly string[],
  { environment, 'allow-http': allowHttp }: RegistrarValues,
): Promise<Manifests> {
  const { cwd, now } = context;
  const manifests = await readManifests(files, { environment, cwd, now, allowHttp });
  for (const { file, row, column, message } of manifests.warnings) {
    printNote(context, printable(`${file}:${row}:${column}: warning: ${message}`));
  }
  return manifests;
}

/**
 * The tenant of options and settings, or that of the manifests where these name none; nothing has been asked of it.
 *
 * @throws UsageError when the manifests name another one
 */
export async function tenantFor(
  context: CommandContext,
  values: RegistrarValues,
  manifests: Manifests,
): Promise<Tenant> {
  const named = manifests.tenant;
  if (named === undefined) return openTenant(context, values);
  const { url, apiKey, place } = named;
  const where = `${place.file}:${place.row}:${place.column}`;
  const tenant = await openTenant(context, values, { url, apiKey, where });
  refuseOtherTenant(manifests, tenant.url);
  return tenant;
}

/** The state file that the options name, or that of the tenant on this machine. */
export async function stateFileOf(context: CommandContext, values: RegistrarValues, tenant: Tenant): Promise<string> {
  if (values.state !== undefined) return resolve(context.cwd, values.state);
  const { stateFolder = context.cwd } = await guardOptions(context, {});
  return stateFileName(stateFolder, tenant.url);
}

/** What is remembered of the tenant. Says on stderr when an apply has left something half done. */
export async function readOwnState(
  context: CommandContext,
  values: RegistrarValues,
  tenant: Tenant,
  manifests: Manifests,
): Promise<RegistrarState> {
  const file = await stateFileOf(context, values, tenant);
  const state = await readState(file, tenant.url);
  if ((await unfinishedPlan({ file })) !== undefined) {
    const command = resumeCommand(values, manifests.tenant !== undefined);
    printNote(
      context,
      printable(`An apply to this tenant has not finished. Unless it still runs, go on with: ${command}`),
    );
  }
  return state;
}

/** What references are read from; `cmd:` only where it is allowed. */
export function secretsOf(context: CommandContext, values: RegistrarValues) {
  const allowCommands = values['allow-commands'] ?? context.env.OAA_ALLOW_COMMANDS === 'true';
  return { env: context.env, allowCommands };
}
