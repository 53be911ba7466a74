import { contradictedFields, GuardError, isBeingDeleted } from '@oaa-kit/oaa';
import type { JsonRecord } from '../../manifest/declared-provider.ts';
import { wireField } from '../../plan/index.ts';
import { rememberProvider, rememberSecret } from '../../state/index.ts';
import { rememberedOf } from '../remembered-of.ts';
import { type Look, providerId, type StepContext, type StepFacts, type StepWork } from '../step.ts';
import { bodyOf } from '../wire-body.ts';

/**
 * What is sent once more where a run before this one sent the fields: it may have had other secrets, and a tenant does not
 * show them, so that only this way what is remembered is what the tenant has.
 */
function sentAgain(context: StepContext): JsonRecord {
  if (context.sentByThisRun) return {};
  const fields = new Set([...context.secrets.keys()].map(wireField));
  return Object.fromEntries(Object.entries(bodyOf(context).creation).filter(([field]) => fields.has(field)));
}

/** What is sent again goes only where the provider still is what the run before sent. */
async function look(context: StepContext): Promise<Look> {
  if (Object.keys(sentAgain(context)).length === 0) return 'to-do';
  const id = providerId(context);
  const found = await context.tenant.providers.get(id, { signal: context.signal });
  const refuse = (problem: string): GuardError =>
    new GuardError('guard', `The provider "${context.planned.declared.name}" (${id}) ${problem}.`, {
      hint: 'Its secrets were not sent again. Find out who changed it. The next plan may ask for adopt: true in the manifest.',
    });
  if (found === undefined) throw refuse('is no longer there');
  if (isBeingDeleted(found)) throw refuse('is being deleted');
  const otherwise = contradictedFields(bodyOf(context).creation, found);
  if (otherwise.length > 0) throw refuse(`is not as the apply left it: it differs in ${otherwise.join(', ')}`);
  return 'to-do';
}

async function act(context: StepContext): Promise<StepFacts> {
  const { tenant, state, planned, secrets, secretCost, signal } = context;
  const again = sentAgain(context);
  if (Object.keys(again).length > 0) await tenant.providers.update(providerId(context), again, { signal });
  // What the tenant answers to it is looked at when all is sent.
  const before = { ...rememberedOf(context, {}), answered: {} };
  const declaredPaths = new Set(planned.declared.secrets.map(({ path }) => path));
  const kept = before.secrets.filter(({ path }) => declaredPaths.has(path) && !secrets.has(path));
  const sent = await Promise.all([...secrets].map(([path, value]) => rememberSecret(path, value, secretCost)));
  await state.save(rememberProvider(state.state.providers, { ...before, secrets: [...kept, ...sent] }));
  return {};
}

/** Writes down whose the provider is and what was sent, before anything else can fail. */
export const rememberSent: StepWork = { look, act };
