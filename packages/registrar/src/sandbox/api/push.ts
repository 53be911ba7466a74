import { z } from 'zod';
import { decodeBase64 } from '../base64.ts';
import { inflate } from '../inflate.ts';
import { parseBody } from '../parse-body.ts';
import { invalidArgument } from '../refusals.ts';
import { decodeUtf8 } from '../text.ts';
import { acceptPayload } from './accept-push.ts';
import { dataSourceOf, providerOf, refuseDeleting, refuseOtherIds } from './look-up.ts';
import { type Api, type ApiRequest, paths, type Route } from './route.ts';

const body = z.strictObject({
  id: z.string().optional(),
  data_source_id: z.string().optional(),
  json_data: z.string('Must be a string that holds the JSON document'),
  compression_type: z
    .enum(['none', 'NONE', 'GZIP'], {
      error: (issue) => `Unknown compression (${String(issue.input)}); known are none and GZIP`,
    })
    .optional(),
});

async function unzip(base64: string, maximumBytes: number): Promise<Buffer> {
  const compressed = decodeBase64(base64);
  if (compressed === undefined) throw invalidArgument('json_data', 'Compressed payload is not base64');
  const result = await inflate(compressed, maximumBytes);
  if ('bytes' in result) return result.bytes;
  throw invalidArgument(
    'json_data',
    result.problem === 'too-large'
      ? `Payload is larger than ${maximumBytes} bytes when decompressed`
      : 'Payload is not gzip, or damaged (compression_type: GZIP)',
  );
}

async function push(request: ApiRequest, api: Api): Promise<unknown> {
  const dataSource = dataSourceOf(request, api);
  const { json_data: json, compression_type: compression, ...ids } = parseBody(body, request.body);
  refuseOtherIds(ids, request);
  refuseDeleting(providerOf(request, api), 'provider');
  refuseDeleting(dataSource, 'data source');
  const sentBytes = Buffer.byteLength(json);
  if (sentBytes > api.limits.payloadBytes) {
    throw invalidArgument('json_data', `Payload is larger than ${api.limits.payloadBytes} bytes (${sentBytes})`);
  }
  if (compression !== 'GZIP') return acceptPayload(json, dataSource, { mode: 'plain', bytes: sentBytes }, request, api);
  const bytes = await unzip(json, api.limits.inflatedBytes);
  const text = decodeUtf8(bytes);
  if (text === undefined) throw invalidArgument('json_data', 'Payload is not UTF-8 text');
  return acceptPayload(text, dataSourceOf(request, api), { mode: 'gzip', bytes: bytes.length }, request, api);
}

/** A payload in one request, plain or compressed (reference 2.5). */
export const pushRoutes: readonly Route[] = [{ method: 'POST', url: `${paths.dataSource}::push`, handle: push }];
