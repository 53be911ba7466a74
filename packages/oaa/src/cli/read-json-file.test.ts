import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OaaError } from '../errors/index.ts';
import { readJsonFile } from './read-json-file.ts';
import { temporaryFolder, testContext } from './test-support.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder({
    'good.json': '{"a":1}',
    'bom.json': '\ufeff{"a":1}',
    'empty.json': ' \n',
    'broken.json': '{\n  "a": 1,\n  "b" 2\n}',
    'twice.json': '{\n  "a": 1,\n  "a": 2,\n  "b": {"c": 0, "c": 0}\n}',
    'utf16.json': Buffer.from('\ufeff{}', 'utf16le'),
    'latin1.json': Buffer.from('{"a":"\xe9"}', 'latin1'),
  });
  await mkdir(join(folder.path, 'folder'));
});
afterAll(() => folder.remove());

const read = (name: string, limitBytes?: number) =>
  readJsonFile(testContext({ cwd: folder.path }).context, name, limitBytes);

async function refusal(reading: Promise<unknown>) {
  const error = await reading.catch((thrown: unknown) => thrown);
  if (!(error instanceof OaaError)) throw new Error('no error of ours');
  return { code: error.code, exitCode: error.exitCode, message: error.message, hint: error.hint };
}

test('a document is read from a file, with or without a byte order mark', async () => {
  expect(await read('good.json')).toEqual({ a: 1 });
  expect(await read('bom.json')).toEqual({ a: 1 });
});

test('a dash reads stdin', async () => {
  const stdin = Readable.from([Buffer.from('{"a":'), Buffer.from('"\u00e9"}')]);
  expect(await readJsonFile(testContext({ stdin }).context, '-')).toEqual({ a: '\u00e9' });
});

test('a missing file', async () => {
  expect(await refusal(read('nothing.json'))).toEqual({
    code: 'file-unreadable',
    exitCode: 2,
    message: 'Cannot read nothing.json: there is no such file.',
    hint: 'Check the path; it is relative to the current folder.',
  });
});

test('a folder instead of a file', async () => {
  expect(await refusal(read('folder'))).toEqual({
    code: 'file-unreadable',
    exitCode: 2,
    message: 'Cannot read folder: it is a folder.',
    hint: 'Name the JSON file inside it.',
  });
});

test('a path through a file', async () => {
  expect((await refusal(read('good.json/inside'))).message).toBe(
    'Cannot read good.json/inside: a part of the path is not a folder.',
  );
});

test('an empty file', async () => {
  expect(await refusal(read('empty.json'))).toEqual({
    code: 'json-invalid',
    exitCode: 3,
    message: 'empty.json is empty; a JSON document is expected.',
    hint: 'Check what writes the file: did it fail?',
  });
});

test('empty stdin', async () => {
  expect(await refusal(readJsonFile(testContext().context, '-'))).toMatchObject({
    message: '(stdin) is empty; a JSON document is expected.',
    hint: 'Pipe a payload into the command.',
  });
});

test('broken JSON is shown with line, column and the place', async () => {
  expect(await refusal(read('broken.json'))).toEqual({
    code: 'json-invalid',
    exitCode: 3,
    message: 'broken.json:3:7: not JSON: expected ":" after the key "b", found "2".\n  "b" 2\n      ^',
    hint: 'Correct the file at this place.',
  });
});

test('all duplicate keys are found', async () => {
  const reading = read('twice.json');
  expect(await refusal(reading)).toMatchObject({
    code: 'json-invalid',
    exitCode: 3,
    message: 'twice.json:3:3: not clear JSON: the key "a" stands twice in the same object.\n  "a": 2,\n  ^',
  });
  await expect(reading).rejects.toMatchObject({
    diagnostics: [
      { code: 'duplicate-key', severity: 'error', source: { file: 'twice.json', row: 3, column: 3 } },
      { code: 'duplicate-key', severity: 'error', source: { file: 'twice.json', row: 4, column: 17 } },
    ],
  });
});

test('text that is not UTF-8', async () => {
  expect((await refusal(read('utf16.json'))).message).toBe(
    'utf16.json is UTF-16 text; JSON is UTF-8 (RFC 8259 section 8.1).',
  );
  expect((await refusal(read('latin1.json'))).message).toBe(
    'latin1.json is not UTF-8 text; JSON is UTF-8 (RFC 8259 section 8.1).',
  );
});

test('a file or stdin larger than a text can be', async () => {
  const expected = {
    code: 'payload-too-large',
    exitCode: 3,
    message: 'good.json is larger than 6 bytes, the longest text that Node.js can hold.',
  };
  expect(await refusal(read('good.json', 6))).toMatchObject(expected);
  const stdin = Readable.from([Buffer.from('{"a"'), Buffer.from(':1}')]);
  expect(await refusal(readJsonFile(testContext({ stdin }).context, '-', 6))).toMatchObject({
    ...expected,
    message: expected.message.replace('good.json', '(stdin)'),
  });
});

test('a name that could repaint the terminal is shown as escapes', async () => {
  expect((await refusal(read('\u001b[2J'))).message).toBe('Cannot read \\u001b[2J: there is no such file.');
});
