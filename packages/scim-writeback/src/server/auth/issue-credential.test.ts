import { describe, expect, onTestFinished, test } from 'vitest';
import { testCredentialStore } from '../../directory/sql/test-credential-store.ts';
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

  test('refuses a weak password', async () => {
    await expect(issueBasic(await openStore(), { ...wanted, password: 'secret' }, now)).rejects.toThrow(
      'fewer than 12',
    );
  });
});
