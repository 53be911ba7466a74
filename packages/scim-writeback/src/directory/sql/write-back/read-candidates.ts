import type { Kysely } from 'kysely';
import { toEmailFacts } from '../../../attributes/emails.ts';
import type { Candidate } from '../../../base/merge/match-by-name.ts';
import { ownMember, type ScimObject } from '../../../protocol/schemas/scim-value.ts';
import type { ResourceKind } from '../../directory.ts';
import type { Link } from '../../write-back.ts';
import { chunks } from '../chunks.ts';
import { idsOf } from '../id-list.ts';
import type { Scope } from '../scope.ts';
import { readStoredResource, resourceColumns } from '../stored-resource.ts';
import type { Tables } from '../tables.ts';
import { nameAttributes, type Renamed } from './read-changes-since.ts';

export interface CandidateInput {
  readonly kind: ResourceKind;
  readonly links: ReadonlyMap<string, Link>;
  /** Ids of resources that a row was found to be. */
  readonly matched: ReadonlySet<string>;
  /** Of the kind. */
  readonly renamed: readonly Renamed[];
  readonly formerNames: ReadonlyMap<string, readonly string[]>;
  readonly namesInFlight: ReadonlyMap<string, string>;
}

/** The resources that rows may be which no link has the key of: those that no row was found to be, and the deleted ones. */
export async function readCandidates(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  { kind, links, matched, renamed, formerNames, namesInFlight }: CandidateInput,
): Promise<readonly Candidate[]> {
  const isKnown = (id: string) => links.get(id)?.nativeId !== undefined;
  const candidates: Candidate[] = renamed
    // Where names are keys, another row may bear a name that it got later.
    .filter(({ id, deletedAt }) => deletedAt !== undefined && (isKnown(id) || !matched.has(id)))
    .map(({ id }) => ({ id, state: 'deleted', isKnown: isKnown(id), names: formerNames.get(id) ?? [], emails: [] }));
  const ids = await db
    .selectFrom('resources')
    .select('id')
    .where('organization', '=', organization)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
  for (const part of chunks(ids.map(({ id }) => id).filter((id) => !matched.has(id)))) {
    const rows = await db
      .selectFrom('resources')
      .select(resourceColumns)
      .where('organization', '=', organization)
      .where('id', 'in', idsOf(JSON.stringify(part)))
      .execute();
    for (const row of rows) {
      const { id, attributes } = readStoredResource(row);
      const names = new Set([...namesOf(attributes, kind), ...(formerNames.get(id) ?? [])]);
      candidates.push({
        id,
        state: 'live',
        isKnown: isKnown(id),
        names: [...names],
        nameInFlight: namesInFlight.get(id),
        emails: emailsOf(attributes),
      });
    }
  }
  return candidates;
}

function namesOf(attributes: ScimObject, kind: ResourceKind): readonly string[] {
  const name = ownMember(attributes, nameAttributes[kind]);
  return typeof name === 'string' ? [name] : [];
}

function emailsOf(attributes: ScimObject): readonly string[] {
  const { email, identities = [] } = toEmailFacts(ownMember(attributes, 'emails'));
  return email === undefined ? identities : [email, ...identities];
}
