import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const blockBytes = 1024 * 1024;

/** Texts that went to the file together. */
interface Segment {
  readonly offset: number;
  readonly bytes: number;
  /** The number of its first text. */
  readonly first: number;
  /** Where each text begins in the segment. */
  readonly starts: Int32Array;
}

/** JSON texts of entities in the order in which they came; beyond the spool's memory they lie in a temporary file. */
export class SpooledTexts {
  readonly #spool: Spool;
  #pending: string[] = [];
  readonly #segments: Segment[] = [];
  #flushed = 0;

  /** @internal Use `spool.texts()`. */
  constructor(spool: Spool) {
    this.#spool = spool;
  }

  get length(): number {
    return this.#flushed + this.#pending.length;
  }

  push(text: string): void {
    this.#pending.push(text);
    this.#spool.added(text.length);
  }

  /** The text with that number; cheap for those that came last. */
  at(index: number): string {
    if (index >= this.#flushed) return this.#pending[index - this.#flushed] as string;
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#segments[middle] as Segment).first <= index) low = middle;
      else high = middle - 1;
    }
    const { offset, bytes, first, starts } = this.#segments[low] as Segment;
    const start = starts[index - first] as number;
    const end = index - first + 1 < starts.length ? (starts[index - first + 1] as number) : bytes;
    return this.#spool.read(offset + start, end - start - 1).toString('utf8');
  }

  /** @internal Moves what is in memory to the file. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const starts = new Int32Array(this.#pending.length);
    const buffers: Buffer[] = [];
    let bytes = 0;
    this.#pending.forEach((text, index) => {
      starts[index] = bytes;
      const buffer = Buffer.from(`${text}\n`, 'utf8');
      buffers.push(buffer);
      bytes += buffer.length;
    });
    const offset = this.#spool.write(Buffer.concat(buffers, bytes));
    this.#segments.push({ offset, bytes, first: this.#flushed, starts });
    this.#flushed += this.#pending.length;
    this.#pending = [];
  }

  *[Symbol.iterator](): Generator<string> {
    for (const { offset, bytes } of this.#segments) {
      let rest: Buffer = Buffer.alloc(0);
      for (let read = 0; read < bytes; read += blockBytes) {
        const block = this.#spool.read(offset + read, Math.min(blockBytes, bytes - read));
        const data = rest.length === 0 ? block : Buffer.concat([rest, block]);
        const end = data.lastIndexOf(10);
        if (end >= 0) yield* data.toString('utf8', 0, end).split('\n');
        rest = data.subarray(end + 1);
      }
    }
    yield* this.#pending;
  }
}

/** The memory and the temporary file of all texts of one run. */
export class Spool {
  readonly #memoryLength: number;
  readonly #lists: SpooledTexts[] = [];
  #buffered = 0;
  #folder: string | undefined;
  #file = -1;
  #size = 0;

  /** @param memoryLength so many characters stay in memory; `Infinity`: all */
  constructor(memoryLength: number) {
    this.#memoryLength = memoryLength;
  }

  texts(): SpooledTexts {
    const texts = new SpooledTexts(this);
    this.#lists.push(texts);
    return texts;
  }

  /** @internal */
  added(length: number): void {
    this.#buffered += length;
    if (this.#buffered <= this.#memoryLength) return;
    for (const list of this.#lists) list.flush();
    this.#buffered = 0;
  }

  /** @internal Appends to the file and returns where. */
  write(data: Uint8Array): number {
    if (this.#file < 0) {
      this.#folder = mkdtempSync(join(tmpdir(), 'oaa-build-'));
      this.#file = openSync(join(this.#folder, 'entities'), 'wx+', 0o600);
    }
    const offset = this.#size;
    for (let written = 0; written < data.length; ) {
      written += writeSync(this.#file, data, written, data.length - written, offset + written);
    }
    this.#size += data.length;
    return offset;
  }

  /** @internal */
  read(offset: number, length: number): Buffer {
    const data = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const count = readSync(this.#file, data, done, length - done, offset + done);
      if (count === 0) throw new Error('the temporary file of the build ended too early');
      done += count;
    }
    return data;
  }

  /** Removes the temporary file; nothing can be read afterwards. */
  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#file = -1;
    this.#folder = undefined;
  }
}
