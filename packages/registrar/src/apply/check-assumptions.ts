import { GuardError, isBeingDeleted, type Provider, type Tenant } from '@oaa-kit/oaa';
import { fingerprintOf } from '../plan/index.ts';
import type { Plan, PlannedProvider } from '../plan/plan.ts';

/** The providers whose names this plan frees before it makes others. */
function leaving(plan: Plan): ReadonlySet<string> {
  const gone = plan.providers.filter(
    ({ action, declared, assumes }) => action === 'delete' || declared.name !== assumes?.name,
  );
  return new Set(gone.flatMap(({ assumes }) => (assumes === undefined ? [] : [assumes.id])));
}

/** The providers of the tenant by what they are looked for. */
interface Found {
  readonly byId: ReadonlyMap<string, Provider>;
  /** Of those that keep their names. */
  readonly byName: ReadonlyMap<string, Provider>;
}

/** One list for all, and none where nothing is looked for. */
async function readFound(
  tenant: Tenant,
  plan: Plan,
  planned: readonly PlannedProvider[],
  signal: AbortSignal,
): Promise<Found> {
  const all: Provider[] = [];
  if (planned.length > 0) for await (const provider of tenant.providers.list({ signal })) all.push(provider);
  const free = leaving(plan);
  return {
    byId: new Map(all.map((provider) => [provider.id, provider])),
    byName: new Map(all.filter(({ id }) => !free.has(id)).map((provider) => [provider.name, provider])),
  };
}

/** What is not as the plan saw it; undefined when all is. */
function mismatch({ assumes, action, declared }: PlannedProvider, { byId, byName }: Found): string | undefined {
  if (assumes === undefined) {
    const taken = byName.get(declared.name);
    if (taken === undefined) return undefined;
    return `a provider of this name (${taken.id}) is there, and was not when the plan was made`;
  }
  const found = byId.get(assumes.id);
  // What is to go is gone, or going.
  const leaves = action === 'create' || action === 'delete';
  if (found === undefined) return leaves ? undefined : `the provider ${assumes.id} is no longer there`;
  if (isBeingDeleted(found)) return leaves ? undefined : `the provider ${assumes.id} is being deleted`;
  if (fingerprintOf(found) === assumes.fingerprint) return undefined;
  return `the provider ${assumes.id} has changed since the plan was made`;
}

/**
 * Looks again at all that a plan relies on, before anything is sent.
 *
 * @param planned the providers of which nothing was done yet
 * @param problems what else is not as it was: icons
 * @throws GuardError with everything that is not as the plan saw it
 */
export async function checkAssumptions(
  tenant: Tenant,
  plan: Plan,
  planned: readonly PlannedProvider[],
  problems: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const found = await readFound(tenant, plan, planned, signal);
  const lines = planned.flatMap((item) => {
    const problem = mismatch(item, found);
    return problem === undefined ? [] : [`  ${item.declared.name}: ${problem}`];
  });
  const every = [...lines, ...problems.map((problem) => `  ${problem}`)];
  if (every.length === 0) return;
  throw new GuardError('guard', `The plan is out of date, and nothing was changed now:\n${every.join('\n')}`, {
    hint: 'Look at what changed, and plan again.',
  });
}
