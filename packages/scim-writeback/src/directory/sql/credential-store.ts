import type { Kysely, Selectable } from 'kysely';
import type { Credential, CredentialStore, Scope, StoredCredential } from '../credentials.ts';
import { scopes } from '../credentials.ts';
import type { SqlAccess } from './sql-access.ts';
import type { Tables } from './tables.ts';
import { unknownOrganization } from './unknown-organization.ts';

/** All but what a secret is compared to: that is read only where it is compared. */
const publicColumns = [
  'organization',
  'id',
  'kind',
  'label',
  'scopes',
  'created_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
] as const;

type PublicRow = Pick<Selectable<Tables['credentials']>, (typeof publicColumns)[number]>;

/** Scopes that this version does not know open nothing. */
function readScopes(text: string): readonly Scope[] {
  const listed: unknown = JSON.parse(text);
  return Array.isArray(listed) ? scopes.filter((scope) => listed.includes(scope)) : [];
}

function credentialOf(row: PublicRow): Credential {
  return {
    id: row.id,
    organization: row.organization,
    kind: row.kind,
    label: row.label,
    scopes: readScopes(row.scopes),
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
  };
}

function storedCredentialOf(row: Selectable<Tables['credentials']>): StoredCredential {
  return { ...credentialOf(row), digest: row.digest, userName: row.user_name ?? undefined };
}

async function namesakes(db: Kysely<Tables>, wanted: StoredCredential): Promise<readonly Credential[]> {
  const { kind, organization, label, userName = null } = wanted;
  const ofKind = db.selectFrom('credentials').select(publicColumns).where('kind', '=', kind);
  const named =
    kind === 'token'
      ? ofKind.where('organization', '=', organization).where('label', '=', label)
      : ofKind.where('user_name', '=', userName);
  const rows = await named.orderBy('organization').orderBy('created_at').orderBy('id').execute();
  return rows.map(credentialOf);
}

/** Credentials in the table of the directory. Times are compared as text, in the form of `Date.toISOString`. */
export function sqlCredentialStore({ read, write }: Pick<SqlAccess, 'read' | 'write'>): CredentialStore {
  return {
    async add(credential, check) {
      const { organization, id, kind, label, digest } = credential;
      await write(async (db) => {
        const known = await db
          .selectFrom('organizations')
          .select('id')
          .where('id', '=', organization)
          .executeTakeFirst();
        if (known === undefined) throw unknownOrganization(organization);
        if (check !== undefined) check(await namesakes(db, credential));
        await db
          .insertInto('credentials')
          .values({
            organization,
            id,
            kind,
            label,
            scopes: JSON.stringify(credential.scopes),
            digest,
            user_name: credential.userName ?? null,
            created_at: credential.createdAt,
            expires_at: credential.expiresAt ?? null,
            last_used_at: credential.lastUsedAt ?? null,
            revoked_at: credential.revokedAt ?? null,
          })
          .execute();
      });
    },

    async find(organization, id) {
      const row = await read
        .selectFrom('credentials')
        .selectAll()
        .where('organization', '=', organization)
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? undefined : storedCredentialOf(row);
    },

    async findByUserName(userName) {
      const rows = await read
        .selectFrom('credentials')
        .selectAll()
        .where('kind', '=', 'basic')
        .where('user_name', '=', userName)
        .execute();
      return rows.map(storedCredentialOf);
    },

    async list(organization) {
      let query = read.selectFrom('credentials').select(publicColumns);
      if (organization !== undefined) query = query.where('organization', '=', organization);
      const rows = await query.orderBy('organization').orderBy('created_at').orderBy('id').execute();
      return rows.map(credentialOf);
    },

    async hasUsable(now) {
      const row = await read
        .selectFrom('credentials')
        .select('id')
        .where('revoked_at', 'is', null)
        .where((expression) =>
          expression.or([expression('expires_at', 'is', null), expression('expires_at', '>', now)]),
        )
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async revoke(organization, id, at) {
      const { numUpdatedRows } = await write((db) =>
        db
          .updateTable('credentials')
          .set({ revoked_at: at })
          .where('organization', '=', organization)
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .executeTakeFirst(),
      );
      return numUpdatedRows > 0n;
    },

    async touch(organization, id, at) {
      await write((db) =>
        db
          .updateTable('credentials')
          .set({ last_used_at: at })
          .where('organization', '=', organization)
          .where('id', '=', id)
          // Servers that share the database note their uses in any order.
          .where((expression) =>
            expression.or([expression('last_used_at', 'is', null), expression('last_used_at', '<', at)]),
          )
          .execute(),
      );
    },
  };
}
