import type { Kysely } from 'kysely';
import type { ResourceKind } from '../../directory.ts';
import type { Link, LinkStore } from '../../write-back.ts';
import type { Tables } from '../tables.ts';
import { linkId, readLinks, toLink } from './link-rows.ts';

const linksPerPart = 500;

/** The links of one organization in a database. */
export function sqlLinkStore(db: Kysely<Tables>, organization: string): LinkStore {
  return {
    async *all() {
      for (const kind of ['Group', 'User'] as const) yield* linksOf(db, organization, kind);
    },
    async find(kind, id) {
      return (await readLinks(db, { organization }, [id])).get(linkId(kind, id));
    },
  };
}

async function* linksOf(db: Kysely<Tables>, organization: string, kind: ResourceKind): AsyncGenerator<readonly Link[]> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('links')
      .select(['kind', 'id', 'key', 'native_id', 'state', 'since'])
      .where('organization', '=', organization)
      .where('kind', '=', kind)
      .where('id', '>', after)
      .orderBy('id')
      .limit(linksPerPart)
      .execute();
    if (rows.length > 0) yield rows.map(toLink);
    after = rows.at(-1)?.id ?? after;
    if (rows.length < linksPerPart) return;
  }
}
