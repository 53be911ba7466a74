import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gzipText } from './gzip-payload.ts';

async function compressed(chunks: Iterable<string>): Promise<{ readonly text: string; readonly bytes: number }> {
  const written: Uint8Array[] = [];
  const bytes = await gzipText(chunks, { write: (chunk) => void written.push(Buffer.from(chunk)) });
  return { text: gunzipSync(Buffer.concat(written)).toString('utf8'), bytes };
}

test('what comes out is what went in, and its length in bytes', async () => {
  for (const text of ['', 'a', 'é名😀', 'x'.repeat(3_000_000)]) {
    expect(await compressed([text])).toEqual({ text, bytes: Buffer.byteLength(text) });
  }
});

test('characters of any length are whole wherever a block ends', async () => {
  for (const character of ['é', '名', '😀']) {
    for (let offset = 0; offset < 4; offset += 1) {
      const text = `${'x'.repeat(1024 * 1024 - offset)}${character.repeat(3)}`;
      expect((await compressed([text])).text === text).toBe(true);
    }
  }
});

test('a character whose halves are in two chunks is one character', async () => {
  const [first, second] = ['a\ud83d', '\ude00b'];
  expect((await compressed([first, second])).text).toBe('a😀b');
});

test('a sink that fails ends the work with its error', async () => {
  let made = 0;
  const chunks = function* () {
    for (; made < 1_000; made += 1) yield Math.random().toString().repeat(10_000);
  };
  const write = () => Promise.reject(new Error('full'));
  await expect(gzipText(chunks(), { write })).rejects.toThrow('full');
  expect(made).toBeLessThan(1_000);
});

test('a source that fails ends the work with its error', async () => {
  const chunks = function* () {
    yield 'a';
    throw new Error('broken');
  };
  await expect(gzipText(chunks(), { write: () => undefined })).rejects.toThrow('broken');
});

test('an abort ends the work', async () => {
  const controller = new AbortController();
  const chunks = function* () {
    for (let count = 0; ; count += 1) {
      if (count === 50) controller.abort(new Error('enough'));
      yield 'x'.repeat(100_000);
    }
  };
  await expect(gzipText(chunks(), { write: () => undefined }, controller.signal)).rejects.toThrow('enough');
});
