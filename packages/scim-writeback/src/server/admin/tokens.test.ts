import { describe, expect, test } from 'vitest';
import { createAuthenticator } from '../auth/create-authenticator.ts';
import { givenToken } from '../auth/given-credentials.ts';
import { issueBasic } from '../auth/issue-credential.ts';
import { openTestDirectory } from '../test-service.ts';
import { startAdmin } from './test-admin.ts';

const idBody = (id: string) => JSON.stringify({ id });

/** A server with a token of `acme` that rotates others. */
async function startRotation() {
  const admin = await startAdmin();
  const { token, credential } = await admin.issue(['tokens:rotate'], 'acme', 'rotator');
  return {
    ...admin,
    rotator: credential,
    rotate: (id: string) => admin.call('POST', '/tokens/rotate', { token, body: idBody(id) }),
  };
}

describe('rotation of tokens', () => {
  test('gives a second live token of the same label and scopes, which opens what the first does', async () => {
    const { rotate, issue, call, directory } = await startRotation();
    const { token: old, credential } = await issue(['base:write'], 'acme', 'nightly');
    const made = await rotate(credential.id);
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(made.body).toEqual({
      token: expect.stringMatching(/^scim_acme_[0-9a-f]{16}_[0-9a-f]{64}$/),
      credential: expect.objectContaining({ label: 'nightly', scopes: ['base:write'], organization: 'acme' }),
    });
    for (const token of [old, made.body.token]) expect((await call('GET', '/bases', { token })).status).toBe(200);
    const listed = JSON.stringify(await directory.credentials.list('acme'));
    expect(listed).toContain(made.body.credential.id);
    expect(listed).not.toContain(made.body.token.slice(-64));
    await directory.credentials.revoke('acme', credential.id, new Date().toISOString());
    expect((await call('GET', '/bases', { token: made.body.token })).status).toBe(200);
  });

  test('gives no token more scopes than the named one has', async () => {
    const { rotate, issue } = await startRotation();
    const { credential } = await issue(['scim:read'], 'acme', 'audit');
    expect((await rotate(credential.id)).body.credential.scopes).toEqual(['scim:read']);
  });

  test('leaves two live tokens of a label, however many are asked for at once', async () => {
    const { rotate, issue, directory } = await startRotation();
    const { credential } = await issue(['scim:read'], 'acme', 'audit');
    const answers = await Promise.all(Array.from({ length: 8 }, () => rotate(credential.id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array(7).fill(400)]);
    expect(answers.find(({ status }) => status === 400)?.body.message).toContain('2 live tokens');
    expect((await directory.credentials.list('acme')).filter(({ label }) => label === 'audit')).toHaveLength(2);
  });

  test('a token that ends is followed by one that lives as long as it did', async () => {
    const { rotate, issue } = await startRotation();
    const expiresAt = new Date(Date.now() + 90 * 86_400_000).toISOString();
    const { credential } = await issue(['scim:read'], 'acme', 'audit', expiresAt);
    const { credential: made } = (await rotate(credential.id)).body;
    const lifeMs = (one: { createdAt: string; expiresAt?: string | undefined }) =>
      Date.parse(one.expiresAt ?? '') - Date.parse(one.createdAt);
    expect(lifeMs(made)).toBe(lifeMs(credential));
  });

  test('of another organization is 404, as of a token that is not there', async () => {
    const { rotate, issue, directory } = await startRotation();
    const { credential } = await issue(['scim:read'], 'globex', 'audit');
    const foreign = await rotate(credential.id);
    const missing = await rotate('0'.repeat(16));
    expect([foreign.status, foreign.body]).toEqual([404, missing.body]);
    expect(await directory.credentials.list('globex')).toHaveLength(1);
  });

  test('of what was revoked, has expired or is no token is refused', async () => {
    const { rotate, issue, directory } = await startRotation();
    const { credential: revoked } = await issue(['scim:read'], 'acme', 'revoked');
    await directory.credentials.revoke('acme', revoked.id, new Date().toISOString());
    const soon = new Date(Date.now() + 50).toISOString();
    const { credential: expired } = await issue(['scim:read'], 'acme', 'expired', soon);
    const password = { organization: 'acme', label: 'basic', scopes: ['scim:read'] as const, userName: 'veza' };
    const basic = await issueBasic(directory.credentials, { ...password, password: 'Tr0ub4dor&3!' }, soon);
    await expect.poll(() => new Date().toISOString() > soon).toBe(true);
    for (const { id } of [revoked, expired, basic]) {
      expect(await rotate(id)).toMatchObject({ status: 400, body: { code: 'setting-invalid' } });
    }
    expect(await directory.credentials.list('acme')).toHaveLength(5);
  });

  test('a credential for SCIM never makes another, even where its scopes say that it may', async () => {
    const directory = await openTestDirectory();
    const secret = '3f9a1c7be0d24586a7c1f0be93d25e4768cc01ab';
    const given = givenToken(secret, { organization: 'acme', label: 'all', scopes: ['scim:read', 'tokens:rotate'] });
    const authenticator = await createAuthenticator({ credentials: directory.credentials, given: [given] });
    const { call, issue } = await startAdmin({ directory, authenticator });
    const { credential } = await issue(['scim:read'], 'acme', 'audit');
    const refused = await call('POST', '/tokens/rotate', { token: secret, body: idBody(credential.id) });
    expect(refused).toMatchObject({ status: 403, body: { message: expect.stringContaining('never makes another') } });
    await expect(issue(['scim:write', 'tokens:rotate'])).rejects.toThrow('never makes another');
    expect(await directory.credentials.list('acme')).toHaveLength(2);
  });

  test.each([
    ['{}', {}, 400],
    ['{"id":7}', {}, 400],
    ['[]', {}, 400],
    ['{"id":"x","scopes":["scim:write"]}', {}, 400],
    ['{"id":"x","id":"y"}', {}, 400],
    ['{"__proto__":{"id":"x"}}', {}, 400],
    ['{"id":', {}, 400],
    [`{"id":"${'x'.repeat(2_000)}"}`, {}, 413],
    ['{"id":"x"}', { 'content-type': 'text/plain' }, 415],
    ['{"id":"x"}', { 'content-encoding': 'gzip' }, 415],
  ])('the body %.40s with %j is answered %i', async (body, headers, status) => {
    const { call, issue, directory } = await startAdmin();
    const { token } = await issue(['tokens:rotate'], 'acme', 'rotator');
    expect((await call('POST', '/tokens/rotate', { token, body, headers })).status).toBe(status);
    expect(await directory.credentials.list('acme')).toHaveLength(2);
  });
});
