import { rememberProvider, rememberSecret } from '../../state/index.ts';
import { wireField } from '../changed-fields.ts';
import { rememberedOf } from '../remembered-of.ts';
import { providerId, type StepContext, type StepFacts, type StepWork } from '../step.ts';
import { bodyOf } from '../wire-body.ts';

/**
 * A run before this one sent the fields, perhaps with other secrets, and a tenant does not show them: they are sent once
 * more, so that what is remembered is what the tenant has.
 */
async function sendSecretsAgain(context: StepContext): Promise<void> {
  const { tenant, secrets, signal } = context;
  const fields = new Set([...secrets.keys()].map(wireField));
  const changes = Object.entries(bodyOf(context).creation).filter(([field]) => fields.has(field));
  if (changes.length > 0) await tenant.providers.update(providerId(context), Object.fromEntries(changes), { signal });
}

async function act(context: StepContext): Promise<StepFacts> {
  const { state, planned, secrets, secretCost, sentByThisRun } = context;
  if (!sentByThisRun) await sendSecretsAgain(context);
  // What the tenant answers to it is looked at when all is sent.
  const before = { ...rememberedOf(context, {}), answered: {} };
  const declaredPaths = new Set(planned.declared.secrets.map(({ path }) => path));
  const kept = before.secrets.filter(({ path }) => declaredPaths.has(path) && !secrets.has(path));
  const sent = await Promise.all([...secrets].map(([path, value]) => rememberSecret(path, value, secretCost)));
  await state.save(rememberProvider(state.state.providers, { ...before, secrets: [...kept, ...sent] }));
  return {};
}

/** Writes down whose the provider is and what was sent, before anything else can fail. */
export const rememberSent: StepWork = { act };
