import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { ResourceSchema } from '../../../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../../../protocol/schemas/resource-types.ts';
import { DirectoryUnwritableError } from '../../directory-unwritable-error.ts';
import { temporaryFile } from '../../test-store.ts';
import type { IntentRequest } from '../../write-back.ts';
import { newUuid } from '../new-id.ts';
import type { KindRules } from '../scope.ts';
import { SqlDirectory } from '../sql-directory.ts';
import { openSqlite } from '../sqlite-access.ts';
import { uniqueAttributes } from '../unique-values.ts';

function rulesOf(schema: ResourceSchema): KindRules {
  return { schema, unique: uniqueAttributes(schema) };
}

/** The intents of an organization in a file that may have so many pages. */
async function openLimited() {
  const access = await openSqlite(await temporaryFile());
  const directory = new SqlDirectory(access, {
    kinds: {
      User: rulesOf(new ResourceSchema(userResourceType)),
      Group: rulesOf(new ResourceSchema(groupResourceType)),
    },
    unknownMembers: 'reject',
    now: () => '2026-11-22T12:00:00',
    newId: () => newUuid(Date.now()),
  });
  onTestFinished(() => directory.close());
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  const allow = (pages: number) => access.write((db) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db));
  return { directory, intents: directory.intents('acme'), allow };
}

const create = (userName: string): IntentRequest => ({
  type: 'create',
  kind: 'User',
  resource: { attributes: { schemas: [], userName, title: 'x'.repeat(40_000) } },
});
const options = {
  context: { actor: 'tenant', requestId: '1', origin: 'scim' },
  owner: 'node',
  leaseMs: 60_000,
  plan: () => [],
} as const;

test('a full disk is told as such when an intent is opened, or applied, and both go on when there is room', async () => {
  const { directory, intents, allow } = await openLimited();
  const opened = await intents.open(create('jane'), options);
  if (opened.type !== 'opened') throw new Error(opened.type);
  await allow(1);
  await expect(intents.open(create('kim'), options)).rejects.toBeInstanceOf(DirectoryUnwritableError);
  await expect(intents.apply(opened.intent)).rejects.toBeInstanceOf(DirectoryUnwritableError);
  expect(await directory.organization('acme').revision()).toBe(0);
  await allow(1_000_000);
  expect(await intents.apply(opened.intent)).toMatchObject({ resource: { attributes: { userName: 'jane' } } });
  expect((await intents.open(create('kim'), options)).type).toBe('opened');
});
