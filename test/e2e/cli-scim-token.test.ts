import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { captureCli } from '../support/capture-cli.ts';
import { useScimCommands } from '../support/scim-commands.ts';

const tokenForm = /^scim_default_[0-9a-f]{16}_[0-9a-f]{64}$/;

describe('oaa scim token', () => {
  test('create prints the token alone on stdout, and the rest about it on stderr', async () => {
    const { scim } = await useScimCommands();
    const { exitCode, stdout, stderr } = await scim(['token', 'create', '--label', 'tenant']);
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd()).toMatch(tokenForm);
    expect(stderr).toMatch(
      /^Token [0-9a-f]{16} opens the organization default until it is revoked\. It is not shown again\.\n$/,
    );
    expect(stderr).not.toContain(stdout.trimEnd().slice(-64));
    expect((await scim(['token', 'create', '--label', 'tenant', '--quiet'])).stderr).toBe('');
  });

  test('create with --json tells what list tells, and the token', async () => {
    const { scimJson } = await useScimCommands();
    const made = await scimJson(['token', 'create', '--label', 'audit', '--scope', 'scim:read', '--expires-in', '30']);
    expect(made).toEqual({
      token: expect.stringMatching(tokenForm),
      credential: expect.objectContaining({ label: 'audit', scopes: ['scim:read'], organization: 'default' }),
    });
    const { credentials } = await scimJson(['token', 'list']);
    expect(credentials).toEqual([{ ...(made.credential as object), state: 'live' }]);
    const { createdAt, expiresAt } = made.credential as { createdAt: string; expiresAt: string };
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(30 * 24 * 60 * 60 * 1000);
  });

  test('list never shows a token or a digest, and says what was revoked', async () => {
    const { scim, scimJson } = await useScimCommands();
    const { token, credential } = await scimJson(['token', 'create', '--label', 'tenant']);
    const { id } = credential as { id: string };
    const listed = await scim(['token', 'list', '--json']);
    expect(listed.stdout).not.toContain(String(token).slice(-64));
    expect(listed.stdout).not.toContain('digest');
    expect(await scim(['token', 'revoke', id])).toEqual({
      exitCode: 0,
      stdout: `Revoked ${id} (tenant) of the organization default.\n`,
      stderr: '',
    });
    expect((await scim(['token', 'list'])).stdout).toMatch(/^ID .*\n[0-9a-f]{16} {2}default .* revoked /);
  });

  test('revoke of what is revoked already succeeds and keeps its time', async () => {
    const { scimJson } = await useScimCommands();
    const { credential } = await scimJson(['token', 'create', '--label', 'tenant']);
    const { id } = credential as { id: string };
    const first = await scimJson(['token', 'revoke', id]);
    expect(first).toMatchObject({ credential: { id, revokedAt: expect.any(String) } });
    expect(await scimJson(['token', 'revoke', id])).toEqual(first);
  });

  test('a third live token of a client is refused with the ids of the two', async () => {
    const { scim } = await useScimCommands();
    for (let round = 0; round < 2; round += 1) await scim(['token', 'create', '--label', 'tenant']);
    const { exitCode, stdout, stderr } = await scim(['token', 'create', '--label', 'tenant']);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/has 2 live tokens with the label "tenant": [0-9a-f]{16}, [0-9a-f]{16}\./);
    expect(stderr).toContain('oaa scim token revoke');
  });

  test.each([
    [['token', 'create'], 2, '--label'],
    [['token', 'create', '--label', 'x', '--scope', 'admin'], 2, 'scim:read, scim:write'],
    [['token', 'create', '--label', 'x', '--scope', 'tokens:make'], 2, 'scim:read, scim:write'],
    [['token', 'create', '--label', 'x', '--scope', 'scim:read', '--scope', 'tokens:rotate'], 2, 'never makes another'],
    [['token', 'create', '--label', 'x', '--expires-in', '0'], 2, '--expires-in'],
    [['token', 'create', '--label', 'x', '--organization', 'nobody'], 3, 'no organization "nobody"'],
    [['token', 'list', '--organization', 'nobody'], 3, 'no organization "nobody"'],
    [['token', 'revoke', '0000000000000000'], 3, 'no credential with this id'],
    [['token', 'revoke'], 2, '<id>'],
  ])('%j ends with %i', async (argv, code, message) => {
    const { scim } = await useScimCommands();
    await scim(['token', 'create', '--label', 'first']);
    const { exitCode, stdout, stderr } = await scim(argv);
    expect([exitCode, stdout]).toEqual([code, '']);
    expect(stderr).toContain(message);
  });

  test('a token that is given instead of its id is not printed', async () => {
    const { scim, scimJson } = await useScimCommands();
    const { token } = await scimJson(['token', 'create', '--label', 'tenant']);
    const { exitCode, stderr } = await scim(['token', 'revoke', String(token)]);
    expect(exitCode).toBe(3);
    expect(stderr).not.toContain(String(token).slice(-64));
  });

  test.each([
    ['sqlite:missing.db', 'There is no database'],
    ['postgres://u:secret-password@db/scim', 'has to be sqlite:<file>'],
    ['scim.db', 'has to be sqlite:<file>'],
  ])('list of %j makes nothing and says why', async (database, message) => {
    const { folder } = await useScimCommands();
    const result = await captureCli(['scim', 'token', 'list', '--database', database], { cwd: folder });
    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toContain('secret-password');
    expect(await readdir(folder)).toEqual([]);
  });
});
