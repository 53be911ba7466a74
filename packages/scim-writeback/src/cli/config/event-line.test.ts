import { expect, test } from 'vitest';
import type { Intent } from '../../directory/write-back.ts';
import { eventLine } from './event-line.ts';

test('a line says what the adapter said, which the journal does not keep', () => {
  const intent = { id: 'i1', resourceId: 'r1' } as Intent;
  const event = { type: 'unknown', intent, reason: 'The adapter failed (Error).' } as const;
  expect(eventLine({ ...event, error: new Error('HTTP 500 of the desk') }).facts).toEqual({
    intent: 'i1',
    resource: 'r1',
    error: 'HTTP 500 of the desk',
  });
  expect(eventLine(event).facts).toEqual({ intent: 'i1', resource: 'r1' });
});
