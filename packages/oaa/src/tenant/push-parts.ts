import { InputError, RemoteError, UnreachableError } from '../errors/index.ts';
import type { HttpClient } from '../http/index.ts';
import type { JsonObject } from '../payload/json.ts';
import type { PayloadSource } from '../payload/serialise.ts';
import { objectAnswer, text, unexpectedAnswer } from './answers.ts';
import { base64Chunks, base64Length } from './base64.ts';
import { framedBody } from './framed-body.ts';
import type { PushTicket } from './newest-push.ts';
import { utf8Chunks } from './payload-text.ts';
import { completionUnknownError, partsUnfinishedError, supersededError } from './push-errors.ts';
import type { PushProgress } from './push-types.ts';
import { slices } from './slices.ts';

export interface PartsRequest {
  /** Path of the data source. */
  readonly path: string;
  readonly dataSourceName: string;
  readonly payload: PayloadSource;
  readonly jsonBytes: number;
  readonly partSizeBytes: number;
  readonly parts: number;
  readonly ticket: PushTicket;
  readonly onProgress: (progress: PushProgress) => void;
  readonly signal: AbortSignal | undefined;
}

function byteLength(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

function changedError(): InputError {
  return new InputError('payload-invalid', 'The payload changed while it was being pushed; nothing was taken in.', {
    hint: 'Do not change a payload before its push has ended.',
  });
}

/**
 * Pushes the JSON in slices: start, upload each (again when it fails, under the same sequence number), complete (once).
 *
 * @throws UnreachableError `push-incomplete` whenever the tenant has not confirmed the completion
 */
export async function pushParts(
  client: HttpClient,
  request: PartsRequest,
): Promise<{ readonly answer: JsonObject; readonly sentBytes: number }> {
  const { parts, jsonBytes, ticket, signal } = request;
  const path = `${request.path}:parts`;
  const shouldRetry = (): boolean => ticket.isNewest();
  const checkNewest = (): void => {
    if (!ticket.isNewest()) throw supersededError(request.dataSourceName);
  };

  const started = objectAnswer(
    await client.request({ method: 'POST', path, json: { operation: 'start' }, idempotent: true, shouldRetry, signal }),
    `POST ${path} start`,
  );
  const uploadId = text(started, 'upload_id');
  if (uploadId === undefined || uploadId === '') throw unexpectedAnswer(`POST ${path} start`, 'has no upload_id', 200);

  let sentBytes = 0;
  let slicedBytes = 0;
  let uploaded = 0;
  for (const slice of slices(utf8Chunks(request.payload), request.partSizeBytes)) {
    checkNewest();
    const sliceBytes = byteLength(slice);
    slicedBytes += sliceBytes;
    if (slicedBytes > jsonBytes) throw changedError();
    const part = uploaded + 1;
    const frame = { before: { operation: 'upload', upload_id: uploadId, sequence_number: part }, key: 'data' };
    const body = framedBody(frame, base64Length(sliceBytes), () => base64Chunks(slice));
    const before = sentBytes;
    const onSent = (bytes: number): void =>
      request.onProgress({
        phase: 'upload',
        sentBytes: before + bytes,
        totalBytes: base64Length(jsonBytes),
        part,
        parts,
      });
    try {
      await client.request({ method: 'POST', path, body, idempotent: true, shouldRetry, onSent, signal });
    } catch (error) {
      if (error instanceof UnreachableError && error.code !== 'aborted')
        throw partsUnfinishedError(uploaded, parts, error);
      throw error;
    }
    sentBytes += body.byteLength;
    uploaded = part;
  }
  if (slicedBytes !== jsonBytes) throw changedError();

  checkNewest();
  request.onProgress({ phase: 'answer', sentBytes, totalBytes: sentBytes, part: parts, parts });
  try {
    const json = { operation: 'complete', upload_id: uploadId, sequence_count: parts };
    const response = await client.request({ method: 'POST', path, json, idempotent: false, shouldRetry, signal });
    return { answer: objectAnswer(response, `POST ${path} complete`), sentBytes };
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'response-invalid') throw completionUnknownError(parts, error);
    if (!(error instanceof UnreachableError) || error.code === 'aborted') throw error;
    throw error.mayHaveBeenReceived ? completionUnknownError(parts, error) : partsUnfinishedError(parts, parts, error);
  }
}
