import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '@oaa-kit/oaa';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { ScimRequest } from '../scim-service.ts';
import { requireJson } from './require-json.ts';

const unpackedChunkBytes = 64 * 1024;

/**
 * The text of a payload, unpacked where it is gzip (RFC 9110 s8.4.1.3). Neither what is sent nor what it unpacks to is kept
 * beyond the bound: reading stops there.
 *
 * @throws Refusal 415; InputError `payload-too-large`, `json-invalid` for what is no gzip or no UTF-8; ScimError 400 where the
 * connection ends in its middle
 */
export async function readPayloadText({ body, headers }: ScimRequest, limitBytes: number): Promise<string> {
  const encoding = requireJson(headers, ['identity', 'gzip']);
  const announced = headers['content-length'];
  if (announced !== undefined && Number(announced) > limitBytes) throw tooLarge(limitBytes);
  if (body === undefined) throw new ScimError(400, undefined, 'The request needs a body: the payload as JSON.');
  const text = new BoundedText(limitBytes);
  if (encoding === 'identity') await collect(body, text);
  else await unpack(body, text, limitBytes);
  return text.whole();
}

/** By hand: `for await` would end the stream when it is left, and with it the connection that the refusal goes out on. */
async function collect(body: AsyncIterable<Uint8Array>, text: BoundedText): Promise<void> {
  const iterator = body[Symbol.asyncIterator]();
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) text.add(next.value);
}

async function unpack(body: AsyncIterable<Uint8Array>, text: BoundedText, limitBytes: number): Promise<void> {
  const gunzip = createGunzip({ chunkSize: unpackedChunkBytes });
  try {
    await pipeline(Readable.from(bounded(body, limitBytes), { objectMode: false }), gunzip, async (unpacked) => {
      for await (const chunk of unpacked) text.add(chunk as Uint8Array);
    });
  } catch (error) {
    if (isGzipFault(error)) {
      throw new InputError('json-invalid', 'The body is not gzip, although its Content-Encoding says so.', {
        hint: 'Send it as it is, without Content-Encoding, or check what packs it.',
      });
    }
    throw error;
  }
}

/** Packed data that unpacks to nothing has no end otherwise. */
async function* bounded(body: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limitBytes) throw tooLarge(limitBytes);
    yield chunk;
  }
}

function isGzipFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^Z_/.test(error.code);
}

/** Text that comes in pieces of UTF-8. */
class BoundedText {
  readonly #limitBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #pieces: string[] = [];
  #size = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  add(chunk: Uint8Array): void {
    this.#size += chunk.byteLength;
    if (this.#size > this.#limitBytes) throw tooLarge(this.#limitBytes);
    this.#pieces.push(this.#decode(() => this.#decoder.decode(chunk, { stream: true })));
  }

  whole(): string {
    this.#pieces.push(this.#decode(() => this.#decoder.decode()));
    return this.#pieces.join('');
  }

  #decode(decode: () => string): string {
    try {
      return decode();
    } catch {
      throw new InputError('json-invalid', 'The body is not UTF-8, which JSON is (RFC 8259 section 8.1).');
    }
  }
}

function tooLarge(limitBytes: number): InputError {
  return new InputError('payload-too-large', `The payload may have ${limitBytes} bytes at most, unpacked.`, {
    hint: 'Split the application into several data sources, each with an organization of its own.',
  });
}
