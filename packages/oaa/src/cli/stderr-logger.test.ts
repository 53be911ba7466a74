import { describe, expect, test } from 'vitest';
import { stderrLogger } from './stderr-logger.ts';
import { testContext } from './test-support.ts';

function logged(changes: Parameters<typeof testContext>[0] = {}): string {
  const { context, stderr } = testContext(changes);
  const logger = stderrLogger(context);
  logger.debug('Asked.', { status: 429 });
  logger.warn('Turned away.\nNext attempt in 1 s.', { delayMs: 1_000, path: undefined });
  return stderr.text;
}

describe('the log of a command', () => {
  test('has what a waiting person must know, on one line and without the facts', () => {
    expect(logged()).toBe('Turned away.\\nNext attempt in 1 s.\n');
  });

  test('takes the place of a progress line on a terminal', () => {
    expect(logged({ terminal: true, env: { NO_COLOR: '1' } })).toBe('\r\u001b[2KTurned away.\\nNext attempt in 1 s.\n');
  });

  test('has nothing with --quiet', () => {
    expect(logged({ quiet: true })).toBe('');
  });

  test('has everything with --debug', () => {
    expect(logged({ debug: true })).toBe(
      '2026-11-22T04:05:06.789Z debug Asked. status=429\n' +
        '2026-11-22T04:05:06.789Z warn Turned away.\\nNext attempt in 1 s. delayMs=1000\n',
    );
  });
});
