import { expect, test } from 'vitest';
import type { Intent } from '../../directory/write-back.ts';
import { eventLine } from './event-line.ts';

test.each(['unknown', 'needs-attention'] as const)(
  'a line (%s) says what the adapter said, which the journal does not keep',
  (type) => {
    const intent = { id: 'i1', resourceId: 'r1' } as Intent;
    const event = { type, intent, reason: 'The adapter failed (Error).' } as const;
    expect(
      eventLine({ ...event, error: new Error('fetch failed', { cause: new Error('ECONNREFUSED') }) }).facts,
    ).toEqual({
      intent: 'i1',
      resource: 'r1',
      error: 'fetch failed: ECONNREFUSED',
    });
    expect(eventLine(event).facts).toEqual({ intent: 'i1', resource: 'r1' });
  },
);
