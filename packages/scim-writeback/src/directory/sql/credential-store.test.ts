import { describe, expect, onTestFinished, test } from 'vitest';
import type { StoredCredential } from '../credentials.ts';
import { testCredentialStore } from './test-credential-store.ts';

const token: StoredCredential = {
  id: '00000000000000a1',
  organization: 'acme',
  kind: 'token',
  label: 'tenant',
  scopes: ['scim:read', 'scim:write'],
  createdAt: '2026-11-01T00:00:00.000Z',
  expiresAt: undefined,
  lastUsedAt: undefined,
  revokedAt: undefined,
  digest: 'd'.repeat(64),
  userName: undefined,
};
const basic: StoredCredential = {
  ...token,
  id: '00000000000000b1',
  kind: 'basic',
  userName: 'veza',
  digest: '$scrypt$x',
};

async function openStore() {
  const { store, close } = await testCredentialStore();
  onTestFinished(close);
  return store;
}

describe('the credential store', () => {
  test('gives back what was added', async () => {
    const store = await openStore();
    const expiring = { ...token, expiresAt: '2027-01-01T00:00:00.000Z' };
    await store.add(expiring);
    await store.add(basic);
    expect(await store.find('acme', token.id)).toStrictEqual(expiring);
    expect(await store.findByUserName('veza')).toStrictEqual([basic]);
  });

  test('finds nothing in another organization, by another id, or by a user name of another case', async () => {
    const store = await openStore();
    await store.add(token);
    await store.add(basic);
    expect(await store.find('beta', token.id)).toBeUndefined();
    expect(await store.find('acme', token.id.toUpperCase())).toBeUndefined();
    expect(await store.findByUserName('VEZA')).toEqual([]);
    expect(await store.findByUserName('')).toEqual([]);
  });

  test('finds a Basic user in every organization', async () => {
    const store = await openStore();
    await store.add(basic);
    await store.add({ ...basic, organization: 'beta' });
    expect((await store.findByUserName('veza')).map(({ organization }) => organization).sort()).toEqual([
      'acme',
      'beta',
    ]);
  });

  test('refuses a credential for an organization that is not there', async () => {
    const store = await openStore();
    await expect(store.add({ ...token, organization: 'gamma' })).rejects.toMatchObject({ code: 'not-found' });
    expect(await store.list()).toEqual([]);
  });

  test('refuses a second credential with the same id and keeps the first', async () => {
    const store = await openStore();
    await store.add(token);
    await expect(store.add({ ...token, label: 'other', digest: 'e'.repeat(64) })).rejects.toThrow();
    expect(await store.find('acme', token.id)).toStrictEqual(token);
  });

  test('lists one organization or all, never with a digest or a user name', async () => {
    const store = await openStore();
    await store.add({ ...basic, organization: 'beta' });
    await store.add({ ...token, id: 'ffffffffffffffff', createdAt: '2026-10-01T00:00:00.000Z' });
    await store.add(token);
    const listed = await store.list();
    expect(listed.map(({ organization, id }) => `${organization} ${id}`)).toEqual([
      'acme ffffffffffffffff',
      `acme ${token.id}`,
      `beta ${basic.id}`,
    ]);
    expect(listed.flatMap(Object.keys)).not.toContain('digest');
    expect(listed.flatMap(Object.keys)).not.toContain('userName');
    expect((await store.list('beta')).map(({ id }) => id)).toEqual([basic.id]);
    expect(await store.list('gamma')).toEqual([]);
  });

  test('revokes once, only in the organization that is named', async () => {
    const store = await openStore();
    await store.add(token);
    expect(await store.revoke('beta', token.id, '2026-11-02T00:00:00.000Z')).toBe(false);
    expect(await store.revoke('acme', token.id, '2026-11-02T00:00:00.000Z')).toBe(true);
    expect(await store.revoke('acme', token.id, '2026-11-03T00:00:00.000Z')).toBe(false);
    expect(await store.find('acme', token.id)).toMatchObject({ revokedAt: '2026-11-02T00:00:00.000Z' });
  });

  test('has a usable credential until the last one is revoked or has expired', async () => {
    const store = await openStore();
    const now = '2026-11-22T00:00:00.000Z';
    expect(await store.hasUsable(now)).toBe(false);
    await store.add({ ...token, expiresAt: now });
    expect(await store.hasUsable(now)).toBe(false);
    await store.add({ ...basic, expiresAt: '2026-11-22T00:00:00.001Z' });
    expect(await store.hasUsable(now)).toBe(true);
    await store.revoke('acme', basic.id, now);
    expect(await store.hasUsable(now)).toBe(false);
  });

  test('notes the last use, and never an earlier one', async () => {
    const store = await openStore();
    await store.add(token);
    await store.touch('acme', token.id, '2026-11-02T00:00:00.000Z');
    await store.touch('acme', token.id, '2026-11-01T00:00:00.000Z');
    await store.touch('beta', token.id, '2026-11-03T00:00:00.000Z');
    expect(await store.find('acme', token.id)).toMatchObject({ lastUsedAt: '2026-11-02T00:00:00.000Z' });
  });

  test('takes text with quotes as it is', async () => {
    const store = await openStore();
    const label = `'; drop table credentials; --`;
    await store.add({ ...token, label });
    expect((await store.list('acme'))[0]?.label).toBe(label);
    expect(await store.list(`' or '1'='1`)).toEqual([]);
  });
});
