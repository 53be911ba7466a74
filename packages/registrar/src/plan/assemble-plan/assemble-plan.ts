import type { DeclaredProvider, Manifests } from '../../manifest/declared-provider.ts';
import type { RegistrarState, RememberedProvider } from '../../state/registrar-state.ts';
import type { Plan, PlanProblem } from '../plan.ts';
import type { KnownSecrets } from './compare-fields.ts';
import { type Match, matchProvider, type World, worldOf } from './match-provider.ts';
import { needsDataSources, type ProviderOutcome, planProvider } from './plan-provider.ts';
import type { TenantDataSource, TenantProvider } from './tenant-view.ts';

/** Everything that a plan is made from. No value of a secret is in it. */
export interface PlanInput {
  /** URL of the tenant that was read. */
  readonly tenant: string;
  readonly manifests: Manifests;
  readonly state: RegistrarState;
  /** All providers of the tenant. */
  readonly providers: readonly TenantProvider[];
  /** By the ids of providers, at least of those that `neededReadings` names. */
  readonly dataSources: ReadonlyMap<string, readonly TenantDataSource[]>;
  /** By the keys of providers. */
  readonly secrets: ReadonlyMap<string, KnownSecrets>;
  /** Secrets that cannot be read, or cannot be what they are for. */
  readonly secretProblems: readonly PlanProblem[];
  readonly allowDelete: boolean;
  /** RFC 3339. */
  readonly createdAt: string;
}

const namesInNote = 10;

type MatchInput = Pick<PlanInput, 'manifests' | 'state' | 'providers'>;

function worldIn({ manifests, state, providers }: MatchInput): World {
  return worldOf(manifests.providers, state, providers);
}

/** What was sent to the provider that a declared one is: of another provider nothing counts. */
function rememberedOf(match: Match, world: World): RememberedProvider | undefined {
  return match.kind === 'found' ? world.rememberedById.get(match.provider.id) : undefined;
}

/** What must be read for the plan of one declared provider. */
export interface Reading {
  readonly declared: DeclaredProvider;
  /** To compare its secrets with. */
  readonly remembered: RememberedProvider | undefined;
  /** Id of the provider whose data sources are needed; undefined where nothing hangs on them. */
  readonly dataSourcesOf: string | undefined;
}

/** What must be read for a plan besides the providers themselves. */
export function neededReadings(input: MatchInput): readonly Reading[] {
  const world = worldIn(input);
  return input.manifests.providers.map((declared) => {
    const match = matchProvider(declared, world);
    const remembered = rememberedOf(match, world);
    const isNeeded = match.kind === 'found' && needsDataSources(declared, match.provider, remembered);
    return { declared, remembered, dataSourcesOf: isNeeded ? match.provider.id : undefined };
  });
}

function outcomeOf(
  declared: DeclaredProvider,
  match: Exclude<Match, { readonly kind: 'problem' }>,
  world: World,
  { dataSources, secrets, allowDelete }: PlanInput,
): ProviderOutcome {
  return planProvider({
    declared,
    match,
    remembered: rememberedOf(match, world),
    secrets: secrets.get(declared.key) ?? new Map(),
    dataSources: match.kind === 'found' ? (dataSources.get(match.provider.id) ?? []) : [],
    allowDelete,
  });
}

/** One note for all that is remembered and no longer declared: another manifest may declare it. */
function undeclaredNote({ state }: PlanInput, world: World): readonly string[] {
  const names = state.providers
    .filter(({ key, id }) => !world.declaredByKey.has(key) && world.providersById.has(id))
    .map(({ name }) => `"${name}"`);
  if (names.length === 0) return [];
  const left = names.length - namesInNote;
  const shown = [...names.slice(0, namesInNote), ...(left > 0 ? [`${left} more`] : [])].join(', ');
  return [`Remembered, in none of these manifests, and left alone: ${shown}. To delete one, declare it absent.`];
}

/**
 * Compares manifests with what was read, and says what would be done: nothing is asked and nothing is changed here. The
 * same input gives the same plan.
 */
export function assemblePlan(input: PlanInput): Plan {
  const { tenant, manifests, state, allowDelete, createdAt } = input;
  const world = worldIn(input);
  const problems: PlanProblem[] = [];
  const outcomes: ProviderOutcome[] = [];
  for (const declared of manifests.providers) {
    const match = matchProvider(declared, world);
    if (match.kind === 'problem') problems.push(match.problem);
    else outcomes.push(outcomeOf(declared, match, world, input));
  }
  return {
    format: 'oaa-registrar-plan',
    version: 1,
    createdAt,
    tenant,
    environment: manifests.environment,
    manifests: manifests.files,
    stateSerial: state.serial,
    allowDelete,
    providers: outcomes.map(({ planned }) => planned),
    problems: [...problems, ...outcomes.flatMap((outcome) => outcome.problems), ...input.secretProblems],
    notes: [...outcomes.flatMap(({ notes }) => notes), ...undeclaredNote(input, world)],
  };
}
