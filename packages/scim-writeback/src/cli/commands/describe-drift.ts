import type { DriftRecord } from '../../directory/write-back.ts';

/** A drift as a line. */
export function describeDrift({ kind, id, fact, generation }: DriftRecord): string {
  return `drift since base ${generation}: ${kind} ${id}, ${fact}: applied, as the application said, and not in the base; taken from the next base that says the same`;
}
