import { expect, test } from 'vitest';
import { ask, canAsk } from './confirm.ts';
import { testContext, typedInput } from './test-support.ts';

test('a person can be asked only where both ends are a terminal, and not for machines', () => {
  const stdin = typedInput('');
  expect(canAsk(testContext({ terminal: true, stdin }).context)).toBe(true);
  expect(canAsk(testContext({ terminal: true, stdin, json: true }).context)).toBe(false);
  expect(canAsk(testContext({ terminal: false, stdin }).context)).toBe(false);
  expect(canAsk(testContext({ terminal: true }).context)).toBe(false);
});

test('the question goes to stderr, the answer comes without the spaces around it', async () => {
  const { context, stdout, stderr } = testContext({ terminal: true, stdin: typedInput('  Portal \n') });
  expect(await ask(context, 'Name? ')).toBe('Portal');
  expect(stderr.text).toContain('Name? ');
  expect(stdout.text).toBe('');
});

test('input that ends without an answer is an empty answer', async () => {
  const { context } = testContext({ terminal: true, stdin: typedInput('') });
  expect(await ask(context, 'Name? ')).toBe('');
});
