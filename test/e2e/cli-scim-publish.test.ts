import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tenant, type WireApplicationPayload } from '@oaa-kit/oaa';
import { createSandbox } from '@oaa-kit/registrar/sandbox';
import { attributeMapping, groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Publisher } from '../../packages/scim-writeback/src/publish/publisher.ts';
import { tenantPushTarget } from '../../packages/scim-writeback/src/publish/tenant-push-target.ts';
import { captureCli } from '../support/capture-cli.ts';

const user = new ResourceSchema(userResourceType);
const group = new ResourceSchema(groupResourceType);
const names = { provider: 'Portal', dataSource: 'portal.test' };
const settings = { quietMs: 0, longestWaitMs: 0, minimumIntervalMs: 0, retryFromMs: 50, pollMs: 20 };

function base(users: readonly string[]): WireApplicationPayload {
  return {
    custom_property_definition: { applications: [] },
    applications: [
      {
        name: 'Portal',
        application_type: 'Portal',
        local_users: users.map((name) => ({ name })),
        local_roles: [{ name: 'reader', permissions: ['read'] }],
      },
    ],
    permissions: [{ name: 'read', permission_type: ['DataRead'] }],
    identity_to_permissions: users.map((identity) => ({
      identity,
      identity_type: 'local_user' as const,
      role_assignments: [{ application: 'Portal', role: 'reader', apply_to_application: true }],
    })),
  };
}

const crowd = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);

/** A directory that is published to a sandbox, and `oaa scim publish` on its database. */
async function usePublication() {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-publish-'));
  const sandbox = await createSandbox();
  const directory = await openSqliteDirectory({ file: join(folder, 'scim.db'), userSchema: user, groupSchema: group });
  await directory.organizations.create({ id: 'default', name: 'Default' });
  const tenant = new Tenant({ url: sandbox.url, apiKey: sandbox.apiKey, retries: 0 });
  const guard = { stateFolder: join(folder, 'state') };
  const publisher = new Publisher({
    publications: directory.publications,
    organization: 'default',
    ...names,
    target: tenantPushTarget({ tenant, ...names, createProvider: true, guard }),
    mapping: { User: attributeMapping(user), Group: attributeMapping(group) },
    settings,
  });
  onTestFinished(async () => {
    await publisher.stop();
    await directory.close();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });
  const scim = (...argv: readonly string[]) =>
    captureCli(['scim', 'publish', ...argv, '--database', 'sqlite:scim.db'], { cwd: folder });
  const status = async () => {
    const { stdout } = await scim('status', '--json');
    return JSON.parse(stdout).publications[0];
  };
  return {
    directory,
    sandbox,
    publisher,
    scim,
    status,
    held: () => sandbox.dataSource('Portal', 'portal.test')?.payload as WireApplicationPayload | undefined,
    until: (condition: string) =>
      expect.poll(async () => (await status())?.condition, { timeout: 10_000 }).toBe(condition),
    async submit(users: readonly string[], maxRemovalPercent?: number) {
      const bases = directory.bases('default');
      const { asOf } = await bases.begin();
      await bases.submit(base(users), { asOf, actor: 'connector', maxRemovalPercent });
    },
    async createUser(userName: string) {
      const attributes = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName };
      const context = { actor: 'tenant', requestId: 'r', origin: 'scim' } as const;
      return directory.organization('default').create('User', { attributes }, context);
    },
  };
}

