import type { Kysely } from 'kysely';
import { ChangesSince } from '../../../base/merge/changes-since.ts';
import type { ResourceKind } from '../../directory.ts';
import { chunks } from '../chunks.ts';
import { idsOf } from '../id-list.ts';
import { readChanges } from '../read-changes.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

type OfOrganization = Pick<Scope, 'organization'>;

const rowsAtATime = 1000;

/** The attribute that is the name of a resource in a base. */
export const nameAttributes: Readonly<Record<ResourceKind, string>> = { User: 'userName', Group: 'displayName' };

/** A resource that was deleted, or that got another name, since an extraction began. */
export interface Renamed {
  readonly kind: ResourceKind;
  readonly id: string;
  /** The revision of its deletion; undefined when it lives. */
  readonly deletedAt: number | undefined;
}

/** What the directory did since an extraction began, other than by bases. */
export interface DirectoryChanges {
  readonly facts: ChangesSince;
  readonly renamed: readonly Renamed[];
}

/** Reads the change rows after a revision. */
export async function readChangesSince(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  revision: number,
): Promise<DirectoryChanges> {
  const facts = new ChangesSince();
  const renamed = new Map<string, Renamed>();
  for (let after = revision; ; ) {
    const rows = await readChanges(db, organization, after, rowsAtATime);
    for (const row of rows) {
      const { kind, id, operation, origin } = row;
      after = row.revision;
      facts.add(row);
      if (origin === 'extraction') continue;
      const isDeleted = operation === 'delete';
      const isNamed = Object.hasOwn(row.facts.attributes ?? {}, nameAttributes[kind]);
      if (isDeleted || isNamed) renamed.set(id, { kind, id, deletedAt: isDeleted ? row.revision : undefined });
    }
    if (rows.length < rowsAtATime) return { facts, renamed: [...renamed.values()] };
  }
}

/** The names that resources had at a revision and since, by id. */
export async function readNamesSince(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  renamed: readonly Renamed[],
  revision: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<string, string[]>();
  for (const part of chunks(renamed.map(({ id }) => id))) {
    const rows = await db
      .selectFrom('changes')
      .select(['id', 'kind', 'revision', 'facts'])
      .where('organization', '=', organization)
      .where('id', 'in', idsOf(JSON.stringify(part)))
      .where('operation', '!=', 'delete')
      .orderBy('id')
      .orderBy('revision')
      .execute();
    for (const row of rows) {
      const name = JSON.parse(row.facts).attributes?.[nameAttributes[row.kind]];
      if (typeof name !== 'string') continue;
      // Until then, each name replaces the one before.
      if (row.revision <= revision) names.set(row.id, [name]);
      else names.set(row.id, [...(names.get(row.id) ?? []), name]);
    }
  }
  return names;
}
