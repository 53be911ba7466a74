import {
  excessiveRemovals,
  foldKey,
  GuardError,
  hashFacts,
  type Removal,
  type RemovalLimits,
  removalsOf,
  UsageError,
} from '@oaa-kit/oaa';
import type { ResourceKind } from '../directory/directory.ts';
import type { BaseLinking } from '../directory/write-back.ts';
import type { Base } from './merge/read-base.ts';

/** So many of a kind may always go. */
const minimumRemovals = 10;

/**
 * The limits of the removal guard.
 *
 * @throws UsageError for a share that is no percentage
 */
export function removalLimits(maxRemovalPercent = 20): RemovalLimits {
  if (!(maxRemovalPercent >= 0 && maxRemovalPercent <= 100)) {
    throw new UsageError('usage', `The largest removal is a percentage from 0 to 100, not ${maxRemovalPercent}.`, {
      hint: 'Correct --max-removal, or maxRemovalPercent.',
    });
  }
  return { maxRemovalPercent, minimumRemovals };
}

/**
 * What a base takes away of what it alone has: roles, resources, permissions and grants. Grants of those whom SCIM has
 * deleted are gone already.
 *
 * @param linking of the previous base
 * @param isDeleted whether a resource was deleted through SCIM
 */
export function removalsOfBase(
  previous: Base,
  next: Base,
  linking: BaseLinking,
  isDeleted: (kind: ResourceKind, id: string) => boolean,
): readonly Removal[] {
  const gone = {
    local_user: deletedKeys(previous.users, linking.users, (id) => isDeleted('User', id)),
    local_group: deletedKeys(previous.groups, linking.groups, (id) => isDeleted('Group', id)),
  };
  const isKept = ({ identity, identity_type }: Base['grants'][number]) => {
    if (identity_type !== 'local_user' && identity_type !== 'local_group') return true;
    return !gone[identity_type].has(foldKey(identity));
  };
  const before = { ...withoutPeople(previous), identity_to_permissions: previous.grants.filter(isKept) };
  // Never kept, so nothing has to be hidden.
  const salt = '';
  return removalsOf(hashFacts(before, salt), hashFacts(withoutPeople(next), salt));
}

/** @throws GuardError `guard` when more would go than the limits allow */
export function refuseRemovals(removals: readonly Removal[], limits: RemovalLimits): void {
  const excessive = excessiveRemovals(removals, limits);
  if (excessive.length === 0) return;
  const share = ({ removed, total }: Removal) => (100 * removed) / total;
  const shown = excessive.map((one) => {
    const { kind, removed, total } = one;
    return `${removed.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} ${kind} (${Math.round(share(one))} %)`;
  });
  const { maxRemovalPercent } = limits;
  throw new GuardError(
    'guard',
    `This base would remove ${shown.join(', ')}. At most ${maxRemovalPercent} % or ${minimumRemovals} of a kind may go. Nothing was changed.`,
    {
      removals: excessive,
      hint: `See what would go: oaa diff <last base> <this base>. When it is right, submit it with --max-removal ${Math.ceil(Math.max(...excessive.map(share)))} (in code: maxRemovalPercent).`,
    },
  );
}

function deletedKeys(
  rows: Base['users'] | Base['groups'],
  ids: readonly (string | null)[],
  isDeleted: (id: string) => boolean,
): ReadonlySet<string> {
  return new Set(
    rows.flatMap(({ foldedKey }, index) => {
      const id = ids[index] ?? null;
      return id !== null && isDeleted(id) ? [foldedKey] : [];
    }),
  );
}

/** Users, groups and memberships are measured in the directory. */
function withoutPeople({ payload, application }: Base) {
  return { ...payload, applications: [{ ...application, local_users: [], local_groups: [] }] };
}
