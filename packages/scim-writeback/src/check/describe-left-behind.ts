import type { CheckReport } from './check-report.ts';

/** `User oaa-kit-check-1a2b3c-user1 (id 4711)`, or without the id where no answer told it. */
export function describeLeftBehind({ kind, id, name }: CheckReport['leftBehind'][number]): string {
  return `${kind} ${name}${id === '' ? '' : ` (id ${id})`}`;
}
