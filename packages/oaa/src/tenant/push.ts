import { InputError, UnreachableError } from '../errors/index.ts';
import { createRemoteText, type HttpBody, type HttpClient } from '../http/index.ts';
import type { JsonObject } from '../payload/json.ts';
import { objectAnswer } from './answers.ts';
import { base64Chunks, base64Length } from './base64.ts';
import { type DataSources, dataSourcesPath } from './data-sources.ts';
import { framedBody } from './framed-body.ts';
import { newestPushes, type PushTicket } from './newest-push.ts';
import { pathSegment } from './path-segment.ts';
import { maximumJsonDataBytes, type PreparedPush, preparePush } from './prepare-push.ts';
import type { Providers } from './providers.ts';
import { supersededError } from './push-errors.ts';
import { pushParts } from './push-parts.ts';
import { findTarget, type PushTarget, type PushTargetRequest } from './push-target.ts';
import type { PushCsvOptions, PushOptions, PushProgress, PushResult } from './push-types.ts';
import { readWarnings } from './read-warnings.ts';

/** What a push needs of its tenant. */
export interface PushContext {
  readonly client: HttpClient;
  readonly providers: Providers;
  readonly dataSources: DataSources;
  /** Tells tenants apart in the register of newest pushes. */
  readonly tenantUrl: string;
}

const lostAnswerHint =
  'It is unknown whether the tenant has taken this push in; pushing again is safe, because it replaces the whole snapshot.';

interface Delivery {
  readonly answer: JsonObject;
  readonly sentBytes: number;
}

/** Runs a delivery as one of the pushes to its data source, of which only the newest may send. */
async function deliver(
  context: PushContext,
  request: PushTargetRequest & Pick<PushOptions, 'beforeSend'>,
  ticket: PushTicket,
  send: (target: PushTarget, path: string) => Promise<Delivery>,
): Promise<PushTarget & Delivery> {
  const target = await findTarget(context.providers, context.dataSources, request);
  const path = `${dataSourcesPath(target.provider.id)}/${pathSegment(target.dataSource.id)}`;
  // Whoever stops this push here must not have stopped an earlier one by it.
  await request.beforeSend?.(target);
  ticket.enter(`${context.tenantUrl}${path}`);
  try {
    if (!ticket.isNewest()) throw supersededError(target.dataSource.name);
    return { ...target, ...(await send(target, path)) };
  } catch (error) {
    const gaveUp = error instanceof UnreachableError && error.code !== 'aborted' && error.code !== 'push-superseded';
    if (gaveUp && !ticket.isNewest()) throw supersededError(target.dataSource.name, error);
    throw error;
  }
}

async function sendSingle(
  client: HttpClient,
  path: string,
  body: HttpBody,
  options: {
    readonly ticket: PushTicket;
    readonly onProgress: (progress: PushProgress) => void;
    readonly signal: AbortSignal | undefined;
  },
): Promise<Delivery> {
  const totalBytes = body.byteLength;
  const response = await client.request({
    method: 'POST',
    path,
    body,
    // The same snapshot twice is the same as once, as long as no newer one came between.
    idempotent: true,
    shouldRetry: () => options.ticket.isNewest(),
    lostAnswerHint,
    onSent: (sentBytes) => {
      const phase = sentBytes === totalBytes ? 'answer' : 'upload';
      options.onProgress({ phase, sentBytes, totalBytes, part: 1, parts: 1 });
    },
    signal: options.signal,
  });
  return { answer: objectAnswer(response, `POST ${path}`, lostAnswerHint), sentBytes: totalBytes };
}

async function prepare(options: PushOptions): Promise<PreparedPush> {
  try {
    return await preparePush(options);
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    throw new UnreachableError('aborted', 'The push was aborted before anything was sent.', {
      hint: 'Run it again when ready.',
    });
  }
}

/** See `Tenant.push`. */
export async function push(context: PushContext, options: PushOptions): Promise<PushResult> {
  const { signal, payload } = options;
  const onProgress = options.onProgress ?? (() => undefined);
  const ticket = newestPushes.begin();
  onProgress({ phase: 'prepare', sentBytes: 0, totalBytes: 0, part: 1, parts: 1 });
  const prepared = await prepare(options);

  const { provider, dataSource, answer, sentBytes } = await deliver(context, options, ticket, (target, path) => {
    if (prepared.mode === 'parts') {
      const dataSourceName = target.dataSource.name;
      return pushParts(context.client, { ...prepared, path, dataSourceName, payload, ticket, onProgress, signal });
    }
    const frame = {
      before: { id: target.provider.id, data_source_id: target.dataSource.id },
      key: 'json_data',
      after: prepared.mode === 'gzip' ? { compression_type: 'GZIP' } : undefined,
    };
    const body = framedBody(frame, prepared.contentBytes, prepared.content);
    return sendSingle(context.client, `${path}:push`, body, { ticket, onProgress, signal });
  });
  return {
    provider,
    dataSource,
    warnings: readWarnings(answer, createRemoteText([])),
    mode: prepared.mode,
    jsonBytes: prepared.jsonBytes,
    sentBytes,
    parts: prepared.mode === 'parts' ? prepared.parts : 1,
  };
}

function checkCsv(csv: Uint8Array): void {
  if (csv.length === 0) {
    throw new InputError('input-invalid', 'The CSV file is empty.', {
      hint: 'It needs a header row and at least one row.',
    });
  }
  if (csv.length > maximumJsonDataBytes) {
    throw new InputError(
      'payload-too-large',
      `The CSV file has ${csv.length.toLocaleString('en-GB')} bytes; a tenant takes at most ${maximumJsonDataBytes.toLocaleString('en-GB')}. Nothing was sent.`,
      { hint: 'Spread the rows over several data sources.' },
    );
  }
}

/** See `Tenant.pushCsv`. */
export async function pushCsv(context: PushContext, options: PushCsvOptions): Promise<PushResult> {
  const { csv, signal } = options;
  const onProgress = options.onProgress ?? (() => undefined);
  checkCsv(csv);
  const ticket = newestPushes.begin();
  const { provider, dataSource, answer, sentBytes } = await deliver(context, options, ticket, (target, path) => {
    const frame = { before: { id: target.provider.id, data_source_id: target.dataSource.id }, key: 'csv_data' };
    const body = framedBody(frame, base64Length(csv.length), () => base64Chunks([csv]));
    return sendSingle(context.client, `${path}:push_csv`, body, { ticket, onProgress, signal });
  });
  const warnings = readWarnings(answer, createRemoteText([]));
  return { provider, dataSource, warnings, mode: 'csv', jsonBytes: csv.length, sentBytes, parts: 1 };
}
