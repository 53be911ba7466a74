import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CredentialStore, StoredCredential } from '../../directory/credentials.ts';
import { testCredentialStore } from '../../directory/sql/test-credential-store.ts';
import { createAuthenticator } from './create-authenticator.ts';
import { givenBasic, givenToken } from './given-credentials.ts';
import { issueBasic, issueToken } from './issue-credential.ts';
import { makeToken } from './token.ts';

const start = Date.parse('2026-11-22T09:00:00.000Z');
const tenant = { organization: 'acme', label: 'tenant', scopes: ['scim:read', 'scim:write'] as const };
const password = 'Tr0ub4dor&3!';
const basicHeader = (userName: string, secret: string) =>
  `Basic ${Buffer.from(`${userName}:${secret}`).toString('base64')}`;

/** A store with a clock of its own that counts what is asked of it. */
async function setUp(given: readonly StoredCredential[] = []) {
  const { store, close } = await testCredentialStore();
  onTestFinished(close);
  let time = start;
  let findCount = 0;
  let touchCount = 0;
  const credentials: CredentialStore = {
    ...store,
    find: (...args) => {
      findCount += 1;
      return store.find(...args);
    },
    touch: (...args) => {
      touchCount += 1;
      return store.touch(...args);
    },
  };
  const at = () => new Date(time).toISOString();
  return {
    store: credentials,
    at,
    issue: (change: object = {}) => issueToken(store, { ...tenant, ...change }, at()),
    open: () => createAuthenticator({ credentials, given, now: () => new Date(time) }),
    pass: (ms: number) => {
      time += ms;
    },
    counts: () => ({ findCount, touchCount }),
  };
}

