import { GuardError, isBeingDeleted, RemoteError } from '@oaa-kit/oaa';
import { fingerprintOf } from '../../plan/index.ts';
import { findAssumed } from '../find-assumed.ts';
import type { Look, StepContext, StepFacts, StepWork } from '../step.ts';

/** Nothing is destroyed that is not as the plan showed it. */
async function look(context: StepContext): Promise<Look> {
  const { planned } = context;
  const found = await findAssumed(context);
  if (found === undefined || isBeingDeleted(found)) return {};
  if (fingerprintOf(found) === planned.assumes?.fingerprint) return 'to-do';
  throw new GuardError('guard', `The provider "${found.name}" (${found.id}) has changed since the plan was made.`, {
    hint: 'It was not deleted. Look at what changed.',
  });
}

async function act(context: StepContext): Promise<StepFacts> {
  // The one that the plan saw, never one that was made since.
  const id = context.planned.assumes?.id;
  if (id === undefined) return {};
  try {
    await context.tenant.providers.delete(id, { signal: context.signal });
  } catch (error) {
    // Sent again after a lost answer, or somebody else was faster: it is gone, which was wanted.
    if (!(error instanceof RemoteError) || error.code !== 'not-found') throw error;
  }
  return {};
}

/** Deletes a provider with its data sources and what they have in the graph. The tenant goes on in the background. */
export const deleteProvider: StepWork = { look, act };
