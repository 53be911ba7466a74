import { GuardError } from '@oaa-kit/oaa';
import type { ResumeOptions } from './apply-options.ts';
import { EndpointCheckError } from './check-endpoints.ts';
import { journalFile } from './journal.ts';

/** How to go on with an apply that stopped. */
export function goOnHint({ resumeWith = 'resumeApply' }: Pick<ResumeOptions, 'resumeWith'>): string {
  return `Go on with: ${resumeWith}`;
}

/** How to end an apply that stopped and that is not gone on with. The state keeps what it remembers. */
export function giveUpHint(stateFile: string): string {
  return `To give it up: remove ${journalFile(stateFile)}, then plan again.`;
}

/** What a guard found when an apply was to be gone on with: going on would come to it again, so that it says how to end it. */
export function withGivingUp(error: unknown, stateFile: string): unknown {
  if (!(error instanceof GuardError)) return error;
  const hint = [error.hint, giveUpHint(stateFile)].filter((part) => part !== undefined).join(' ');
  if (error instanceof EndpointCheckError) return new EndpointCheckError(error.message, hint, error.checks);
  return new GuardError(error.code, error.message, { hint, cause: error });
}
