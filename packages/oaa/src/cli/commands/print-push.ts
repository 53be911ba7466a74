import type { PayloadSource } from '../../payload/serialise.ts';
import type { PushResult } from '../../tenant/index.ts';
import type { CommandContext, OptionValues } from '../command.ts';
import { counted, formatBytes, printJson, printLine, printNote, styled } from '../output.ts';
import { formatCounts, type PayloadCounts } from '../payload-counts.ts';
import { printable, printableLine } from '../printable.ts';
import type { CheckedPayload } from '../read-payload.ts';
import type { PushPlan } from './plan-push.ts';
import type { pushOptions } from './push.ts';

/** A payload that may be pushed, with what is said about it. */
export interface Delivery {
  readonly file: string;
  readonly payload: Readonly<Record<string, unknown>> & PayloadSource;
  readonly template: string;
  readonly counts: PayloadCounts;
  readonly diagnostics: CheckedPayload['diagnostics'];
}

/** So many warnings of the tenant are printed. */
const shownWarnings = 20;

/** Prints what a dry run found. */
export function printPlan(
  context: CommandContext,
  plan: PushPlan,
  delivery: Delivery,
  options: OptionValues<typeof pushOptions>,
): void {
  const { provider, dataSource, jsonBytes } = plan;
  if (context.json) {
    const { counts, diagnostics, template } = delivery;
    printJson(context, {
      dryRun: true,
      pushed: false,
      ...plan,
      template,
      counts,
      validationWarnings: diagnostics,
    });
    return;
  }
  const how = {
    use: 'exists and would be used',
    create: `would be made with the template ${delivery.template}`,
    unknown: 'not looked up',
  };
  const what = {
    'replace content': 'exists; its content would be replaced',
    create: 'would be made',
    unknown: 'not looked up',
  };
  printLine(context, 'Dry run: nothing was changed.');
  printLine(
    context,
    `  payload      ${delivery.file}: ${formatCounts(delivery.counts)}; ${formatBytes(jsonBytes)} of JSON`,
  );
  printLine(context, `  provider     ${provider.name}: ${how[provider.action]}`);
  printLine(context, `  data source  ${dataSource.name}: ${what[dataSource.action]}`);
  printLine(context, `  sent as      ${plan.mode === 'parts' ? counted(plan.parts, 'part') : plan.mode}`);
  if (options['save-json'] !== undefined)
    printLine(context, `  copy         would be saved in ${printableLine(options['save-json'])}`);
}

/** Prints what a push has done. */
export function printResult(
  context: CommandContext,
  result: PushResult,
  delivery: Delivery,
  savedTo: string | undefined,
): void {
  const { provider, dataSource, warnings, mode, jsonBytes, sentBytes, parts } = result;
  if (context.json) {
    const names = {
      provider: { id: provider.id, name: provider.name },
      dataSource: { id: dataSource.id, name: dataSource.name },
    };
    const { counts, diagnostics } = delivery;
    const facts = { mode, jsonBytes, sentBytes, parts, counts, validationWarnings: diagnostics, warnings };
    printJson(context, { pushed: true, ...names, ...facts, ...(savedTo === undefined ? {} : { savedTo }) });
    return;
  }
  const title = styled(context, context.stdout, 'green', `Pushed ${delivery.file}`);
  const form = mode === 'parts' ? `in ${counted(parts, 'part')}` : mode;
  printLine(context, `${title}: ${formatCounts(delivery.counts)}.`);
  printLine(context, `  provider     ${printableLine(provider.name)} (${provider.id})`);
  printLine(context, `  data source  ${printableLine(dataSource.name)} (${dataSource.id})`);
  printLine(context, `  sent         ${formatBytes(sentBytes)} (${form}) for ${formatBytes(jsonBytes)} of JSON`);
  printLine(
    context,
    `  warnings     ${warnings.length === 0 ? 'none' : warnings.length.toLocaleString('en-US')} from the tenant`,
  );
  for (const { message } of warnings.slice(0, shownWarnings))
    printNote(context, `  tenant warning: ${printable(message)}`);
  const left = warnings.length - shownWarnings;
  if (left > 0) printNote(context, `  and ${left.toLocaleString('en-US')} more; use --json to see all`);
}
