import { InputError, UsageError } from '@oaa-kit/oaa';
import type { Kysely } from 'kysely';
import { type AsOf, compareAsOf, formatAsOf } from '../../../base/merge/as-of.ts';
import { membershipsOf } from '../../../base/merge/memberships-of.ts';
import { passOnRows } from '../../../base/merge/pass-on-rows.ts';
import type { Base, BaseRow, Mappings } from '../../../base/merge/read-base.ts';
import { refuseRemovals, removalLimits, removalsOfBase } from '../../../base/refuse-removals.ts';
import { Turns } from '../../../turns/turns.ts';
import type { ApplicationName, FirstContact } from '../../bases.ts';
import type { ResourceKind } from '../../directory.ts';
import type { BaseLinking } from '../../write-back.ts';
import { readRevision } from '../read-changes.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import type { BasePlan } from './base-plan.ts';
import type { KeptBase } from './base-rows.ts';
import { directoryRemovals } from './directory-removals.ts';
import { DriftBook } from './drift-book.ts';
import { readDrifts } from './drift-rows.ts';
import { linkRows } from './link-base.ts';
import { findOrphans, type Orphan, readAllLinks } from './link-state.ts';
import type { LinkedRows } from './linked-rows.ts';
import { planMembers } from './plan-members.ts';
import { type PlannedResources, planResources } from './plan-resources.ts';
import { prepareCreations } from './prepare-creations.ts';
import { readChangesSince } from './read-changes-since.ts';
import { readLocks } from './read-locks.ts';

/** A base that was accepted before. */
export interface PreviousBase extends Pick<KeptBase, 'record' | 'begun'> {
  readonly base: Base;
  readonly linking: BaseLinking;
}

/** A base that was checked as far as it can be without the directory. */
export interface Submission {
  readonly base: Base;
  readonly digest: string;
  /** Gzip of the payload's JSON. */
  readonly packed: Uint8Array;
  readonly begun: AsOf | undefined;
  readonly actor: string;
  readonly maxRemovalPercent: number | undefined;
  readonly contact: FirstContact | undefined;
  /** Of which the settings say that the base is. */
  readonly application: ApplicationName | undefined;
}

/** What a base makes of the directory as it was when it was asked. Nothing of it is written yet. */
export interface PlannedBase {
  readonly generation: number;
  readonly begun: AsOf;
  readonly linked: Readonly<Record<ResourceKind, LinkedRows>>;
  readonly orphans: readonly Orphan[];
  readonly plan: BasePlan;
}

/**
 * Merges a base with what the directory has, and writes nothing. See `BaseStore.submit`.
 *
 * @param db reads one moment
 * @param previous the last base; undefined for the first
 */
export async function planBase(
  db: Kysely<Tables>,
  scope: Scope,
  mappings: Mappings,
  previous: PreviousBase | undefined,
  submission: Submission,
): Promise<PlannedBase> {
  const { base, contact } = submission;
  const limits = removalLimits(submission.maxRemovalPercent);
  const generation = (previous?.record.generation ?? 0) + 1;
  const begun = checkAsOf(submission.begun, await readRevision(db, scope.organization), previous);
  refuseForeign(base, submission.application, 'the settings name');
  refuseForeign(base, previous?.record.application, 'those before are of');
  const orphans = await findOrphans(db, scope);
  const links = await readAllLinks(db, scope, orphans);
  const changes = await readChangesSince(db, scope, begun.revision);
  const locks = await readLocks(db, scope);
  const drifts = new DriftBook(await readDrifts(db, scope), begun, generation);
  const linkInput = { base, previous, links, changes, locks, asOf: begun.revision, contact };
  const givenIds = new Set<string>();
  const linked = {
    User: await linkRows(db, scope, 'User', linkInput, givenIds),
    Group: await linkRows(db, scope, 'Group', linkInput, givenIds),
  };
  const planInput = { base, previous: previous?.base, linked, mappings, links, changes, locks, drifts };
  const turns = new Turns();
  const former = previous && { ...previous, linking: passedOn(previous, linked) };
  const resources = await planResources(db, scope, { ...planInput, previousRows: previousRows(former) }, turns);
  const membersInput = {
    groups: linked.Group.rowOf.keys(),
    isShown: (id: string) => linked.User.rowOf.has(id) || linked.Group.rowOf.has(id),
    previous: former === undefined ? new Map() : membershipsOf(former.base, former.linking),
    next: membershipsOf(base, { users: shownIds(linked.User), groups: shownIds(linked.Group) }),
    changes: changes.facts,
    locks,
    drifts,
  };
  const members = await planMembers(db, scope, membersInput, turns);
  const creations = (['User', 'Group'] as const).flatMap((kind) =>
    linked[kind].created.map((one) => ({ ...one, kind })),
  );
  const prepared = await prepareCreations(scope, creations, mappings, turns);
  const plan: BasePlan = { ...partsOf(resources), creations: prepared, members, drifts: drifts.open };
  const isDeleted = (kind: ResourceKind, id: string) => links[kind].get(id)?.state === 'tombstone';
  refuseRemovals(
    [
      ...(await directoryRemovals(db, scope, plan)),
      ...(previous === undefined ? [] : removalsOfBase(previous.base, base, previous.linking, isDeleted)),
    ],
    limits,
  );
  return { generation, begun, linked, orphans, plan };
}

