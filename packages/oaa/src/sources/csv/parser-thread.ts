import { Worker } from 'node:worker_threads';
import type { CsvOptions } from './csv-options.ts';
import { type PackedRecords, unpackRecords } from './packed-records.ts';
import type { ParserData } from './parse-worker.ts';
import { type ParsedRecords, RecordParser } from './record-parser.ts';

/** So many chunks are with the thread at most. */
const chunksOnTheWay = 4;

interface Waiting {
  readonly resolve: (parsed: PackedRecords) => void;
  readonly reject: (error: unknown) => void;
}

/** Built, it lies beside the chunks of the build, as it lies beside this file in the source. */
function workerScript(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './parse-worker.ts' : './parse-worker.js', import.meta.url);
}

/** The answers of a thread, in the order of the questions. */
class ParserThread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #failure: unknown;
  #closing = false;

  /** @throws where the process may not have threads */
  constructor(data: ParserData) {
    this.#worker = new Worker(workerScript(), {
      workerData: data,
      // Options of the process, such as --input-type, are not for a file.
      execArgv: [],
      // Parsing makes much short-lived data. With less room for it, it would be taken for long-lived, and pile up.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    this.#worker.on('message', (packed: PackedRecords) => {
      this.#waiting.shift()?.resolve(packed);
      // A reading that is left half-way keeps no process alive; one that is being closed does until it is.
      if (this.#waiting.length === 0 && !this.#closing) this.#worker.unref();
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('messageerror', (error) => this.#fail(error));
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

  /** Whether it ended by itself. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#worker.ref();
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

/** The records of each chunk. */
export async function* parseHere(
  chunks: AsyncIterable<Buffer>,
  file: string,
  options: CsvOptions,
): AsyncGenerator<ParsedRecords> {
  const parser = new RecordParser(file, options);
  for await (const chunk of chunks) yield parser.read(chunk);
  yield parser.finish();
}

function startThread(data: ParserData): ParserThread | undefined {
  try {
    return new ParserThread(data);
  } catch {
    // A process under --permission may have none. Parsing here takes longer, and nothing else.
    return undefined;
  }
}

/** A reading by a thread, chunk by chunk, with several chunks on their way. */
class ThreadReading {
  readonly #thread: ParserThread;
  readonly #answers: Promise<PackedRecords>[] = [];
  /** What was sent before the first answer: as long as there is none, the thread may turn out not to work. */
  #unanswered: Buffer[] | undefined = [];

  constructor(thread: ParserThread) {
    this.#thread = thread;
  }

  get onTheWay(): number {
    return this.#answers.length;
  }

  /** Chunks of which no answer is to be had, because there was never one. */
  get unanswered(): readonly Buffer[] | undefined {
    return this.#unanswered;
  }

  ask(chunk: Buffer | null): void {
    const answer = this.#thread.parse(chunk);
    // It may fail while an earlier one is awaited; whoever awaits it is told.
    answer.catch(() => undefined);
    this.#answers.push(answer);
    if (chunk !== null) this.#unanswered?.push(chunk);
  }

  async answer(): Promise<ParsedRecords> {
    const packed = await (this.#answers.shift() as Promise<PackedRecords>);
    this.#unanswered = undefined;
    return unpackRecords(packed);
  }
}

async function* readByThread(chunks: AsyncIterator<Buffer>, reading: ThreadReading): AsyncGenerator<ParsedRecords> {
  let failure: { readonly error: unknown } | undefined;
  for (let done = false; !done; ) {
    try {
      const next = await chunks.next();
      done = next.done === true;
      reading.ask(next.done === true ? null : next.value);
    } catch (error) {
      // What was read before the text broke off comes first.
      failure = { error };
      done = true;
    }
    while (reading.onTheWay > (done ? 0 : chunksOnTheWay)) yield await reading.answer();
  }
  if (failure !== undefined) throw failure.error;
}

/**
 * The records of each chunk, parsed in a thread of its own while others are worked on; where there can be no thread, in
 * this one. The signal ends the thread, also while nobody asks for records.
 */
export async function* parseInThread(
  chunks: AsyncGenerator<Buffer>,
  file: string,
  options: CsvOptions,
  signal?: AbortSignal | undefined,
): AsyncGenerator<ParsedRecords> {
  const thread = startThread({ file, options });
  if (thread === undefined) {
    yield* parseHere(chunks, file, options);
    return;
  }
  const end = () => void thread.close();
  signal?.addEventListener('abort', end, { once: true });
  const reading = new ThreadReading(thread);
  try {
    yield* readByThread(chunks, reading);
  } catch (error) {
    const { unanswered } = reading;
    if (unanswered === undefined || signal?.aborted === true || !thread.hasFailed) throw error;
    // A bundle may lack the script of the thread.
    yield* parseHere(followedBy(unanswered, chunks), file, options);
  } finally {
    signal?.removeEventListener('abort', end);
    await thread.close();
  }
}

async function* followedBy(first: readonly Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield* first;
  yield* rest;
}
