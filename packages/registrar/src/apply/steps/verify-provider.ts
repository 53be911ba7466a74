import { canShow, GuardError } from '@oaa-kit/oaa';
import type { JsonValue } from '../../manifest/declared-provider.ts';
import { declaredFields } from '../../plan/index.ts';
import { rememberProvider } from '../../state/index.ts';
import { rememberedOf } from '../remembered-of.ts';
import { providerId, type StepContext, type StepFacts, type StepWork } from '../step.ts';

/**
 * Reads the provider back. What the tenant shows in a form of its own is remembered as its answer; what it shows
 * otherwise than it was sent is not, so that the next plan shows it again.
 */
async function act(context: StepContext): Promise<StepFacts> {
  const { tenant, planned, state, signal } = context;
  const { declared } = planned;
  const id = providerId(context);
  // From the list, as the next plan will read it: a tenant may show more of a provider alone.
  const found = await tenant.providers.find(declared.name, { signal });
  if (found?.id !== id) {
    throw new GuardError('not-found', `The provider "${declared.name}" (${id}) was sent and is not there.`, {
      hint: 'Somebody may have renamed or deleted it.',
    });
  }
  const remembered = rememberedOf(context, found.raw);
  const wanted = declaredFields(declared);
  const answers = Object.entries(remembered.answered);
  const isAnswer = ([path, answer]: readonly [string, JsonValue]): boolean => canShow(wanted.get(path) ?? null, answer);
  await state.save(
    rememberProvider(state.state.providers, {
      ...remembered,
      answered: Object.fromEntries(answers.filter(isAnswer)),
      iconSha256: declared.icon?.sha256 ?? remembered.iconSha256,
    }),
  );
  return { differences: answers.filter((entry) => !isAnswer(entry)).map(([path]) => path) };
}

/** The last step of a provider that stays. */
export const verifyProvider: StepWork = { act };