describe('a bearer token', () => {
  test('opens its organization, whatever the case of the scheme', async () => {
    const { issue, open } = await setUp();
    const { token, credential } = await issue();
    const authenticator = await open();
    expect(authenticator.challenges).toEqual(['Bearer realm="scim"']);
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect(await authenticator.authenticate(`${scheme} ${token}`)).toEqual({
        organization: 'acme',
        credentialId: credential.id,
        label: 'tenant',
        scopes: new Set(['scim:read', 'scim:write']),
      });
    }
  });

  test('opens nothing under the name of another organization or credential, or with another secret', async () => {
    const { issue, open } = await setUp();
    const { token, credential } = await issue();
    const other = await issue({ organization: 'beta' });
    const { authenticate } = await open().then((one) => ({ authenticate: one.authenticate.bind(one) }));
    const tries = [
      token.replace('acme', 'beta'),
      token.replace(credential.id, other.credential.id),
      `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
      token.slice(0, -1),
      token.toUpperCase(),
      makeToken('acme').token,
      `${token} ${token}`,
      '',
    ];
    for (const tried of tries) expect(await authenticate(`Bearer ${tried}`), tried).toBeUndefined();
    expect(await authenticate(token)).toBeUndefined();
    expect(await authenticate(undefined)).toBeUndefined();
  });

  test('opens nothing from the moment at which it expires', async () => {
    const { issue, open, pass } = await setUp();
    const { token } = await issue({ expiresAt: '2026-11-22T09:00:00.500Z' });
    const authenticator = await open();
    pass(499);
    expect(await authenticator.authenticate(`Bearer ${token}`)).toBeDefined();
    pass(1);
    expect(await authenticator.authenticate(`Bearer ${token}`)).toBeUndefined();
  });

  test('opens nothing a second after it was revoked', async () => {
    const { issue, open, pass, store, at } = await setUp();
    const { token, credential } = await issue();
    const authenticator = await open();
    expect(await authenticator.authenticate(`Bearer ${token}`)).toBeDefined();
    await store.revoke('acme', credential.id, at());
    pass(1000);
    expect(await authenticator.authenticate(`Bearer ${token}`)).toBeUndefined();
  });

  test('is live beside the one that takes its place', async () => {
    const { issue, open } = await setUp();
    const [old, fresh] = [await issue(), await issue()];
    const authenticator = await open();
    const asked = [old, fresh].map(({ token }) => authenticator.authenticate(`Bearer ${token}`));
    expect((await Promise.all(asked)).map((principal) => principal?.credentialId)).toEqual([
      old.credential.id,
      fresh.credential.id,
    ]);
  });

  test('is looked up once a second, not once a request', async () => {
    const { issue, open, pass, counts } = await setUp();
    const { token } = await issue();
    const authenticator = await open();
    for (let request = 0; request < 100; request += 1) await authenticator.authenticate(`Bearer ${token}`);
    expect(counts().findCount).toBe(1);
    pass(1000);
    await authenticator.authenticate(`Bearer ${token}`);
    expect(counts().findCount).toBe(2);
  });

  test('has its last use noted at most every five minutes', async () => {
    const { issue, open, pass, store, counts } = await setUp();
    const { token, credential } = await issue();
    const authenticator = await open();
    const used = async () => (await store.list('acme')).find(({ id }) => id === credential.id)?.lastUsedAt;
    await authenticator.authenticate(`Bearer ${token}`);
    await expect.poll(used).toBe('2026-11-22T09:00:00.000Z');
    for (let minute = 1; minute < 5; minute += 1) {
      pass(60_000);
      await authenticator.authenticate(`Bearer ${token}`);
    }
    expect(counts().touchCount).toBe(1);
    pass(60_000);
    await authenticator.authenticate(`Bearer ${token}`);
    await expect.poll(used).toBe('2026-11-22T09:05:00.000Z');
  });

  test('opens its organization although its use cannot be noted', async () => {
    const { issue, store, at } = await setUp();
    const { token } = await issue();
    const failing = { ...store, touch: () => Promise.reject(new Error('disk full')) };
    const authenticator = await createAuthenticator({ credentials: failing, now: () => new Date(at()) });
    expect(await authenticator.authenticate(`Bearer ${token}`)).toBeDefined();
  });
});

describe('Basic', () => {
  async function withUser() {
    const world = await setUp();
    const credential = await issueBasic(world.store, { ...tenant, userName: 'veza', password }, world.at());
    return { ...world, credential, authenticator: await world.open() };
  }

  test('is offered and opens its organization', async () => {
    const { authenticator, credential } = await withUser();
    expect(authenticator.challenges).toEqual(['Bearer realm="scim"', 'Basic realm="scim", charset="UTF-8"']);
    expect(await authenticator.authenticate(basicHeader('veza', password))).toMatchObject({
      organization: 'acme',
      credentialId: credential.id,
    });
  });

  test('opens nothing with another password, another user name, or an empty one', async () => {
    const { authenticator } = await withUser();
    await authenticator.authenticate(basicHeader('veza', password));
    for (const [userName, secret] of [
      ['veza', `${password} `],
      ['veza', ''],
      ['Veza', password],
      ['nobody', password],
    ] as const) {
      expect(await authenticator.authenticate(basicHeader(userName, secret))).toBeUndefined();
    }
  });

  test('opens nothing once it is revoked, at once', async () => {
    const { authenticator, store, credential, at } = await withUser();
    expect(await authenticator.authenticate(basicHeader('veza', password))).toBeDefined();
    await store.revoke('acme', credential.id, at());
    expect(await authenticator.authenticate(basicHeader('veza', password))).toBeUndefined();
  });

  test('opens neither of two organizations that share a user name', async () => {
    const { authenticator, store, credential } = await withUser();
    const [stored] = await store.findByUserName('veza');
    if (stored === undefined) throw new Error('The credential is gone.');
    await store.add({ ...stored, organization: 'beta' });
    expect(await authenticator.authenticate(basicHeader('veza', password))).toBeUndefined();
    await store.revoke('acme', credential.id, '2026-11-22T09:00:00.000Z');
    expect(await authenticator.authenticate(basicHeader('veza', password))).toMatchObject({ organization: 'beta' });
  });

  test.each(['veza', 'nobody'])(
    'hashes guesses for %s a few at a time, refuses a flood of them with 503, and lets in who was in before',
    async (userName) => {
      const { authenticator } = await withUser();
      await authenticator.authenticate(basicHeader('veza', password));
      const guesses = Array.from({ length: 30 }, (_, index) =>
        authenticator.authenticate(basicHeader(userName, `${index}`)),
      );
      const ended = Promise.allSettled(guesses);
      expect(await authenticator.authenticate(basicHeader('veza', password))).toBeDefined();
      const reasons = (await ended).flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      // Two are hashed, sixteen wait: known and unknown users cost the same.
      expect(reasons).toHaveLength(30 - 2 - 16);
      for (const reason of reasons) expect(reason).toMatchObject({ status: 503 });
    },
  );

  test('is neither offered nor tried where there is no credential for it', async () => {
    const { issue, open, store } = await setUp();
    await issue();
    const asked: string[] = [];
    const findByUserName = async (userName: string) => {
      asked.push(userName);
      return [];
    };
    const authenticator = await createAuthenticator({ credentials: { ...store, findByUserName } });
    expect((await open()).challenges).toHaveLength(1);
    expect(await authenticator.authenticate(basicHeader('veza', password))).toBeUndefined();
    expect(asked).toEqual([]);
  });
});

describe('credentials of the operator', () => {
  test('open their organization beside those of the store', async () => {
    const secret = randomBytes(32).toString('base64url');
    const owner = { organization: 'default', label: 'given' };
    const { issue, open } = await setUp([givenToken(secret, owner), await givenBasic('veza', password, owner)]);
    const { token } = await issue();
    const authenticator = await open();
    const organizations = [];
    for (const header of [`Bearer ${secret}`, basicHeader('veza', password), `Bearer ${token}`, `Bearer ${secret}x`]) {
      organizations.push((await authenticator.authenticate(header))?.organization);
    }
    expect(organizations).toEqual(['default', 'default', 'acme', undefined]);
  });
});

describe('without a credential that is live', () => {
  test('nothing starts, and the message says how to make one', async () => {
    const { issue, open, pass } = await setUp();
    await issue({ expiresAt: '2026-11-22T09:00:01.000Z' });
    await open();
    pass(1000);
    await expect(open()).rejects.toMatchObject({
      code: 'setting-missing',
      exitCode: 2,
      hint: expect.stringContaining('oaa scim token create'),
    });
  });
});