/**
 * When the extraction began. Without it, the first base counts as from before all that the directory has: none of it is
 * overruled.
 *
 * @throws UsageError, InputError as `BaseStore.submit`
 */
function checkAsOf(begun: AsOf | undefined, revision: number, previous: PreviousBase | undefined): AsOf {
  const ask = 'Ask for it before each extraction (oaa scim base begin), and submit the base with --as-of.';
  if (begun === undefined) {
    if (previous === undefined) return { revision: 0, generation: 0 };
    throw new UsageError(
      'setting-missing',
      'This base does not say when its extraction began (as-of), which all but the first have to: what was changed through SCIM since then could be undone.',
      { hint: ask },
    );
  }
  const generation = previous?.record.generation ?? 0;
  if (begun.revision > revision || begun.generation > generation) {
    const now = formatAsOf({ revision, generation });
    throw new UsageError(
      'setting-invalid',
      `The as-of ${formatAsOf(begun)} is in the future: this database stands at ${now}. It is from another database, another organization, or from before this one was restored.`,
      { hint: ask },
    );
  }
  if (previous !== undefined && compareAsOf(begun, previous.begun) < 0) {
    throw new InputError(
      'base-superseded',
      `The extraction of this base began (${formatAsOf(begun)}) before that of the last one (${formatAsOf(previous.begun)}, generation ${generation}). Nothing was changed.`,
      { hint: `Extract again. ${ask}` },
    );
  }
  return begun;
}

/**
 * @param expected the application that it has to be of, if there is one that says so
 * @throws InputError `base-foreign`
 */
function refuseForeign({ application }: Base, expected: ApplicationName | undefined, saidBy: string): void {
  const { name, application_type: type } = application;
  if (expected === undefined || (name === expected.name && type === expected.type)) return;
  throw new InputError(
    'base-foreign',
    `This base is of the application ${JSON.stringify(name)} (${type}), and ${saidBy} ${JSON.stringify(expected.name)} (${expected.type}). Nothing was changed.`,
    { hint: 'Submit it to the organization of that application, or correct its name and type in the connector.' },
  );
}

/** Who the rows of the base before are compared with. */
function passedOn({ base, linking }: PreviousBase, { User, Group }: PlannedBase['linked']): BaseLinking {
  const made = ({ created }: LinkedRows) => new Set(created.map(({ id }) => id));
  return {
    users: passOnRows({ rows: base.users, ids: linking.users }, User.rowOf, made(User)),
    groups: passOnRows({ rows: base.groups, ids: linking.groups }, Group.rowOf, made(Group)),
  };
}

function previousRows(
  previous: Pick<PreviousBase, 'base' | 'linking'> | undefined,
): Readonly<Record<ResourceKind, ReadonlyMap<string, BaseRow>>> {
  const byId = (rows: readonly BaseRow[], ids: readonly (string | null)[]) => {
    const found = new Map<string, BaseRow>();
    for (const [index, row] of rows.entries()) {
      const id = ids[index];
      if (id != null) found.set(id, row);
    }
    return found;
  };
  if (previous === undefined) return { User: new Map(), Group: new Map() };
  const { base, linking } = previous;
  return { User: byId(base.users, linking.users), Group: byId(base.groups, linking.groups) };
}

/** Without those of rows that are swallowed. */
function shownIds({ ids, rowOf }: LinkedRows): readonly (string | null)[] {
  return ids.map((id) => (id !== null && rowOf.has(id) ? id : null));
}

function partsOf({ deletions, updates, newLinks, asExtracted }: PlannedResources) {
  return { deletions, updates, newLinks, asExtracted };
}
