import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../plan/index.ts';
import { readState } from '../state/index.ts';
import { journalFile } from './journal.ts';
import {
  changing,
  checkReport,
  curlExample,
  exists,
  failure,
  plain,
  type Registry,
  startRegistry,
} from './test-support.ts';
import { writeIcons } from './test-worlds.ts';

describe('a plan is refused, and nothing is changed,', () => {
  async function refused(registry: Registry, plan: Plan, options?: Parameters<Registry['apply']>[1]) {
    const before = changing(registry).length;
    const serial = (await readState(registry.stateFile, registry.tenant.url)).serial;
    const error = await failure(registry.apply(plan, options));
    expect(changing(registry)).toHaveLength(before);
    expect((await readState(registry.stateFile, registry.tenant.url)).serial).toBe(serial);
    expect(await exists(journalFile(registry.stateFile))).toBe(false);
    return error;
  }

  test('when it has problems', async () => {
    const registry = await startRegistry();
    await registry.tenant.providers.create({ name: 'Portal', template: 'application' });
    const error = await refused(registry, await registry.plan([plain]));
    expect(error).toMatchObject({ name: 'GuardError', exitCode: 8 });
    expect(error.message).toMatch(/^A plan with problems is not applied:\n {2}Portal: A provider "Portal"/);
  });

  test.each([
    ['a deletion', { name: 'Portal', absent: true }, 'delete Portal'],
    ['a replacement', { ...plain, custom_template: 'hris' }, 'replace Portal'],
  ])('when it has %s without leave', async (_, manifest, text) => {
    const registry = await startRegistry();
    await registry.setUp([plain]);
    const error = await refused(registry, await registry.plan([manifest], { allowDelete: false }));
    expect(error).toMatchObject({ exitCode: 8, hint: 'If that is meant, plan with --allow-delete.' });
    expect(error.message).toContain(text);
  });

  test('when it is of another tenant', async () => {
    const registry = await startRegistry();
    const plan = { ...(await registry.plan([plain])), tenant: 'https://other.vezacloud.com' };
    expect(await refused(registry, plan)).toMatchObject({ name: 'UsageError', exitCode: 2 });
  });

  test('when something was applied since', async () => {
    const registry = await startRegistry();
    const plan = await registry.plan([plain]);
    await registry.setUp([{ ...plain, name: 'Other' }]);
    const error = await refused(registry, plan);
    expect(error.message).toBe(
      'The plan was made from state 0, and the state is 1 by now: something was applied since.',
    );
  });

  test('when what it saw is otherwise by now: all of it is told', async () => {
    const registry = await startRegistry();
    const manifests = ['Changed', 'Deleted', 'Going'].map((name) => ({ ...plain, name }));
    await registry.setUp(manifests);
    const icon = join(dirname(registry.stateFile), 'icon.svg');
    await writeIcons(dirname(registry.stateFile));
    await writeFile(icon, '<svg></svg>');
    const plan = await registry.plan([
      ...manifests.map((manifest) => ({ ...manifest, provisioning: true })),
      { ...plain, name: 'Taken', icon: 'icon.svg' },
    ]);
    const ids = new Map(registry.sandbox.providers().map(({ name, id }) => [name, id]));
    const id = (name: string): string => ids.get(name) ?? '';
    await registry.tenant.providers.update(id('Changed'), { internal_app_name: 'x' });
    await registry.tenant.providers.delete(id('Deleted'));
    await expect.poll(() => registry.tenant.providers.get(id('Deleted'))).toBeUndefined();
    await registry.tenant.providers.create({ name: 'Taken', template: 'application' });
    await writeFile(icon, '<svg> </svg>');
    const error = await refused(registry, plan);
    expect(error).toMatchObject({ name: 'GuardError', exitCode: 8, hint: 'Look at what changed, and plan again.' });
    const taken = registry.sandbox.providers().find(({ name }) => name === 'Taken')?.id ?? '';
    expect(error.message.split('\n')).toStrictEqual([
      'The plan is out of date, and nothing was changed now:',
      `  Changed: the provider ${id('Changed')} has changed since the plan was made`,
      `  Deleted: the provider ${id('Deleted')} is no longer there`,
      `  Taken: a provider of this name (${taken}) is there, and was not when the plan was made`,
      `  the icon ${icon} has changed since the plan was made`,
    ]);
  });

  test('when a provider that it changes is being deleted', async () => {
    const registry = await startRegistry({ deletionMs: 600_000 });
    await registry.setUp([plain]);
    const plan = await registry.plan([{ ...plain, provisioning: true }]);
    const id = registry.sandbox.providers()[0]?.id ?? '';
    await registry.tenant.providers.delete(id);
    expect((await refused(registry, plan)).message).toContain(`Portal: the provider ${id} is being deleted`);
  });

  test('when secrets are missing or cannot be used: all of them are told', async () => {
    const registry = await startRegistry();
    const plan = await registry.plan([
      curlExample,
      { ...curlExample, name: 'B', configuration: { ...curlExample.configuration, scim_token: 'env:OTHER_TOKEN' } },
    ]);
    const env = { OTHER_TOKEN: 'with blank' };
    const error = await refused(registry, plan, { secrets: { env } });
    expect(error).toMatchObject({ name: 'UsageError', code: 'setting-missing', exitCode: 2 });
    expect(error.message.split('\n')).toStrictEqual([
      'Nothing was changed, since 2 of the secrets cannot be used:',
      '  (manifest):9:21: MyCustomApp, configuration_json.scim_token: The environment variable SCIM_TOKEN of the reference env:SCIM_TOKEN is not set.',
      '  (manifest):19:21: B, configuration_json.scim_token: What env:OTHER_TOKEN gives holds blanks, line breaks or characters beyond ASCII (not shown).',
    ]);
  });

  test('when an endpoint is not as the tenant needs it: with the codes to accept', async () => {
    const registry = await startRegistry();
    const plan = await registry.plan([{ ...plain, name: 'First' }, curlExample]);
    const failing = checkReport([
      { code: 'user-create', title: 'A user is created', status: 'failed', problem: 'it answered 500' },
      { code: 'user-delete', title: 'A user is deleted', status: 'failed', problem: 'it answered 405' },
      { code: 'pages', status: 'warning' },
    ]);
    const check = (): Promise<typeof failing> => Promise.resolve(failing);
    const error = await refused(registry, plan, { check, acceptFailingChecks: ['user-delete'] });
    expect(error).toMatchObject({
      name: 'EndpointCheckError',
      exitCode: 8,
      facts: { checks: [{ provider: 'MyCustomApp' }] },
    });
    expect(error.message).toBe(
      'Nothing was changed, since the SCIM endpoint is not as the tenant needs it:\n  MyCustomApp, user-create: A user is created: it answered 500',
    );
    expect(error.hint).toContain('--accept-failing-checks user-create; in code acceptFailingChecks.');
    const acceptFailingChecks = ['user-delete', 'user-create'];
    const report = await registry.apply(plan, { check, acceptFailingChecks });
    expect(report).toMatchObject({ outcome: 'done', checks: [{ provider: 'MyCustomApp', report: failing }] });
  });

  test('when an endpoint cannot be reached from here, unless the tenant is trusted to reach it', async () => {
    const registry = await startRegistry();
    const plan = await registry.plan([curlExample]);
    const report = checkReport([{ status: 'unreachable', problem: 'no connection' }]);
    const check = (): Promise<typeof report> => Promise.resolve(report);
    const error = await refused(registry, plan, { check });
    expect(error).toMatchObject({ name: 'UnreachableError', exitCode: 6 });
    expect(error.hint).toContain('--verify-from tenant');
    expect(await registry.apply(plan, { check, verifyFrom: 'tenant' })).toMatchObject({ outcome: 'done' });
  });

  test.each([
    ['forbidden', 'credentials-refused', 4],
    ['server-error', 'remote-failing', 6],
    ['too-many-requests', 'rate-limited', 6],
    ['html-page', 'remote-failing', 6],
    ['not-json', 'response-invalid', 5],
  ] as const)('when the tenant answers the first look with %s', async (kind, code, exitCode) => {
    const registry = await startRegistry();
    const plan = await registry.plan([plain]);
    registry.sandbox.faults.schedule({ kind });
    expect(await failure(registry.apply(plan))).toMatchObject({ code, exitCode });
    expect(changing(registry)).toStrictEqual([]);
    expect(await exists(journalFile(registry.stateFile))).toBe(false);
  });
});
