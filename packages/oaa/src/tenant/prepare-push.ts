import { InputError, UsageError } from '../errors/index.ts';
import type { PayloadSource } from '../payload/serialise.ts';
import { base64Chunks } from './base64.ts';
import { compress } from './compress.ts';
import { countBytes, escapedChunks, utf8Chunks } from './payload-text.ts';

/** At most so many bytes of `json_data` in one push. */
export const maximumJsonDataBytes = 100_000_000;
const maximumParts = 99;
const defaultPartSizeBytes = 50_000_000;
const defaultThresholdBytes = 50_000_000;

/** How a payload travels, decided before anything is sent. */
export type PreparedPush =
  | {
      readonly mode: 'gzip' | 'plain';
      readonly jsonBytes: number;
      /** Length of `json_data` as it stands in the body. */
      readonly contentBytes: number;
      readonly content: () => Iterable<Uint8Array>;
    }
  | {
      readonly mode: 'parts';
      readonly jsonBytes: number;
      readonly partSizeBytes: number;
      readonly parts: number;
    };

type Multipart = 'auto' | 'always' | 'never';

export interface PrepareOptions {
  readonly payload: PayloadSource;
  readonly compression?: 'gzip' | 'none' | undefined;
  readonly multipart?: Multipart | undefined;
  readonly partSizeBytes?: number | undefined;
  readonly multipartThresholdBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

function figure(value: number): string {
  return value.toLocaleString('en-GB');
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new UsageError('usage', `${name} must be a whole number of bytes, more than 0.`, { hint: `Correct ${name}.` });
}

function inParts(jsonBytes: number, partSizeBytes: number): PreparedPush {
  const parts = Math.max(1, Math.ceil(jsonBytes / partSizeBytes));
  if (parts > maximumParts) {
    throw new InputError(
      'payload-too-large',
      `The payload has ${figure(jsonBytes)} bytes of JSON, which makes ${figure(parts)} parts of ${figure(partSizeBytes)} bytes; a tenant takes at most ${maximumParts} parts. Nothing was sent.`,
      { hint: 'Use larger parts (partSizeBytes), or spread the payload over several data sources.' },
    );
  }
  return { mode: 'parts', jsonBytes, partSizeBytes, parts };
}

interface Size {
  /** Length of `json_data` in one request. */
  readonly dataBytes: number;
  readonly jsonBytes: number;
  readonly compression: 'gzip' | 'none';
}

function sizeHint({ jsonBytes, compression }: Size, multipart: Multipart): string {
  const spread = 'pread the payload over several data sources.';
  if (compression === 'none') return `Compress it (compression "gzip"), or s${spread}`;
  if (jsonBytes > maximumJsonDataBytes) {
    return `The limit is said to hold for all parts together, too; if your tenant takes more, say multipart "always". Else s${spread}`;
  }
  return multipart === 'never' ? `Allow parts (multipart "auto"), or s${spread}` : `S${spread}`;
}

/** @throws InputError for what is too large for one request */
function checkSingle(size: Size, multipart: Multipart): void {
  const { dataBytes, jsonBytes, compression } = size;
  if (dataBytes <= maximumJsonDataBytes) return;
  const form = compression === 'none' ? 'without compression' : 'after gzip and base64';
  throw new InputError(
    'payload-too-large',
    `The payload is too large for one request: ${figure(dataBytes)} bytes ${form} (${figure(jsonBytes)} bytes of JSON); a tenant takes at most ${figure(maximumJsonDataBytes)}. Nothing was sent.`,
    { hint: sizeHint(size, multipart) },
  );
}

/** Whether parts are the better way: one request would be large, and the parts together are not too large. */
function goesInParts({ dataBytes, jsonBytes }: Size, multipart: Multipart, thresholdBytes: number): boolean {
  const limitBytes = Math.min(thresholdBytes, maximumJsonDataBytes);
  return multipart === 'auto' && dataBytes > limitBytes && jsonBytes <= maximumJsonDataBytes;
}

/**
 * Serialises a payload as far as is needed to know how it travels.
 *
 * @throws InputError `payload-too-large` with figures, before anything was sent
 */
export async function preparePush(options: PrepareOptions): Promise<PreparedPush> {
  const { payload, signal, multipart = 'auto' } = options;
  const partSizeBytes = positive('partSizeBytes', options.partSizeBytes ?? defaultPartSizeBytes);
  const thresholdBytes = positive('multipartThresholdBytes', options.multipartThresholdBytes ?? defaultThresholdBytes);
  if (multipart === 'always') return inParts(await countBytes(utf8Chunks(payload), signal), partSizeBytes);

  if (options.compression === 'none') {
    const jsonBytes = await countBytes(utf8Chunks(payload), signal);
    const size: Size = { dataBytes: jsonBytes, jsonBytes, compression: 'none' };
    if (goesInParts(size, multipart, thresholdBytes)) return inParts(jsonBytes, partSizeBytes);
    checkSingle(size, multipart);
    const contentBytes = await countBytes(escapedChunks(payload), signal);
    return { mode: 'plain', jsonBytes, contentBytes, content: () => escapedChunks(payload) };
  }

  const { chunks, base64Bytes, jsonBytes } = await compress(payload, maximumJsonDataBytes, signal);
  const size: Size = { dataBytes: base64Bytes, jsonBytes, compression: 'gzip' };
  if (goesInParts(size, multipart, thresholdBytes)) return inParts(jsonBytes, partSizeBytes);
  checkSingle(size, multipart);
  return { mode: 'gzip', jsonBytes, contentBytes: base64Bytes, content: () => base64Chunks(chunks) };
}
