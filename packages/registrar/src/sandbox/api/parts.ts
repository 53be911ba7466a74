import { z } from 'zod';
import { decodeBase64 } from '../base64.ts';
import { parseBody } from '../parse-body.ts';
import { invalidArgument } from '../refusals.ts';
import { decodeUtf8 } from '../text.ts';
import { maximumParts } from '../uploads.ts';
import { acceptPayload } from './accept-push.ts';
import { dataSourceOf, providerOf, refuseDeleting, refuseOtherIds } from './look-up.ts';
import { type Api, type ApiRequest, paths, type Route } from './route.ts';

const ids = { id: z.string().optional(), data_source_id: z.string().optional() };
const number = z
  .int('Must be a whole number')
  .min(1, `Must be from 1 to ${maximumParts}`)
  .max(maximumParts, `Must be from 1 to ${maximumParts}`);

const operations = ['start', 'upload', 'complete'] as const;
const operation = z.looseObject({
  operation: z.enum(operations, {
    error: ({ input }) => `Unknown operation (${String(input)}); known are ${operations.join(', ')}`,
  }),
});
const start = z.strictObject({ ...ids, operation: z.literal('start') });
const upload = z.strictObject({
  ...ids,
  operation: z.literal('upload'),
  upload_id: z.string(),
  sequence_number: number,
  data: z.string(),
});
const complete = z.strictObject({
  ...ids,
  operation: z.literal('complete'),
  upload_id: z.string(),
  sequence_count: number,
});

function startUpload(request: ApiRequest, api: Api): unknown {
  refuseOtherIds(parseBody(start, request.body), request);
  const uploadId = api.newId();
  api.uploads.begin(uploadId, dataSourceOf(request, api).id);
  return { status: 'STARTED', upload_id: uploadId };
}

function uploadPart(request: ApiRequest, api: Api): unknown {
  const body = parseBody(upload, request.body);
  refuseOtherIds(body, request);
  const data = decodeBase64(body.data);
  if (data === undefined) throw invalidArgument('data', 'Part is not base64');
  api.uploads.add(body.upload_id, dataSourceOf(request, api).id, body.sequence_number, data);
  return { status: 'UPLOADED' };
}

function completeUpload(request: ApiRequest, api: Api): unknown {
  const body = parseBody(complete, request.body);
  refuseOtherIds(body, request);
  const dataSource = dataSourceOf(request, api);
  const bytes = api.uploads.join(body.upload_id, dataSource.id, body.sequence_count);
  api.uploads.end(body.upload_id);
  const text = decodeUtf8(bytes);
  if (text === undefined) throw invalidArgument('data', 'Payload is not UTF-8 text');
  return acceptPayload(text, dataSource, { mode: 'parts', bytes: bytes.length }, request, api);
}

const handlers = { start: startUpload, upload: uploadPart, complete: completeUpload };

function parts(request: ApiRequest, api: Api): unknown {
  refuseDeleting(dataSourceOf(request, api), 'data source');
  refuseDeleting(providerOf(request, api), 'provider');
  return handlers[parseBody(operation, request.body).operation](request, api);
}

/** A payload in several requests (reference 2.6). */
export const partsRoutes: readonly Route[] = [{ method: 'POST', url: `${paths.dataSource}::parts`, handle: parts }];
