import type { WriteBackEvent } from '../../application/write-back-event.ts';
import type { Intent } from '../../directory/write-back.ts';
import { adapterWords } from './adapter-words.ts';

/** What the log says of an event: enough to find the intent, nothing of the people it is about. */
export interface EventLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

export function eventLine(event: WriteBackEvent): EventLine {
  switch (event.type) {
    case 'unknown':
      return {
        level: 'warn',
        message: `nobody knows yet whether the application took a change: ${event.reason}`,
        facts: factsOf(event),
      };
    case 'needs-attention':
      return {
        level: 'error',
        message: `a change needs attention: ${event.reason}; see oaa scim journal`,
        facts: factsOf(event),
      };
    case 'recovered':
      return {
        level: 'info',
        message: `a change that was left behind is ${event.outcome}`,
        facts: factsOf(event),
      };
    case 'removal-limit':
      return {
        level: 'error',
        message: `a credential takes away more ${event.kind} than it may within an hour`,
        facts: { credential: event.actor, limit: event.limit },
      };
    case 'journal-failed':
      return {
        level: 'error',
        message: `the journal could not be read or written: ${event.error instanceof Error ? event.error.message : 'unknown error'}`,
        facts: {},
      };
  }
}

function factsOf({ intent, error }: { readonly intent: Intent; readonly error?: unknown }): EventLine['facts'] {
  const { id, resourceId } = intent;
  // Of an error of the adapter the journal keeps only the name.
  return { intent: id, resource: resourceId, ...(error !== undefined && { error: adapterWords(error) }) };
}
