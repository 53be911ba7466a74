import { isBeingDeleted } from '@oaa-kit/oaa';
import type { DeclaredProvider } from '../../manifest/declared-provider.ts';
import type { RegistrarState, RememberedProvider } from '../../state/registrar-state.ts';
import type { PlanProblem } from '../plan.ts';
import type { TenantProvider } from './tenant-view.ts';

/** Which provider of the tenant a declared one is. */
export type Match =
  /** This one. `adopts`: nothing was remembered of it, and the manifest may take it over. */
  | { readonly kind: 'found'; readonly provider: TenantProvider; readonly adopts: boolean }
  /** None: the name is free, or will be once `waitsFor` is gone. `lost`: the one that was made here is no longer there. */
  | {
      readonly kind: 'none';
      readonly waitsFor: TenantProvider | undefined;
      readonly lost: RememberedProvider | undefined;
    }
  | { readonly kind: 'problem'; readonly problem: PlanProblem };

/** Tenant, state and manifests, by what they are looked up by. */
export interface World {
  readonly providersById: ReadonlyMap<string, TenantProvider>;
  readonly providersByName: ReadonlyMap<string, readonly TenantProvider[]>;
  readonly rememberedByKey: ReadonlyMap<string, RememberedProvider>;
  readonly rememberedById: ReadonlyMap<string, RememberedProvider>;
  readonly declaredByKey: ReadonlyMap<string, DeclaredProvider>;
}

/** Puts together what providers are matched by. */
export function worldOf(
  declared: readonly DeclaredProvider[],
  state: RegistrarState,
  providers: readonly TenantProvider[],
): World {
  const providersByName = new Map<string, TenantProvider[]>();
  for (const provider of providers) {
    const same = providersByName.get(provider.name);
    if (same === undefined) providersByName.set(provider.name, [provider]);
    else same.push(provider);
  }
  return {
    providersById: new Map(providers.map((provider) => [provider.id, provider])),
    providersByName,
    rememberedByKey: new Map(state.providers.map((remembered) => [remembered.key, remembered])),
    rememberedById: new Map(state.providers.map((remembered) => [remembered.id, remembered])),
    declaredByKey: new Map(declared.map((one) => [one.key, one])),
  };
}

function problemOf(declared: DeclaredProvider, code: PlanProblem['code'], message: string, hint: string): Match {
  const { name, place } = declared;
  return { kind: 'problem', problem: { code, provider: name, place, message, hint } };
}

/** The declared provider that the holder of a name was made for, where this plan knows it. */
function ownerOf(holder: TenantProvider, world: World): DeclaredProvider | undefined {
  const remembered = world.rememberedById.get(holder.id);
  return remembered === undefined ? undefined : world.declaredByKey.get(remembered.key);
}

function wayOut(holder: TenantProvider, owner: DeclaredProvider | undefined): string {
  if (isBeingDeleted(holder)) return 'That one is being deleted: plan again once it is gone.';
  if (owner === undefined || owner.name === holder.name) {
    return 'Choose another name, or rename or delete the other provider.';
  }
  return `Names change one after the other: apply that "${holder.name}" becomes "${owner.name}" first, then this one.`;
}

function nameTaken(declared: DeclaredProvider, holder: TenantProvider, world: World): Match {
  const owner = ownerOf(holder, world);
  const ofOwner =
    owner === undefined ? '' : `, declared under the key "${owner.key}" (${owner.place.file}:${owner.place.row})`;
  const message = `The name "${declared.name}" is that of another provider on the tenant (${holder.id})${ofOwner}.`;
  return problemOf(declared, 'name-taken', message, wayOut(holder, owner));
}

/** Deleted under another name than it has, it would not be the one that was meant, or the next plan would mean another. */
function otherName(declared: DeclaredProvider, { id, name }: TenantProvider): Match {
  return problemOf(
    declared,
    'other-name',
    `What was made from here under the key "${declared.key}" is called "${name}" on the tenant (${id}), not "${declared.name}".`,
    `Write name: ${JSON.stringify(name)} and key: ${JSON.stringify(declared.key)} to delete that one.`,
  );
}

/** The provider that was made here has another name: is the declared one free for it? */
function matchRenamed(declared: DeclaredProvider, provider: TenantProvider, world: World): Match {
  const found: Match = { kind: 'found', provider, adopts: false };
  if (declared.name === provider.name) return found;
  if (declared.absent) return otherName(declared, provider);
  // The tenant's own deletions are not waited for here.
  const holder = world.providersByName.get(declared.name)?.find((other) => other.id !== provider.id);
  return holder === undefined ? found : nameTaken(declared, holder, world);
}

function notOurs(
  declared: DeclaredProvider,
  holder: TenantProvider,
  lost: RememberedProvider | undefined,
  world: World,
): Match {
  const remembered = world.rememberedById.get(holder.id);
  const there = `A provider "${declared.name}" (${holder.id}) is on the tenant`;
  const purpose = declared.absent ? 'delete it' : 'take it over';
  if (remembered !== undefined) {
    return problemOf(
      declared,
      'not-ours',
      `${there}, and it is remembered under the key "${remembered.key}", not "${declared.key}".`,
      `Write key: ${JSON.stringify(remembered.key)}, or adopt: true to ${purpose} under the new key.`,
    );
  }
  return problemOf(
    declared,
    'not-ours',
    lost === undefined
      ? `${there}, and it was not made from here.`
      : `${there}, and it is not the one that was made from here (${lost.id}), which is gone.`,
    `Write adopt: true to ${purpose}; otherwise ${declared.absent ? 'take the entry out' : 'choose another name'}.`,
  );
}

/** Finds the provider that a declared one is: by the id that is remembered, else by the name. */
export function matchProvider(declared: DeclaredProvider, world: World): Match {
  const remembered = world.rememberedByKey.get(declared.key);
  const own = remembered === undefined ? undefined : world.providersById.get(remembered.id);
  if (own !== undefined && !isBeingDeleted(own)) return matchRenamed(declared, own, world);

  const named = world.providersByName.get(declared.name) ?? [];
  const live = named.filter((provider) => !isBeingDeleted(provider));
  const lost = own === undefined ? remembered : undefined;
  const none: Match = { kind: 'none', waitsFor: named.find(isBeingDeleted), lost };
  const [holder, ...more] = live;
  if (holder === undefined) return none;
  if (more.length > 0) {
    const ids = live.map(({ id }) => id).join(', ');
    const message = `The tenant has ${live.length} providers named "${declared.name}": ${ids}.`;
    return problemOf(declared, 'name-ambiguous', message, 'Delete or rename all but one of them.');
  }
  // No two declared ones have a name in common: the other one is deleted or gets another name, which comes first.
  if (ownerOf(holder, world) !== undefined) return none;
  return declared.adopt ? { kind: 'found', provider: holder, adopts: true } : notOurs(declared, holder, lost, world);
}
