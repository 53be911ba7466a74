import type { Kysely } from 'kysely';
import type { AttributeMapping } from '../../../attributes/attribute-mapping.ts';
import {
  type ComparableFacts,
  comparableLocalGroup,
  comparableLocalUser,
  comparableScimGroup,
  comparableScimUser,
} from '../../../attributes/comparable.ts';
import { existenceFact, judge, mergeAttributes } from '../../../base/merge/merge-facts.ts';
import type { Base, BaseRow, Mappings } from '../../../base/merge/read-base.ts';
import { isAsExtracted } from '../../../projection/as-extracted.ts';
import type { Turns } from '../../../turns/turns.ts';
import type { ResourceKind, StoredResource } from '../../directory.ts';
import type { Scope } from '../scope.ts';
import { readStoredResource, resourceColumns } from '../stored-resource.ts';
import type { Tables } from '../tables.ts';
import type { BasePlan, PlannedUpdate } from './base-plan.ts';
import type { DriftBook } from './drift-book.ts';
import type { Links } from './link-state.ts';
import type { LinkedRows } from './linked-rows.ts';
import type { DirectoryChanges } from './read-changes-since.ts';
import type { Locks } from './read-locks.ts';

const resourcesAtATime = 500;

export interface PlanInput {
  readonly base: Base;
  readonly previous: Base | undefined;
  /** The rows of the new base, and of the previous one, by the ids of their resources. */
  readonly linked: Readonly<Record<ResourceKind, LinkedRows>>;
  readonly previousRows: Readonly<Record<ResourceKind, ReadonlyMap<string, BaseRow>>>;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly changes: DirectoryChanges;
  readonly locks: Locks;
  readonly drifts: DriftBook;
}

export type PlannedResources = Pick<BasePlan, 'deletions' | 'updates' | 'newLinks' | 'asExtracted'>;

/** Goes through all resources of the directory and says what the base makes of each. Drift goes into the book. */
export async function planResources(
  db: Kysely<Tables>,
  scope: Scope,
  input: PlanInput,
  turns: Turns,
): Promise<PlannedResources> {
  const planner = new Planner(input);
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('resources')
      .select(resourceColumns)
      .where('organization', '=', scope.organization)
      .where('id', '>', after)
      .orderBy('id')
      .limit(resourcesAtATime)
      .execute();
    for (const row of rows) {
      if (turns.isOver) await turns.next();
      planner.take(readStoredResource(row));
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < resourcesAtATime) return planner;
  }
}

class Planner implements PlannedResources {
  readonly deletions: { kind: ResourceKind; id: string }[] = [];
  readonly updates: PlannedUpdate[] = [];
  readonly newLinks: BasePlan['newLinks'][number][] = [];
  readonly asExtracted = new Map<string, number>();
  readonly #input: PlanInput;
  readonly #attributeOf: Readonly<Record<ResourceKind, ReadonlyMap<string, string>>>;

  constructor(input: PlanInput) {
    this.#input = input;
    this.#attributeOf = { User: attributeNames(input.mappings.User), Group: attributeNames(input.mappings.Group) };
  }

  take(resource: StoredResource): void {
    const { kind, id } = resource;
    const { linked, previousRows, links, changes, locks, drifts } = this.#input;
    const row = linked[kind].rowOf.get(id);
    const isDeleted = row === undefined && this.#isGone(resource);
    if (isDeleted) {
      this.deletions.push({ kind, id });
      return;
    }
    if (!links[kind].has(id)) this.newLinks.push({ kind, id, key: row?.key ?? id, nativeId: row?.key });
    if (row === undefined) return;
    if (isAsExtracted(kind, row.entity, resource.attributes, this.#input.mappings[kind])) {
      this.asExtracted.set(id, resource.version);
    }
    if (locks.facts.has(id)) return;
    const { take, drift } = mergeAttributes(
      () => this.#factsOf(kind, previousRows[kind].get(id), this.#input.previous),
      this.#factsOf(kind, row, this.#input.base) as ComparableFacts,
      kind === 'User'
        ? comparableScimUser(resource.attributes, this.#input.mappings.User)
        : comparableScimGroup(resource.attributes, this.#input.mappings.Group),
      {
        isChanged: (path) => changes.facts.hasAttribute(id, this.#attributeOf[kind].get(path) ?? path),
        isConfirmed: (path) => drifts.isConfirmed(id, path),
      },
    );
    for (const path of drift) drifts.report(kind, id, path);
    if (take.length > 0) this.updates.push({ kind, id, row, paths: take });
  }

  /** What becomes of a resource that the base does not have. */
  #isGone({ kind, id }: StoredResource): boolean {
    const { linked, previousRows, changes, locks, drifts } = this.#input;
    if (linked[kind].contested.has(id)) return false;
    const verdict = judge(existenceFact, previousRows[kind].has(id), false, {
      isChanged: () => locks.facts.has(id) || changes.facts.hasExistence(id),
      isConfirmed: () => drifts.isConfirmed(id, existenceFact),
    });
    if (verdict === 'drift') drifts.report(kind, id, existenceFact);
    return verdict === 'take';
  }

  #factsOf(kind: ResourceKind, row: BaseRow | undefined, base: Base | undefined): ComparableFacts | undefined {
    if (row === undefined || base === undefined) return undefined;
    const { mappings } = this.#input;
    const silent = base.silent[kind];
    return kind === 'User'
      ? comparableLocalUser(row.entity, mappings.User, silent)
      : comparableLocalGroup(row.entity, mappings.Group, silent);
  }
}

/** The attribute that a path is of, as change rows name it, where the path is more than that. */
function attributeNames({ properties }: AttributeMapping): ReadonlyMap<string, string> {
  return new Map(
    properties.map(({ path, extension, attribute }) => [
      path,
      extension === undefined ? attribute.name : `${extension.id}:${attribute.name}`,
    ]),
  );
}
