import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { MaskedOutput } from './masked-output.ts';
import { SecretMask } from './secret-mask.ts';
import { CapturedOutput } from './test-support.ts';

const failing = (code: string) =>
  new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) }).on(
    'error',
    () => undefined,
  );

test('secrets are masked, also those that are learnt later', async () => {
  const mask = new SecretMask();
  const target = new CapturedOutput();
  const output = new MaskedOutput(target, mask);
  output.write('open hunter22\n');
  mask.add('hunter22');
  output.write('hidden hunter22\n');
  await output.flush();
  expect(target.text).toBe('open hunter22\nhidden (secret)\n');
});

test('a secret is masked when it comes in two pieces', async () => {
  const mask = new SecretMask();
  mask.add('hunter22');
  const target = new CapturedOutput();
  const output = new MaskedOutput(target, mask);
  for (const piece of ['it is hun', 'te', 'r22, not hun', 'gry, hunter']) output.write(piece);
  await output.flush();
  expect(target.text).toBe('it is (secret), not hungry, hunter');
});

test('the target stays open', async () => {
  const target = new CapturedOutput();
  await new MaskedOutput(target, new SecretMask()).flush();
  expect(target.writableEnded).toBe(false);
});

test('a reader that went away is no failure', async () => {
  const output = new MaskedOutput(failing('EPIPE'), new SecretMask());
  output.write('one');
  output.write('two');
  await output.flush();
  expect(output.failure).toBeUndefined();
});

test('a full disk is a failure', async () => {
  const output = new MaskedOutput(failing('ENOSPC'), new SecretMask());
  output.write('one');
  await output.flush();
  expect(output.failure).toMatchObject({ code: 'ENOSPC' });
});
