import { expect, test } from 'vitest';
import { progressLine } from './progress.ts';
import { testContext } from './test-support.ts';

test('on a terminal one line is replaced and taken away', () => {
  const { context, stderr, stdout } = testContext({ terminal: true });
  const progress = progressLine(context);
  progress.show('one');
  progress.show('one');
  progress.show('two');
  progress.clear();
  progress.clear();
  expect(stderr.text).toBe('\r\u001b[2Kone\r\u001b[2Ktwo\r\u001b[2K');
  expect(stdout.text).toBe('');
});

test('a line longer than the terminal is cut', () => {
  const { context, stderr } = testContext({ terminal: true });
  progressLine(context).show('x'.repeat(500));
  expect(stderr.text).toBe(`\r\u001b[2K${'x'.repeat(99)}`);
});

test.each([
  ['a pipe', { terminal: false }],
  ['--quiet', { terminal: true, quiet: true }],
  ['--json', { terminal: true, json: true }],
  ['--debug', { terminal: true, debug: true }],
])('nothing is shown with %s', (_name, changes) => {
  const { context, stderr } = testContext(changes);
  const progress = progressLine(context);
  progress.show('one');
  progress.clear();
  expect(stderr.text).toBe('');
});
