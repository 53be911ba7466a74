import { contradictedFields, GuardError } from '@oaa-kit/oaa';
import type { Look, StepContext, StepFacts, StepWork } from '../step.ts';
import { bodyOf } from '../wire-body.ts';

/**
 * The read just before the creation. What has the name was made by somebody else, unless this very step was begun before,
 * had found the name free, and left what was to be sent.
 */
async function look(context: StepContext): Promise<Look> {
  const { tenant, planned, outcomeUnknown, signal } = context;
  const { name } = planned.declared;
  const found = await tenant.providers.find(name, { signal });
  if (found === undefined) return 'to-do';
  const otherwise = contradictedFields(bodyOf(context).creation, found);
  if (outcomeUnknown && otherwise.length === 0) return { id: found.id };
  const since = outcomeUnknown
    ? `and differs from what this apply was about to make in ${otherwise.join(', ')}: whether this apply made it is unknown`
    : 'and was not there when the plan was made';
  throw new GuardError('guard', `A provider "${name}" (${found.id}) is there, ${since}.`, {
    hint: 'Find out who made it. The next plan takes it over with adopt: true in the manifest; or give another name there.',
  });
}

async function act(context: StepContext): Promise<StepFacts> {
  const { tenant, planned, signal } = context;
  const { name, templates } = planned.declared;
  const { name: _, custom_template: template, custom_templates: __, ...options } = bodyOf(context).creation;
  const made = await tenant.providers.create({
    name,
    ...(template === undefined ? { templates } : { template: String(template) }),
    options,
    signal,
  });
  return { id: made.id };
}

/** Makes the provider, at most once. */
export const createProvider: StepWork = { look, act };
