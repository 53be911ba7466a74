import { exitCodes } from '../../errors/index.ts';
import { Tenant } from '../../tenant/index.ts';
import type { CommandBody, CommandContext } from '../command.ts';
import { tenantSettings } from '../open-tenant.ts';
import { printJson, printLine, styled } from '../output.ts';
import { printable } from '../printable.ts';
import { progressLine } from '../progress.ts';
import { stderrLogger } from '../stderr-logger.ts';
import type { tenantOptions } from '../tenant-options.ts';
import { type CheckStep, checkTenant } from './check-tenant.ts';

/** A check waits no longer than this, unless `--timeout` says so. */
const patienceMs = 30_000;

const titles: Readonly<Record<CheckStep['step'], string>> = {
  settings: 'Settings',
  name: 'Host name',
  connection: 'Connection',
  tls: 'TLS',
  answer: 'Answer',
  key: 'API key',
  read: 'May read',
  push: 'May push',
};
const colours = { ok: 'green', failed: 'red', 'not tried': 'yellow' } as const;

function printStep(context: CommandContext, { step, status, detail, hint }: CheckStep): void {
  const mark = styled(context, context.stdout, colours[status], status.padEnd(9));
  printLine(context, `${titles[step].padEnd(10)}  ${mark}  ${printable(detail).replaceAll('\n', ' ')}`);
  if (hint !== undefined && status !== 'ok') printLine(context, `${' '.repeat(23)}${printable(hint)}`);
}

/** Checks settings, way and key; sends each request once unless `--retries` says otherwise. */
export const runTenantCheck: CommandBody<typeof tenantOptions> = async (context, { options }) => {
  const settings = await tenantSettings(context, options);
  const reach = {
    ...settings,
    retries: options.retries ?? 0,
    timeoutMs: options.timeout === undefined ? Math.min(settings.timeoutMs, patienceMs) : settings.timeoutMs,
  };
  const tenant = new Tenant({ ...reach, logger: stderrLogger(context) });
  const progress = progressLine(context);
  progress.show(`Asking ${tenant.url}`);
  const { steps, exitCode } = await checkTenant(tenant, reach, context.signal).finally(() => progress.clear());
  const origins = `url from ${settings.origins.url}, API key from ${settings.origins.apiKey}`;
  const settingsStep: CheckStep = { step: 'settings', status: 'ok', detail: `${tenant.url} (${origins})` };
  const all = [settingsStep, ...steps];
  if (context.json) printJson(context, { url: tenant.url, ok: exitCode === exitCodes.done, exitCode, steps: all });
  else for (const step of all) printStep(context, step);
  return exitCode;
};
