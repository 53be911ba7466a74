import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../../errors/errors.ts';
import { GrowingInts } from './growing-ints.ts';

const firstBlockBytes = 4 * 1024;
const lastBlockBytes = 1024 * 1024;
const lineBreak = 10;
/** So many texts that were read from the file again are remembered: rows that repeat an entity come in bunches. */
const rememberedTexts = 1_024;

/** Texts that lie together, each ended by a line break: in memory, or at a place of the file. */
interface Block {
  /** The number of its first text. */
  readonly first: number;
  readonly bytes: number;
  readonly data: Buffer | number;
}

/**
 * JSON texts of entities in the order in which they came, kept as UTF-8: a million strings would be a million objects
 * for the garbage collector.
 */
export class SpooledTexts {
  readonly #spool: Spool;
  readonly #blocks: Block[] = [];
  /** Where each text begins in its block. */
  readonly #starts = new GrowingInts();
  /** Texts of the file by their number. */
  readonly #remembered = new Map<number, string>();
  #current: Buffer = Buffer.alloc(0);
  #first = 0;
  #used = 0;

  /** @internal Use `spool.texts()`. */
  constructor(spool: Spool) {
    this.#spool = spool;
  }

  get length(): number {
    return this.#starts.length;
  }

  push(text: string): void {
    const most = text.length * 3 + 1;
    if (this.#used + most > this.#current.length) this.#nextBlock(most);
    this.#starts.push(this.#used);
    this.#used += this.#current.write(text, this.#used);
    this.#current[this.#used] = lineBreak;
    this.#used += 1;
  }

  /** The text with that number; cheap for those that came last. */
  at(index: number): string {
    const start = this.#starts.at(index);
    if (index >= this.#first) {
      const end = index + 1 < this.length ? this.#starts.at(index + 1) : this.#used;
      return this.#current.toString('utf8', start, end - 1);
    }
    const block = this.#blockOf(index);
    const next = index + 1;
    const isLast = next === this.#first || this.#blockOf(next) !== block;
    const end = (isLast ? block.bytes : this.#starts.at(next)) - 1;
    if (typeof block.data !== 'number') return block.data.toString('utf8', start, end);
    const known = this.#remembered.get(index);
    if (known !== undefined) return known;
    const text = this.#spool.read(block.data + start, end - start).toString('utf8');
    if (this.#remembered.size >= rememberedTexts) this.#remembered.clear();
    this.#remembered.set(index, text);
    return text;
  }

  *[Symbol.iterator](): Generator<string> {
    for (const texts of this.batches()) yield* texts;
  }

  /** All texts, a block at a time. */
  *batches(): Generator<readonly string[]> {
    let room: Buffer = Buffer.alloc(0);
    for (const { data, bytes } of this.#blocks) {
      if (typeof data === 'number' && room.length < bytes) room = Buffer.allocUnsafeSlow(bytes);
      const buffer = typeof data === 'number' ? this.#spool.read(data, bytes, room) : data;
      yield buffer.toString('utf8', 0, bytes - 1).split('\n');
    }
    if (this.#used > 0) yield this.#current.toString('utf8', 0, this.#used - 1).split('\n');
  }

  #blockOf(index: number): Block {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#blocks[middle] as Block).first <= index) low = middle;
      else high = middle - 1;
    }
    return this.#blocks[low] as Block;
  }

  /** Puts the current block away and begins one with room for `bytes`. */
  #nextBlock(bytes: number): void {
    const wanted = Math.min(lastBlockBytes, Math.max(firstBlockBytes, this.#current.length * 2));
    const size = Math.max(bytes, Math.min(wanted, this.#spool.blockBytes));
    if (this.#used > 0) {
      const data = this.#spool.put(this.#current.subarray(0, this.#used));
      this.#blocks.push({ first: this.#first, bytes: this.#used, data });
      // A block that went to the file leaves its memory to the next one.
      if (typeof data === 'number' && this.#current.length >= size) {
        this.#first = this.length;
        this.#used = 0;
        return;
      }
    }
    this.#current = Buffer.allocUnsafeSlow(size);
    this.#first = this.length;
    this.#used = 0;
  }
}

/** The memory and the temporary file of all texts of one run. */
export class Spool {
  /** @internal No block need be larger. */
  readonly blockBytes: number;
  #memoryBytes: number;
  #folder: string | undefined;
  #file = -1;
  #size = 0;

  /** @param memoryBytes so much stays in memory; `Infinity`: all */
  constructor(memoryBytes: number) {
    this.#memoryBytes = memoryBytes;
    this.blockBytes = memoryBytes / 8;
  }

  texts(): SpooledTexts {
    return new SpooledTexts(this);
  }

  /** @internal Keeps a block in memory while there is room, else in the file, whose offset is then returned. */
  put(block: Buffer): Buffer | number {
    if (block.length <= this.#memoryBytes) {
      this.#memoryBytes -= block.length;
      return block;
    }
    const offset = this.#size;
    try {
      if (this.#file < 0) this.#open();
      for (let written = 0; written < block.length; ) {
        written += writeSync(this.#file, block, written, block.length - written, offset + written);
      }
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
      const why = code === 'ENOSPC' ? 'the disk is full' : code;
      throw new UsageError(
        'file-unwritable',
        `The temporary file of the build cannot be written in ${tmpdir()}: ${why}.`,
        {
          hint: 'Make room, or name a folder on another disk in the variable TMPDIR. It takes about as much as the payload.',
          cause,
        },
      );
    }
    this.#size += block.length;
    return offset;
  }

  /** The file loses its name at once, where the system allows that: then it is gone however the process ends. */
  #open(): void {
    this.#folder = mkdtempSync(join(tmpdir(), 'oaa-build-'));
    this.#file = openSync(join(this.#folder, 'entities'), 'wx+', 0o600);
    try {
      this.#removeFolder();
    } catch {
      // Windows keeps the names of open files; close() removes it.
    }
  }

  #removeFolder(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }

  /** @internal Reads into `data`, whose first bytes are then what was asked for. */
  read(offset: number, length: number, data: Buffer = Buffer.allocUnsafe(length)): Buffer {
    if (this.#file < 0) throw new Error('The payload was closed, and its temporary file is gone.');
    for (let done = 0; done < length; ) {
      const count = readSync(this.#file, data, done, length - done, offset + done);
      if (count === 0) throw new Error('the temporary file of the build ended too early');
      done += count;
    }
    return data;
  }

  /** Removes the temporary file; what lies there cannot be read afterwards. */
  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
    this.#removeFolder();
  }
}