describe('oaa scim publish', () => {
  test('status follows a publication from nothing to what the tenant shows', async () => {
    const { publisher, scim, status, until, submit, createUser, held } = await usePublication();
    expect(await scim('status')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'Nothing is published from this database.\n',
    });
    publisher.start();
    await until('waiting');
    expect(await scim('status', '--provider', 'Other')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'Nothing that the options name is published from this database.\n',
    });
    await submit(['kim']);
    await until('current');
    const { id } = await createUser('jane');
    await until('current');
    expect(held()?.applications[0]?.local_users?.map(({ id: key, name }) => [key, name])).toEqual([
      ['kim', 'kim'],
      [id, 'jane'],
    ]);
    expect(held()?.identity_to_permissions.map(({ identity }) => identity)).toEqual(['kim']);
    expect(await status()).toMatchObject({
      organization: 'default',
      ...names,
      condition: 'current',
      lag: { revisions: 0, generations: 0, seconds: 0 },
      openIntents: { open: 0, needsAttention: 0 },
      isAttended: true,
    });
    const { stdout } = await scim('status');
    expect(stdout).toMatch(
      /^default -> Portal \/ portal\.test\n {2}condition {7}current\n {2}current {9}2\.1\n {2}published {7}2\.1\n {2}lag {13}none\n {2}open intents {4}0\n {2}last full push {2}\S+Z\n$/,
    );
  });

  test('accept-removal lets go what a base has taken away, and only for the pair that is held', async () => {
    const { publisher, scim, status, until, submit, held } = await usePublication();
    publisher.start();
    await submit(crowd(40));
    await until('current');
    await submit(crowd(5), 100);
    await until('held');
    expect(held()?.applications[0]?.local_users).toHaveLength(40);
    const { hold } = await status();
    expect(hold).toMatchObject({
      kind: 'removal',
      message: 'would remove 35 of 40 users (88 %), 35 of 40 grants (88 %)',
    });
    expect((await scim('status')).stdout).toContain(`  held            would remove 35 of 40 users (88 %)`);

    const wrong = await scim('accept-removal', '1.1');
    expect(wrong).toMatchObject({ exitCode: 3, stdout: '' });
    expect(wrong.stderr).toContain(`Held is ${hold.pair}, not 1.1`);
    expect((await scim('accept-removal', 'all')).exitCode).toBe(2);
    expect(await scim('accept-removal', hold.pair)).toEqual({
      exitCode: 0,
      stdout: 'Publication of default to Portal / portal.test pushes, and lets go what the pair would remove.\n',
      stderr: '',
    });
    await until('current');
    expect(held()?.applications[0]?.local_users).toHaveLength(5);
    expect((await scim('accept-removal', hold.pair)).stderr).toContain('is not held for what it would remove');
  });

  test('pause keeps changes back until resume, and full pushes what is published already', async () => {
    const { publisher, scim, until, submit, createUser, held, sandbox } = await usePublication();
    publisher.start();
    await submit(['kim']);
    await until('current');
    expect((await scim('pause')).stdout).toBe('Publication of default to Portal / portal.test is paused.\n');
    await createUser('jane');
    await until('paused');
    expect((await scim('status')).stdout).toMatch(/lag +1 revisions, 0 bases, for \d+ s\n/);
    expect(held()?.applications[0]?.local_users).toHaveLength(1);
    await scim('resume');
    await until('current');
    expect(held()?.applications[0]?.local_users).toHaveLength(2);
    const pushes = () => sandbox.requests().filter(({ path }) => path.endsWith(':push')).length;
    const before = pushes();
    expect(JSON.parse((await scim('full', '--json')).stdout)).toMatchObject({ publication: { condition: 'behind' } });
    await expect.poll(pushes, { timeout: 10_000 }).toBe(before + 1);
  });

  test('a refusal that names nothing holds, and status says why until it is over', async () => {
    const { publisher, scim, until, submit, sandbox, held } = await usePublication();
    sandbox.faults.schedule({ kind: 'refused-push', times: 1 });
    await submit(['kim']);
    publisher.start();
    await until('current');
    expect(held()?.applications[0]?.local_users).toHaveLength(1);
    expect((await scim('status')).stdout).toMatch(/last error {6}\S+Z The tenant /);
  });

  test('a tenant that fails one push in five is up to date in the end', { timeout: 60_000 }, async () => {
    const { publisher, until, submit, createUser, sandbox, held } = await usePublication();
    sandbox.faults.schedule(
      { kind: 'unavailable', match: { path: '*:push' }, rate: 0.1 },
      { kind: 'cut-after', match: { path: '*:push' }, rate: 0.1 },
    );
    await submit(['kim']);
    publisher.start();
    for (let number = 0; number < 30; number += 1) await createUser(`user-${number}`);
    sandbox.faults.clear();
    await until('current');
    expect(held()?.applications[0]?.local_users).toHaveLength(31);
  });

  test.each([
    [['pause'], 3, 'is not published there'],
    [['pause', '--organization', 'nobody'], 3, 'no organization "nobody"'],
    [['accept-removal'], 2, '<pair>'],
  ])('%j ends with %i before anything is published', async (argv, code, message) => {
    const { scim } = await usePublication();
    const { exitCode, stdout, stderr } = await scim(...argv);
    expect([exitCode, stdout]).toEqual([code, '']);
    expect(stderr).toContain(message);
  });
});
