import { Worker } from 'node:worker_threads';
import { packageFile } from '../package-file.ts';
import type { CsvOptions } from './csv-options.ts';
import { type PackedRecords, unpackRecords } from './packed-records.ts';
import type { ParserData } from './parse-worker.ts';
import type { ParsedRecords } from './record-parser.ts';

/** So many chunks are with the thread at most. */
const chunksOnTheWay = 4;

interface Waiting {
  readonly resolve: (parsed: PackedRecords) => void;
  readonly reject: (error: unknown) => void;
}

/** The answers of a thread, in the order of the questions. */
class ParserThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #failure: unknown;

  constructor(data: ParserData) {
    const script = packageFile('src/sources/csv/parse-worker.ts', 'dist/parse-worker.js');
    // Parsing makes much short-lived data. With less room for it, it would be taken for long-lived, and pile up.
    this.#worker = new Worker(script, { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: 16 } });
    this.#worker.on('message', (packed: PackedRecords) => {
      this.#waiting.shift()?.resolve(packed);
      // A reading that is left half-way keeps no process alive.
      if (this.#waiting.length === 0) this.#worker.unref();
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(new Error('The thread that parses the file ended too early.')));
  }

  /** What a chunk gave; null at the end of the text. */
  parse(chunk: Uint8Array | null): Promise<PackedRecords> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    // The chunk may share its memory with others: it is copied, and the copy handed over.
    const copy = chunk === null ? null : new Uint8Array(chunk);
    this.#worker.ref();
    this.#worker.postMessage(copy, copy === null ? [] : [copy.buffer]);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

/** The records of each chunk, parsed in a thread of its own while others are worked on. */
export async function* parseInThread(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  options: CsvOptions,
): AsyncGenerator<ParsedRecords> {
  const thread = new ParserThread({ file, options });
  const answers: Promise<PackedRecords>[] = [];
  const ask = (chunk: Uint8Array | null): void => {
    const answer = thread.parse(chunk);
    // It may fail while an earlier one is awaited; whoever awaits it is told.
    answer.catch(() => undefined);
    answers.push(answer);
  };
  let failure: { readonly error: unknown } | undefined;
  try {
    try {
      for await (const chunk of chunks) {
        ask(chunk);
        if (answers.length > chunksOnTheWay) yield unpackRecords(await (answers.shift() as Promise<PackedRecords>));
      }
      ask(null);
    } catch (error) {
      // What was read before the text broke off comes first.
      failure = { error };
    }
    for (const answer of answers) yield unpackRecords(await answer);
    if (failure !== undefined) throw failure.error;
  } finally {
    await thread.close();
  }
}
