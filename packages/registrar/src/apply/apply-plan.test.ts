import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isEmptyPlan, type Plan } from '../plan/index.ts';
import { readState } from '../state/index.ts';
import type { ApplyStoppedError } from './apply-report.ts';
import type { EndpointToCheck } from './check-endpoints.ts';
import { journalFile } from './journal.ts';
import type { StepEvent } from './run-steps.ts';
import { checkReport, curlExample, providersPath, type Registry, startRegistry } from './test-support.ts';
import { everything, tenantNow, writeIcons } from './test-worlds.ts';

const plain = { name: 'Portal', custom_template: 'application' };

/** Requests that may change something. */
function changing({ sandbox }: Registry): readonly string[] {
  return sandbox
    .requests()
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path.replace(providersPath, '')}`);
}

async function failure(promise: Promise<unknown>): Promise<ApplyStoppedError> {
  return promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: ApplyStoppedError) => error,
  );
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

describe('applyPlan', () => {
  test('makes what is missing, remembers it, and leaves nothing to do', async () => {
    const registry = await startRegistry();
    const manifests = [{ ...curlExample, data_sources: ['portal-eu'] }];
    const report = await registry.run(manifests);
    expect(report.providers).toStrictEqual([
      {
        key: 'MyCustomApp',
        name: 'MyCustomApp',
        action: 'create',
        id: registry.sandbox.providers()[0]?.id,
        done: ['create', 'remember', 'create data source portal-eu', 'verify'],
        unknown: [],
        notDone: [],
        differences: [],
      },
    ]);
    expect(isEmptyPlan(await registry.plan(manifests))).toBe(true);
    expect(await exists(journalFile(registry.stateFile))).toBe(false);
  });

  test('deletes, renames, replaces, changes, adopts and makes in this order, and tells of each step', async () => {
    const registry = await startRegistry();
    await writeIcons(dirname(registry.stateFile));
    await registry.setUp(everything.before);
    for (const provider of everything.byHand) await registry.tenant.providers.create(provider);
    const events: StepEvent[] = [];
    await registry.run(everything.after, { onStep: (event) => events.push(event) });
    const done = events
      .filter(({ event }) => event === 'done')
      .map(({ provider, step }) => `${provider}: ${step.name}`);
    expect(done).toStrictEqual([
      ...['delete', 'wait-until-gone', 'forget'].map((step) => `Leaving: ${step}`),
      ...['update', 'remember', 'delete-data-source', 'create-data-source', 'verify'].map(
        (step) => `New name: ${step}`,
      ),
      ...['update', 'remember', 'icon', 'verify'].map((step) => `New secret: ${step}`),
      ...['update', 'remember', 'verify'].map((step) => `Adopted: ${step}`),
      ...['delete', 'wait-until-gone', 'forget', 'create', 'remember', 'icon', 'create-data-source', 'verify'].map(
        (step) => `Replaced: ${step}`,
      ),
      ...['create', 'remember', 'icon', 'create-data-source', 'create-data-source', 'verify'].map(
        (step) => `Made: ${step}`,
      ),
    ]);
    expect(tenantNow(registry.sandbox).map(({ name, dataSources }) => [name, dataSources])).toStrictEqual([
      ['Adopted', []],
      ['Made', ['one', 'two']],
      ['New name', ['kept', 'new']],
      ['New secret', []],
      ['Replaced', ['r']],
    ]);
  });

  test('sends only the fields that differ, and the configuration whole', async () => {
    const registry = await startRegistry();
    await registry.setUp([{ ...curlExample, internal_app_name: 'a' }]);
    const changed = { ...curlExample.configuration, users_endpoint: 'People' };
    const plan = await registry.plan([{ ...curlExample, internal_app_name: 'a', configuration: changed }]);
    expect(plan.providers[0]?.fields.map(({ path }) => path)).toStrictEqual(['configuration_json.users_endpoint']);
    await registry.apply(plan);
    expect(JSON.parse(String(registry.sandbox.providers()[0]?.settings.configuration_json))).toStrictEqual({
      scim_url: 'https://api.myapp.com/scim/v2',
      scim_token: 'your-bearer-token',
      users_endpoint: 'People',
    });
  });

  test('keeps journal and state to their owner, and no secret in them', async () => {
    const registry = await startRegistry();
    const journal = journalFile(registry.stateFile);
    registry.sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*/datasources' } });
    await failure(registry.run([{ ...curlExample, data_sources: ['a'] }]));
    for (const file of [journal, registry.stateFile]) {
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const text = await readFile(file, 'utf8');
      expect(text).toContain('MyCustomApp');
      expect(text).not.toContain('your-bearer-token');
    }
  });

  test('waits for a deletion that goes on in the background of the tenant', async () => {
    const registry = await startRegistry({ deletionMs: 60 });
    const made = await registry.tenant.providers.create({ name: 'Portal', template: 'application' });
    await registry.tenant.providers.delete(made.id);
    const report = await registry.run([plain]);
    expect(report.providers[0]?.done).toStrictEqual(
      ['wait-until-gone', 'create', 'remember', 'verify'].map((step) => step.replaceAll('-', ' ')),
    );
    expect(registry.sandbox.providers()).toMatchObject([{ name: 'Portal', state: 'ENABLED' }]);
  });

  test('does not wait for ever', async () => {
    const registry = await startRegistry({ deletionMs: 600_000 });
    await registry.setUp([plain]);
    const error = await failure(registry.run([{ name: 'Portal', absent: true }], { deletionTimeoutMs: 1_000 }));
    expect(error).toMatchObject({ name: 'ApplyStoppedError', code: 'timeout', exitCode: 6 });
    expect(error.message).toMatch(/^Waited 2 s for the provider "Portal" to be gone, in vain.\nThe apply has stopped:/);
    expect(error.report.providers[0]).toMatchObject({ done: ['delete'], notDone: ['wait until gone', 'forget'] });
  });
});

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
    expect(error).toMatchObject({ name: 'GuardError', exitCode: 8, hint: 'Plan again and look at what changed.' });
    const taken = registry.sandbox.providers().find(({ name }) => name === 'Taken')?.id ?? '';
    expect(error.message.split('\n')).toStrictEqual([
      'The plan is out of date, and nothing was changed:',
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
      '  MyCustomApp, configuration_json.scim_token: The environment variable SCIM_TOKEN of the reference env:SCIM_TOKEN is not set.',
      '  B, configuration_json.scim_token: it holds blanks, line breaks or characters beyond ASCII (not shown).',
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
    expect(error).toMatchObject({ name: 'EndpointCheckError', exitCode: 8, checks: [{ provider: 'MyCustomApp' }] });
    expect(error.message).toBe(
      'Nothing was changed, since the SCIM endpoint is not as the tenant needs it:\n  MyCustomApp, user-create: A user is created: it answered 500',
    );
    expect(error.hint).toContain('--accept-failing-checks user-create.');
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

describe('the endpoint check', () => {
  test('gets what the tenant will use, before anything is sent', async () => {
    const registry = await startRegistry();
    const seen: unknown[] = [];
    const check = async ({ signal: _, ...endpoint }: EndpointToCheck) => {
      seen.push([endpoint, changing(registry)]);
      return checkReport();
    };
    await registry.run([curlExample], { check, checkReadOnly: true });
    expect(seen).toStrictEqual([
      [
        {
          url: 'https://api.myapp.com/scim/v2',
          auth: { type: 'bearer', token: 'your-bearer-token' },
          usersEndpoint: undefined,
          groupsEndpoint: undefined,
          extensionSchemas: false,
          tls: undefined,
          readOnly: true,
        },
        [],
      ],
    ]);
    await registry.run([{ ...curlExample, data_sources: ['a'] }], { check });
    expect(seen).toHaveLength(1);
  });
});

describe('an apply that stops', () => {
  test('says what is done, what is not, and how to go on', async () => {
    const registry = await startRegistry();
    registry.sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*/datasources' } });
    const error = await failure(
      registry.run([
        { ...plain, data_sources: ['a', 'b'] },
        { ...plain, name: 'Next' },
      ]),
    );
    expect(error).toMatchObject({ name: 'ApplyStoppedError', code: 'credentials-refused', exitCode: 4 });
    expect(error.message.split('\n').slice(1)).toStrictEqual([
      'The apply has stopped:',
      '  Portal: done: create, remember; not done: create data source a, create data source b, verify',
      '  Next: not done: create, remember, verify',
    ]);
    expect(error.hint).toContain('Then go on with: oaa registrar apply --resume.');
    const again = await failure(registry.run([plain]));
    expect(again).toMatchObject({ name: 'GuardError', exitCode: 8 });
    expect(again.message).toContain('was not finished, and nothing was changed now');
    expect(await registry.resume()).toMatchObject({ outcome: 'done' });
    expect(tenantNow(registry.sandbox).map(({ name, dataSources }) => [name, dataSources])).toStrictEqual([
      ['Next', []],
      ['Portal', ['a', 'b']],
    ]);
    expect(await failure(registry.resume())).toMatchObject({ name: 'UsageError', exitCode: 2 });
  });

  test('at its first request leaves nothing to go on with', async () => {
    const registry = await startRegistry();
    registry.sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST' } });
    const error = await failure(registry.run([plain]));
    expect(error.message).toMatch(/Nothing was changed\.$/);
    expect(await registry.run([plain])).toMatchObject({ outcome: 'done' });
  });

  test('does not take over what somebody else made when the creation was refused', async () => {
    const registry = await startRegistry();
    const manifests = [{ ...plain, name: 'First' }, plain];
    registry.sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST' }, at: 2 });
    await failure(registry.run(manifests));
    await registry.tenant.providers.create({ name: 'Portal', template: 'application' });
    expect((await failure(registry.resume())).message).toContain('is there, and was not when the plan was made');
  });

  test('does not take over something else when the answer to a creation was lost and it never arrived', async () => {
    const registry = await startRegistry();
    const match = { path: '*/providers/custom*' };
    registry.sandbox.faults.schedule(
      { kind: 'cut-before', match: { method: 'POST', ...match } },
      { kind: 'cut-before', match: { method: 'GET', ...match }, at: 4, times: 'always' },
    );
    const error = await failure(registry.run([{ ...plain, provisioning: true }]));
    expect(error.report.providers[0]).toMatchObject({ done: [], unknown: ['create'], id: undefined });
    registry.sandbox.faults.clear();
    const theirs = await registry.tenant.providers.create({ name: 'Portal', template: 'application' });
    expect((await failure(registry.resume())).message).toContain(
      `A provider "Portal" (${theirs.id}) is there, and is not what this apply was about to make: it differs in provisioning.`,
    );
    await registry.tenant.providers.delete(theirs.id);
    await expect.poll(() => registry.tenant.providers.get(theirs.id)).toBeUndefined();
    expect(await registry.resume()).toMatchObject({ outcome: 'done' });
  });

  test('sends secrets again when a run before it may have sent others', async () => {
    const registry = await startRegistry();
    const controller = new AbortController();
    const onStep = ({ step, event }: StepEvent): void => {
      if (step.name === 'create' && event === 'done') controller.abort();
    };
    await failure(registry.run([curlExample], { onStep, signal: controller.signal }));
    registry.env.SCIM_TOKEN = 'rotated-meanwhile';
    await registry.resume();
    const sent = JSON.parse(String(registry.sandbox.providers()[0]?.settings.configuration_json));
    expect(sent.scim_token).toBe('rotated-meanwhile');
    expect(isEmptyPlan(await registry.plan([curlExample]))).toBe(true);
  });

  test('refuses to go on when the state was written by something else since', async () => {
    const registry = await startRegistry();
    registry.sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*/datasources' } });
    await failure(registry.run([{ ...plain, data_sources: ['a'] }]));
    const open = await registry.open();
    await open.save([]);
    open.close();
    expect(await failure(registry.resume())).toMatchObject({ name: 'GuardError', exitCode: 8 });
  });

  test('has a journal that tells of its damage with file and row', async () => {
    const registry = await startRegistry();
    registry.sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*/datasources' } });
    await failure(registry.run([{ ...plain, data_sources: ['a'] }]));
    const file = journalFile(registry.stateFile);
    const text = await readFile(file, 'utf8');
    const lines = text.split('\n');
    await writeFile(file, [lines[0], '{"step":0,"event":"maybe","serial":0}', ''].join('\n'));
    expect(await failure(registry.resume())).toMatchObject({
      name: 'InputError',
      exitCode: 3,
      message: expect.stringContaining(`${file}:2: the journal of an unfinished apply is damaged: event: `),
    });
    // The last line was cut by the end of the process.
    await writeFile(file, `${text}{"step":`);
    expect(await registry.resume()).toMatchObject({ outcome: 'done' });
  });
});
