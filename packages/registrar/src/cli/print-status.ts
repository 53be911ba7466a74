import { type CommandContext, printableLine, printLine } from '@oaa-kit/oaa/cli';
import type { PlannedField } from '../plan/index.ts';
import type { ConnectionHealth, DataSourceStatus, ProviderStatus, StatusReport } from '../status/index.ts';

function dataSourceLine({ name, id, isDeclared, status, lastPush }: DataSourceStatus): string {
  if (id === undefined) return `data source ${name}: not on the tenant`;
  const pushed = lastPush === undefined ? 'never pushed to' : `last push ${lastPush}`;
  const rest = [status, pushed, ...(isDeclared ? [] : ['not in the manifest'])].filter((part) => part !== undefined);
  return `data source ${name}: ${rest.join(', ')}`;
}

const outcomes: Readonly<Record<ConnectionHealth['outcome'], string>> = {
  passed: 'answers as the tenant needs it',
  failed: 'answers, and not as the tenant needs it',
  unreachable: 'cannot be reached from here',
  unknown: 'was not asked',
};

function connectionLines({ url, outcome, problems }: ConnectionHealth): readonly string[] {
  return [`SCIM endpoint ${url} ${outcomes[outcome]}`, ...problems.map((problem) => `  ${problem}`)];
}

function fieldLine(field: PlannedField): string {
  if ('secret' in field) return `${field.path}: secret ${field.secret}`;
  const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  return `${field.path}: ${shown(field.before)} on the tenant, ${shown(field.after)} in the manifest`;
}

function switchWord(provisioning: boolean | undefined): string {
  if (provisioning === undefined) return 'provisioning unknown';
  return provisioning ? 'provisioning on' : 'provisioning off';
}

function lines(status: ProviderStatus): readonly string[] {
  const { id, state, provisioning, externalLifecycleManagementType: type, action } = status;
  if (id === undefined) return ['not on the tenant'];
  const facts = [state, switchWord(provisioning), type].filter((part) => part !== undefined && part !== '');
  return [
    `${facts.join(', ')} (${id})`,
    ...status.dataSources.map(dataSourceLine),
    ...(status.connection === undefined ? [] : connectionLines(status.connection)),
    ...(action === 'none' && status.drift.length + status.driftOfDataSources.length === 0
      ? ['as declared']
      : [`not as declared; an apply would ${action === 'none' ? 'take it over' : action} it`]),
    ...status.drift.map((field) => `  ${fieldLine(field)}`),
    ...status.driftOfDataSources.map(({ action: what, name }) => `  data source ${name}: an apply would ${what} it`),
  ];
}

/** How providers stand, for people. */
export function printStatus(context: CommandContext, { tenant, providers, problems }: StatusReport): void {
  printLine(context, printableLine(`Tenant ${tenant}`));
  for (const status of providers) {
    printLine(context);
    printLine(context, printableLine(status.name));
    for (const line of lines(status)) printLine(context, `  ${printableLine(line)}`);
  }
  for (const { provider, message, hint } of problems) {
    printLine(context);
    printLine(context, printableLine(provider));
    printLine(context, `  ${printableLine(message)}`);
    printLine(context, `  ${printableLine(hint)}`);
  }
}
