import { type ExitCode, exitCodes, InputError } from '../../errors/index.ts';
import { templateOf } from '../../payload/validate.ts';
import type { PushProgress, PushTarget } from '../../tenant/index.ts';
import type { CommandBody, CommandContext, OptionValues } from '../command.ts';
import { openGuard } from '../open-guard.ts';
import { openTenant, openTenantIfSet } from '../open-tenant.ts';
import { counted, formatBytes, printNote } from '../output.ts';
import { countEntities } from '../payload-counts.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { printable, printableLine } from '../printable.ts';
import { progressLine } from '../progress.ts';
import { countProblems, invalidPayload, readPayload } from '../read-payload.ts';
import { savePayload } from '../save-payload.ts';
import { planPush } from './plan-push.ts';
import { type Delivery, printPlan, printResult } from './print-push.ts';
import type { pushOptions } from './push.ts';
import { refuseWriteBack } from './refuse-write-back.ts';

type Options = OptionValues<typeof pushOptions>;

/** @throws {InputError} when nothing may be sent. */
async function readDelivery(context: CommandContext, name: string, options: Options): Promise<Delivery> {
  const file = name === '-' ? '(stdin)' : printableLine(name);
  const { payload, diagnostics, valid } = await readPayload(context, name, options.template);
  if (!valid) throw invalidPayload(file, diagnostics);
  if (options['fail-on-warnings'] === true && diagnostics.length > 0) {
    const message = `${file} has warnings (${countProblems(diagnostics)}), and --fail-on-warnings was given. Nothing was sent.`;
    throw new InputError('warnings-refused', message, {
      diagnostics,
      hint: 'Correct what is listed, or leave out --fail-on-warnings.',
    });
  }
  const document = payload as Readonly<Record<string, unknown>>;
  const template = options.template ?? templateOf(document) ?? 'application';
  return { file, payload: document, template, counts: countEntities(document), diagnostics };
}

function describeProgress({ phase, sentBytes, totalBytes, part, parts }: PushProgress): string {
  if (phase === 'prepare') return 'Preparing the payload';
  if (phase === 'answer') return 'Waiting for the tenant to check the payload';
  const share =
    totalBytes > 0 ? ` of ${formatBytes(totalBytes)} (${Math.floor((100 * sentBytes) / totalBytes)} %)` : '';
  return `Sending ${formatBytes(sentBytes)}${share}${parts > 1 ? `, part ${part} of ${parts}` : ''}`;
}

/** Validates, saves a copy when asked to, pushes, and says what the tenant answered. */
export const runPush: CommandBody<typeof pushOptions> = async (
  context,
  { options, positionals },
): Promise<ExitCode> => {
  const { signal } = context;
  const names = { provider: options.provider, dataSource: options['data-source'] };
  await refuseWriteBack(context, names);
  const delivery = await readDelivery(context, String(positionals.payload), options);
  const { payload, template } = delivery;
  if (!context.json) printDiagnostics(context, delivery.diagnostics);
  const guard = await openGuard(context, options);
  if (!guard.covers(payload)) {
    const what =
      'This push is incremental: the removal guard has no say in it, and keeps its record of the last full push.';
    if (!context.json) printNote(context, what);
  }
  if (options['dry-run'] === true) {
    const opened = await openTenantIfSet(context, options);
    const createProvider = options['create-provider'] === true;
    const { compression, multipart } = options;
    const url = opened.tenant?.url ?? '';
    const beforeSend = (target: PushTarget) => guard.check(url, target, payload);
    const planned = { ...names, payload, createProvider, compression, multipart, beforeSend, signal };
    const plan = await planPush(opened.tenant, planned);
    printPlan(context, plan, delivery, options);
    if (opened.tenant === undefined) printNote(context, `This was checked locally only. ${opened.reason}`);
    return exitCodes.done;
  }
  const tenant = await openTenant(context, options);
  const folder = options['save-json'];
  const savedTo = folder === undefined ? undefined : await savePayload(context, folder, names.dataSource, payload);
  if (savedTo !== undefined && !context.quiet && !context.json)
    printNote(context, `Saved the payload as ${printableLine(savedTo)}`);
  const progress = progressLine(context);
  const result = await guard
    .push(tenant, {
      ...names,
      payload,
      createProvider: options['create-provider'] === true ? { template } : undefined,
      template,
      compression: options.compression,
      multipart: options.multipart,
      onProgress: (step) => progress.show(describeProgress(step)),
      signal,
    })
    .finally(() => progress.clear());
  printResult(context, result, delivery, savedTo);
  if (result.recordProblem !== undefined) {
    printNote(context, `The tenant has TAKEN IN the payload. ${printable(result.recordProblem)}`);
  }
  if (options['fail-on-warnings'] !== true || result.warnings.length === 0) return exitCodes.done;
  const count = counted(result.warnings.length, 'warning');
  printNote(
    context,
    `The tenant has TAKEN IN the payload and gave ${count}; --fail-on-warnings makes this exit code ${exitCodes.input}.`,
  );
  return exitCodes.input;
};
