// The thread that parses for `ParserThread`: chunks come in, their records go out, in the same order.
import { parentPort, workerData } from 'node:worker_threads';
import type { CsvOptions } from './csv-options.ts';
import { packRecords } from './packed-records.ts';
import { RecordParser } from './record-parser.ts';

/** What the thread is started with. */
export interface ParserData {
  readonly file: string;
  readonly options: CsvOptions;
}

const { file, options } = workerData as ParserData;
const parser = new RecordParser(file, options);

/** A chunk, or null at the end of the text. */
parentPort?.on('message', (chunk: Uint8Array<ArrayBuffer> | null) => {
  const packed = packRecords(
    chunk === null ? parser.finish() : parser.read(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)),
  );
  parentPort?.postMessage(packed, [packed.text.buffer, packed.ends.buffer, packed.rows.buffer]);
});
