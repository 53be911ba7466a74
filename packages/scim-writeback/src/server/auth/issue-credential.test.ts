import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@oaa-kit/oaa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testCredentialStore } from '../../directory/sql/test-credential-store.ts';
import { openSqliteDirectory } from '../../directory/sqlite.ts';
import { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../../protocol/schemas/resource-types.ts';
import { issueBasic, issueToken } from './issue-credential.ts';

const now = '2026-11-22T09:00:00.000Z';
const tenant = { organization: 'acme', label: 'tenant', scopes: ['scim:read', 'scim:write'] as const };

async function openStore() {
  const { store, close } = await testCredentialStore();
  onTestFinished(close);
  return store;
}

describe('issuing a token', () => {
  test('keeps its digest and nothing from which it could be made again', async () => {
    const store = await openStore();
    const { token, credential } = await issueToken(store, tenant, now);
    expect(credential).toStrictEqual({
      ...tenant,
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      kind: 'token',
      createdAt: now,
      expiresAt: undefined,
      lastUsedAt: undefined,
      revokedAt: undefined,
    });
    const stored = await store.find('acme', credential.id);
    expect(JSON.stringify(stored)).not.toContain(token.slice(-64));
    expect(stored?.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('allows two live ones of a label for rotation, and a third once one is revoked or has expired', async () => {
    const store = await openStore();
    const { credential } = await issueToken(store, tenant, '2026-11-21T09:00:00.000Z');
    await issueToken(store, { ...tenant, expiresAt: '2026-12-01T00:00:00.000Z' }, now);
    await expect(issueToken(store, tenant, now)).rejects.toThrow(
      `2 live tokens with the label "tenant": ${credential.id}`,
    );
    await issueToken(store, { ...tenant, label: 'entra' }, now);
    await issueToken(store, { ...tenant, organization: 'beta' }, now);
    await store.revoke('acme', credential.id, now);
    await issueToken(store, tenant, now);
    await expect(issueToken(store, tenant, now)).rejects.toThrow('2 live tokens');
    await issueToken(store, tenant, '2026-12-01T00:00:00.000Z');
  });

  test('leaves two live ones of a label however many are asked for at once, by however many processes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'issue-token-'));
    const open = () =>
      openSqliteDirectory({
        file: join(folder, 'scim.db'),
        userSchema: new ResourceSchema(userResourceType),
        groupSchema: new ResourceSchema(groupResourceType),
      });
    const [one, other] = [await open(), await open()];
    onTestFinished(async () => {
      await Promise.all([one.close(), other.close()]);
      await rm(folder, { recursive: true });
    });
    await one.organizations.create({ id: 'acme', name: 'Acme' });
    const asked = Array.from({ length: 16 }, (_, index) =>
      issueToken((index % 2 === 0 ? one : other).credentials, tenant, now),
    );
    const outcomes = await Promise.allSettled(asked);
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refusals.map(({ reason }) => reason instanceof UsageError)).toEqual(Array(14).fill(true));
    expect(await one.credentials.list('acme')).toHaveLength(2);
  });

  test.each([
    [{ label: '' }, 'label'],
    [{ label: ' x' }, 'label'],
    [{ label: 'a\nb' }, 'label'],
    [{ label: 'x'.repeat(65) }, 'label'],
    [{ scopes: [] }, 'scopes'],
    [{ expiresAt: now }, 'expired before'],
    [{ organization: 'nobody' }, 'no organization "nobody"'],
  ])('refuses %j', async (change, message) => {
    const store = await openStore();
    await expect(issueToken(store, { ...tenant, ...change }, now)).rejects.toThrow(message);
    expect(await store.list()).toEqual([]);
  });
});

describe('issuing a user name and password', () => {
  const wanted = { ...tenant, userName: 'veza', password: 'Tr0ub4dor&3!' };

  test('keeps a hash, and refuses the name to every other organization while it is live', async () => {
    const store = await openStore();
    const credential = await issueBasic(store, wanted, now);
    expect(Object.keys(credential)).not.toContain('digest');
    expect((await store.findByUserName('veza'))[0]?.digest).toMatch(/^\$scrypt\$/);
    await expect(issueBasic(store, { ...wanted, organization: 'beta' }, now)).rejects.toThrow('taken');
    await store.revoke('acme', credential.id, now);
    expect(await issueBasic(store, { ...wanted, organization: 'beta' }, now)).toMatchObject({ organization: 'beta' });
  });

  test('gives a user name once, however many ask for it at once', async () => {
    const store = await openStore();
    const asked = ['acme', 'beta', 'acme'].map((organization) => issueBasic(store, { ...wanted, organization }, now));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await store.findByUserName('veza')).toHaveLength(1);
  });

  test('refuses a weak password', async () => {
    await expect(issueBasic(await openStore(), { ...wanted, password: 'secret' }, now)).rejects.toThrow(
      'fewer than 12',
    );
  });
});
