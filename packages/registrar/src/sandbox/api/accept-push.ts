import { findJsonSyntaxError } from '@oaa-kit/oaa/settings';
import { maximumViolations, payloadViolations } from '../payload-violations.ts';
import type { DataSourceRecord, PushMode, PushWarning } from '../records.ts';
import { invalidArgument, invalidArguments } from '../refusals.ts';
import { tenantIdentities } from '../tenant-identities.ts';
import { tenantWarnings } from '../tenant-warnings.ts';
import type { Api, ApiRequest } from './route.ts';

const rememberedPushes = 1_000;

export interface Delivery {
  readonly mode: PushMode;
  /** Size of the document, uncompressed. */
  readonly bytes: number;
}

/** Puts what was pushed in the place of what was there: a push is a whole snapshot. */
export function takeIn(
  content: Pick<DataSourceRecord, 'payload' | 'csv'>,
  dataSource: DataSourceRecord,
  delivery: Delivery,
  warnings: readonly PushWarning[],
  request: ApiRequest,
  api: Api,
): { readonly warnings: readonly PushWarning[] } {
  if (api.faults.refusesPush(request.method, request.path)) {
    throw invalidArgument('json_data', 'Push refused by a scheduled fault of the sandbox (refused-push)');
  }
  const { payload: _formerPayload, csv: _formerCsv, ...rest } = dataSource;
  const now = api.now();
  const at = now.toISOString();
  api.store.putDataSource({
    ...rest,
    ...content,
    updatedAt: at,
    parsedAt: new Date(now.getTime() + api.parseMs).toISOString(),
    pushes: [...dataSource.pushes, { at, ...delivery, warnings }].slice(-rememberedPushes),
  });
  return { warnings };
}

function parseDocument(text: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    const problem = findJsonSyntaxError(text);
    const place = problem === undefined ? '' : `: ${problem.message} (at character ${problem.offset + 1})`;
    throw invalidArgument('json_data', `Payload is not valid JSON${place}`);
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw invalidArgument('json_data', 'Payload must be a JSON object');
  }
  return document as Readonly<Record<string, unknown>>;
}

/** Incremental pushes (reference 1.9) build on a full one. This sandbox does not apply them yet and says so. */
function refuseIncremental(payload: Readonly<Record<string, unknown>>, dataSource: DataSourceRecord): void {
  if (payload.incremental_change !== true) return;
  throw invalidArgument(
    'incremental_change',
    dataSource.payload === undefined
      ? 'The first push to a data source must be a full one (incremental_change: true)'
      : 'This sandbox takes full pushes only (incremental_change: true)',
  );
}

/**
 * Checks a payload as the tenant does and takes it in; a refused one changes nothing.
 * @throws ApiError 400 with the violations.
 */
export function acceptPayload(
  text: string,
  dataSource: DataSourceRecord,
  delivery: Delivery,
  request: ApiRequest,
  api: Api,
): { readonly warnings: readonly PushWarning[] } {
  const payload = parseDocument(text);
  refuseIncremental(payload, dataSource);
  const diagnostics = api.validate(payload, { template: dataSource.template });
  const violations = payloadViolations(diagnostics, payload);
  if (violations.length > 0) {
    const found = diagnostics.filter(({ severity }) => severity === 'error').length;
    throw invalidArguments(violations, found > maximumViolations ? { violations: String(found) } : {});
  }
  const warnings = tenantWarnings(payload, tenantIdentities(api.store.dataSources()), diagnostics);
  return takeIn({ payload }, dataSource, delivery, warnings, request, api);
}
