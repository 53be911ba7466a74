import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../errors/errors.ts';
import { sourceError } from './source-problem.ts';

function unreadable(file: string, cause: unknown): InputError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') {
    return new InputError('file-unreadable', `There is no file ${file}.`, {
      hint: 'Paths are relative to the mapping.',
    });
  }
  return new InputError('file-unreadable', `${file} cannot be read (${code ?? 'unknown reason'}).`);
}

function wrongEncoding(file: string, encoding: string, line: number): InputError {
  return sourceError(
    'wrong-type',
    { file, row: line },
    `The file is not ${encoding} here or shortly after.`,
    'Name its encoding in the mapping, for example encoding: windows-1252, or save it as UTF-8.',
  );
}

function countLines(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** How many bytes at the end of `chunk` begin a character that is not complete. */
function incompleteBytes(chunk: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back += 1) {
    const byte = chunk[chunk.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** Lets UTF-8 through as it is; a wrong byte ends the reading, with the line in which it stands. */
class Utf8Check extends Transform {
  readonly #file: string;
  #carried: Buffer = Buffer.alloc(0);
  #lines = 1;

  constructor(file: string) {
    super();
    this.#file = file;
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    const whole = this.#carried.length === 0 ? chunk : Buffer.concat([this.#carried, chunk]);
    const end = whole.length - incompleteBytes(whole);
    const complete = whole.subarray(0, end);
    if (!isUtf8(complete)) {
      done(wrongEncoding(this.#file, 'utf-8', this.#lines));
      return;
    }
    this.#carried = whole.subarray(end);
    this.#lines += countLines(complete);
    this.push(complete);
    done();
  }

  override _flush(done: (error?: Error) => void): void {
    done(this.#carried.length === 0 ? undefined : wrongEncoding(this.#file, 'utf-8', this.#lines));
  }
}

/** Turns another encoding into UTF-8. */
class Decoder extends Transform {
  readonly #decoder: InstanceType<typeof TextDecoder>;
  readonly #file: string;
  #lines = 1;

  constructor(file: string, encoding: string) {
    super();
    this.#file = file;
    try {
      this.#decoder = new TextDecoder(encoding, { fatal: true });
    } catch {
      throw new InputError('input-invalid', `The encoding "${encoding}" of ${file} is not known.`, {
        hint: 'Use a WHATWG name such as utf-8, windows-1252 or utf-16le.',
      });
    }
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#decode(done, chunk);
  }

  override _flush(done: (error?: Error) => void): void {
    this.#decode(done);
  }

  #decode(done: (error?: Error) => void, chunk?: Buffer): void {
    try {
      const text = chunk === undefined ? this.#decoder.decode() : this.#decoder.decode(chunk, { stream: true });
      this.push(text, 'utf8');
      if (chunk !== undefined) this.#lines += countLines(chunk);
      done();
    } catch {
      done(wrongEncoding(this.#file, this.#decoder.encoding, this.#lines));
    }
  }
}

function isUtf8Name(encoding: string): boolean {
  return /^utf-?8$/i.test(encoding);
}

export interface OpenBytesOptions {
  /** WHATWG name; `utf-8` unless told otherwise. */
  readonly encoding?: string | undefined;
}

/**
 * The UTF-8 text of a file as a stream, decompressed when its name ends in `.gz`, decoded when it has another encoding.
 * @throws InputError `file-unreadable` when it is missing, a folder, or may not be read.
 */
export async function openBytes(path: string, file: string, options: OpenBytesOptions = {}): Promise<Readable> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (stats.isDirectory()) throw new InputError('file-unreadable', `${file} is a folder, not a file.`);
  const encoding = options.encoding ?? 'utf-8';
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 });
  const stages = [
    ...(path.endsWith('.gz') ? [createGunzip({ chunkSize: 256 * 1024 })] : []),
    isUtf8Name(encoding) ? new Utf8Check(file) : new Decoder(file, encoding),
  ];
  const last = stages.at(-1) as Transform;
  // Errors reach the reader through the last stage, which pipeline destroys with the cause.
  pipeline([raw, ...stages], (error) => {
    if (error !== undefined && error !== null && !last.destroyed) last.destroy(error);
  });
  return last;
}
