import { counted, printableLine } from '@oaa-kit/oaa/cli';
import type { Plan, PlannedProvider, PlanProblem, ProviderAction } from '../plan.ts';
import { describeProvider } from './describe-provider.ts';
import type { Paint } from './signs.ts';

const verbs: Readonly<Record<Exclude<ProviderAction, 'none'>, string>> = {
  create: 'to create',
  update: 'to change',
  replace: 'to replace',
  delete: 'to delete',
};

function countLine(providers: readonly PlannedProvider[]): string {
  const has = (action: ProviderAction) => providers.filter((planned) => planned.action === action);
  const unchanged = has('none');
  const adopted = unchanged.filter(({ adopts }) => adopts).length;
  const forgotten = unchanged.filter(({ forgets }) => forgets).length;
  const counts = [
    ...Object.entries(verbs).map(([action, words]) => [has(action as ProviderAction).length, words] as const),
    [adopted, 'to take over as they are'] as const,
    [forgotten, 'to forget'] as const,
  ].filter(([count]) => count > 0);
  const left = unchanged.length - adopted - forgotten;
  if (counts.length === 0) return `Nothing to do: ${counted(left, 'provider')} as declared.`;
  const all = [...counts, ...(left > 0 ? [[left, 'unchanged'] as const] : [])];
  return `${all.map(([count, words]) => `${count.toLocaleString('en-US')} ${words}`).join(', ')}.`;
}

function problemLines({ place, provider, message, hint }: PlanProblem): readonly string[] {
  const { file, row, column } = place;
  return [`  ${printableLine(`${file}:${row}:${column}: ${provider}: ${message}`)}`, `      ${printableLine(hint)}`];
}

/**
 * A plan as text for people: what is created `+`, changed `~`, deleted `-`, replaced `!`, field by field; then notes,
 * problems and counts. No secret is in it, since none is in a plan, and nothing in it can move the cursor.
 *
 * @param paint puts text into a style, or leaves it as it is
 */
export function renderPlan({ tenant, environment, providers, problems, notes }: Plan, paint: Paint): string {
  const described = providers.map((planned) => describeProvider(planned, paint)).filter(({ length }) => length > 0);
  const destroying = providers.filter(({ needsAllowDelete }) => needsAllowDelete).length;
  const where = environment === undefined ? '' : `, environment ${environment}`;
  const sections: (readonly string[])[] = [
    [paint('bold', printableLine(`Tenant ${tenant}${where}`))],
    ...described,
    notes.map((note) => `Note: ${printableLine(note)}`),
    problems.length === 0
      ? []
      : [
          paint('red', `${counted(problems.length, 'problem')}; this plan cannot be applied:`),
          ...problems.flatMap(problemLines),
        ],
    destroying === 0
      ? []
      : [
          paint('bold', `${counted(destroying, 'provider')} would lose what is in the graph; apply refuses this plan.`),
          'When that is meant, plan again with --allow-delete.',
        ],
    [countLine(providers)],
  ];
  return sections
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
