import { expect, test } from 'vitest';
import { settleBody } from './settle-body.ts';

const kibi = 'x'.repeat(1024);

/** Pieces of 1,024 characters, and how many of them were made. */
function pieces(count: number) {
  let made = 0;
  async function* make(): AsyncGenerator<string> {
    for (; made < count; ) {
      made += 1;
      yield kibi;
    }
  }
  return { made: () => made, generator: make() };
}

test('a body of 256 Ki characters is a text', async () => {
  expect(await settleBody(pieces(256).generator)).toBe(kibi.repeat(256));
});

test('of a longer one, no more than that is made until somebody takes it, and all of it then', async () => {
  const { made, generator } = pieces(1000);
  const body = await settleBody(generator);
  expect(made()).toBe(257);
  let text = '';
  for await (const piece of body) text += piece;
  expect(text).toBe(kibi.repeat(1000));
});

test('what fails before that fails at once', async () => {
  async function* failing(): AsyncGenerator<string> {
    yield kibi;
    throw new Error('gone');
  }
  await expect(settleBody(failing())).rejects.toThrow('gone');
});
