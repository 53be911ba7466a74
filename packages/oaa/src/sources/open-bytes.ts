import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../errors/errors.ts';
import { OaaError } from '../errors/oaa-error.ts';
import { checkUtf8 } from './check-utf8.ts';
import { textDecoder } from './decode-text.ts';
import { chunksOf } from './stream-chunks.ts';

const chunkSizeBytes = 64 * 1024;

function unreadable(file: string, cause: unknown): InputError {
  const code = (cause as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new InputError('file-unreadable', `There is no file ${file}.`, {
        hint: 'Paths are relative to the mapping.',
        cause,
      });
    case 'Z_BUF_ERROR':
      return new InputError('file-unreadable', `${file} is cut off: its gzip data ends too early.`, {
        hint: 'Fetch or compress it again.',
        cause,
      });
    case 'Z_DATA_ERROR':
      return new InputError('file-unreadable', `${file} is not gzip, or is damaged, although its name ends in .gz.`, {
        hint: 'Take .gz off the name of a file that is not compressed; else fetch or compress it again.',
        cause,
      });
    default:
      return new InputError('file-unreadable', `${file} cannot be read (${code ?? 'unknown reason'}).`, { cause });
  }
}

/** The file's bytes, decompressed where its name says so. Nothing is opened before the first chunk is asked for. */
async function* readFile(path: string, file: string): AsyncGenerator<Buffer> {
  const raw = createReadStream(path, { highWaterMark: chunkSizeBytes });
  try {
    if (path.toLowerCase().endsWith('.gz')) {
      const gunzip = createGunzip({ chunkSize: chunkSizeBytes });
      raw.on('error', (error) => gunzip.destroy(error));
      yield* chunksOf(raw.pipe(gunzip));
    } else yield* chunksOf(raw);
  } catch (error) {
    throw error instanceof OaaError ? error : unreadable(file, error);
  } finally {
    raw.destroy();
  }
}

export interface OpenBytesOptions {
  /** WHATWG name; `utf-8` unless told otherwise. */
  readonly encoding?: string | undefined;
}

export interface OpenedBytes {
  readonly bytes: Readable;
  /** What the file takes on the disk, compressed or not. */
  readonly sizeBytes: number;
}

/**
 * The UTF-8 text of a file as a stream, decompressed when its name ends in `.gz`, decoded when it has another encoding.
 * The file is opened with the first read, and closed when the stream ends or is destroyed.
 * @throws InputError `file-unreadable` when it is missing, a folder, or may not be read; `input-invalid` for an unknown
 * encoding.
 */
export async function openBytes(path: string, file: string, options: OpenBytesOptions = {}): Promise<OpenedBytes> {
  const { encoding = 'utf-8' } = options;
  const decode = /^utf-?8$/i.test(encoding)
    ? (chunks: AsyncIterable<Buffer>) => checkUtf8(chunks, file)
    : textDecoder(encoding, file);
  const stats = await stat(path).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (stats.isDirectory()) throw new InputError('file-unreadable', `${file} is a folder, not a file.`);
  return { bytes: Readable.from(decode(readFile(path, file))), sizeBytes: stats.size };
}
