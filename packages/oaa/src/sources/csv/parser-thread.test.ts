import { Readable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { InputError } from '../../errors/errors.ts';
import { rowsAndFailure, textStream } from '../test-rows.ts';
import type { CsvOptions } from './csv-options.ts';
import { packRecords, unpackRecords } from './packed-records.ts';
import { parseInThread } from './parser-thread.ts';
import { readCsv } from './read-csv.ts';
import { RecordParser } from './record-parser.ts';
import { randomTable } from './test-random-table.ts';

const rows = (count: number) => Array.from({ length: count }, (_, number) => `${number},"name, ${number}"\n`).join('');

describe('a thread reads what the same thread would read', () => {
  test.each<[name: string, text: string, options: CsvOptions]>([
    ['rows', `id,name\n${rows(500)}`, {}],
    ['a header only', 'id,name\n', {}],
    ['no header', rows(20), { columns: ['id', 'name'] }],
    ['skipped lines', `made by hand\r\nid,name\n${rows(20)}`, { skipLines: 1 }],
    ['lines within cells', 'id,name\n1,"a\r\nb"\n\n2,"c\nd"\n3,e\n', {}],
    ['rows of other widths', 'id,name\n1\n2,b,c\n3,d\n', {}],
    ['padded rows', 'id,name\n1\n3,d\n', { shortRows: 'pad' }],
    ['characters of several bytes', 'id,name\nßß,名名名\n😀,é\n', {}],
    ['an open quote after rows', `id,name\n${rows(50)}51,"open\n${rows(50).replaceAll('"', '')}`, {}],
    ['a quote in a cell', `id,name\n${rows(50)}51,5" disk\n${rows(50)}`, {}],
  ])('%s', async (_, text, options) => {
    const here = await rowsAndFailure(await readCsv(textStream(text, 100), 'users.csv', options));
    const thread = await rowsAndFailure(await readCsv(textStream(text, 100), 'users.csv', options, { inThread: true }));
    expect(thread).toEqual(here);
  });
});

test('rows before the text breaks off come before the failure', async () => {
  const text = async function* () {
    yield Buffer.from(`id,name\n${rows(10)}`);
    yield Buffer.from(rows(10));
    throw new Error('cut off');
  };
  const read = async (inThread: boolean) =>
    rowsAndFailure(await readCsv(Readable.from(text()), 'users.csv', {}, { inThread }));
  const [here, failure] = await read(false);
  // The parser has not seen yet where the last row ends.
  expect([here.length, failure]).toEqual([19, new Error('cut off')]);
  expect(await read(true)).toEqual([here, failure]);
});

test('a reading that is broken off ends its thread', async () => {
  const source = await readCsv(textStream(`id,name\n${rows(1_000)}`, 100), 'users.csv', {}, { inThread: true });
  for await (const batch of source.batches()) if (batch.length > 0) break;
  source.close();
  expect(process.getActiveResourcesInfo()).not.toContain('MessagePort');
});

test('a reading that is closed half-way ends its thread', async () => {
  const source = await readCsv(textStream(`id,name\n${rows(1_000)}`, 100), 'users.csv', {}, { inThread: true });
  const batches = source.batches()[Symbol.asyncIterator]();
  expect((await batches.next()).done).toBe(false);
  source.close();
  await vi.waitFor(() => expect(process.getActiveResourcesInfo()).not.toContain('MessagePort'));
});

async function* chunksOf(text: string): AsyncGenerator<Buffer> {
  for await (const chunk of textStream(text, 100)) yield chunk as Buffer;
}

test('where no thread can be started, the text is parsed here', async () => {
  // A function cannot be handed over, so that the thread cannot be started with it.
  const options = { columns: Object.assign(['id', 'name'], { broken: () => undefined }) };
  let count = 0;
  for await (const { records } of parseInThread(chunksOf(`id,name\n${rows(300)}`), 'users.csv', options)) {
    count += records.length;
  }
  expect(count).toBe(301);
});

test('where the thread ends before it has answered, the text is parsed here', async () => {
  const failure = parseInThread(chunksOf('a'), 'users.csv', { delimiter: '' }).next();
  // From another thread it would come as an error of another class.
  await expect(failure).rejects.toBeInstanceOf(InputError);
});

test('packed records are the same records', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const { text, delimiter } = randomTable(seed);
    const parser = new RecordParser('random.csv', { delimiter });
    for (const parsed of [parser.read(Buffer.from(text)), parser.finish()]) {
      expect(unpackRecords(packRecords(parsed))).toEqual(parsed);
    }
  }
});

test('characters of one byte and of two are the same after the way', () => {
  for (const cells of [['é', 'a', ''], ['名', '\0', 'ÿ'], ['😀', 'Ā', 'x'.repeat(40)], []]) {
    const parsed = { records: [{ line: 2, cells }], failure: undefined };
    expect(unpackRecords(packRecords(parsed))).toEqual(parsed);
  }
});
