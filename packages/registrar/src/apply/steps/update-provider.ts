import { contradictedFields, GuardError, isBeingDeleted } from '@oaa-kit/oaa';
import { fingerprintOf } from '../../plan/index.ts';
import { findAssumed } from '../find-assumed.ts';
import { type Look, providerId, type StepContext, type StepFacts, type StepWork } from '../step.ts';
import { bodyOf } from '../wire-body.ts';

/** The provider is as the plan saw it, or as a lost request of this step left it. */
async function look(context: StepContext): Promise<Look> {
  const { planned, outcomeUnknown } = context;
  const id = providerId(context);
  const found = await findAssumed(context);
  const refuse = (problem: string): GuardError =>
    new GuardError('guard', `The provider "${planned.declared.name}" (${id}) ${problem}.`, {
      hint: outcomeUnknown
        ? 'Whether this apply has changed it before is unknown. Look at what is there.'
        : 'It was not changed. Look at what is there.',
    });
  if (found === undefined) throw refuse('is no longer there');
  if (isBeingDeleted(found)) throw refuse('is being deleted');
  if (fingerprintOf(found) === planned.assumes?.fingerprint) return 'to-do';
  const changes = bodyOf(context).changes;
  // What the tenant does not show (a token) may not have arrived: a PATCH does no harm twice.
  if (outcomeUnknown && contradictedFields(changes, found).length === 0) return 'to-do';
  throw refuse('has changed since the plan was made');
}

async function act(context: StepContext): Promise<StepFacts> {
  await context.tenant.providers.update(providerId(context), bodyOf(context).changes, { signal: context.signal });
  return {};
}

/** Sends the fields that differ; of `configuration_json` all, since the tenant replaces it whole. */
export const updateProvider: StepWork = { look, act };
