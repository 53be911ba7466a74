import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UnreachableError } from '@oaa-kit/oaa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isEmptyPlan } from '../plan/index.ts';
import { createSandbox } from '../sandbox/index.ts';
import { readState } from '../state/index.ts';
import type { EndpointToCheck } from './check-endpoints.ts';
import { journalFile } from './journal.ts';
import type { StepEvent } from './run-steps.ts';
import type { StateHandle } from './state-handle.ts';
import { startInterruptingProxy } from './test-interrupting-proxy.ts';
import {
  changing,
  checkReport,
  curlExample,
  exists,
  failure,
  plain,
  registryAt,
  startRegistry,
  temporaryFolder,
} from './test-support.ts';
import { everything, tenantNow, writeIcons } from './test-worlds.ts';

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

  test('tells of what the tenant took and shows otherwise, and plans it again', async () => {
    const sandbox = await createSandbox();
    const proxy = await startInterruptingProxy(sandbox.url, (answer) =>
      answer.replaceAll('"provisioning":true', '"provisioning":false'),
    );
    onTestFinished(async () => {
      proxy.close();
      await sandbox.close();
    });
    const registry = registryAt(sandbox, await temporaryFolder(), { url: proxy.url });
    const report = await registry.run([curlExample]);
    expect(report.providers).toMatchObject([{ done: ['create', 'remember', 'verify'], differences: ['provisioning'] }]);
    const [again] = (await registry.plan([curlExample])).providers;
    expect([again?.action, again?.fields]).toStrictEqual([
      'update',
      [{ path: 'provisioning', before: false, after: true }],
    ]);
  });

  test('deletes and changes nothing that somebody changed while it was under way', async () => {
    const registry = await startRegistry();
    await registry.setUp([plain, { ...plain, name: 'Second' }]);
    const ids = registry.sandbox.providers().map(({ id }) => id);
    const plan = await registry.plan([
      { ...plain, provisioning: true },
      { ...plain, name: 'Second', provisioning: true },
    ]);
    const open = await registry.open();
    const state: StateHandle = {
      file: open.file,
      get state() {
        return open.state;
      },
      // Somebody changes the second provider when the first is done.
      save: async (providers) => {
        await registry.tenant.providers.update(ids[1] ?? '', { internal_app_name: 'theirs' });
        return open.save(providers);
      },
    };
    const error = await failure(registry.apply(plan, { state }));
    open.close();
    expect(error).toMatchObject({ name: 'ApplyStoppedError', exitCode: 8 });
    expect(error.message).toContain(`The provider "Second" (${ids[1]}) has changed since the plan was made.`);
    expect(registry.sandbox.providers()[1]?.settings).toStrictEqual({ internal_app_name: 'theirs' });
  });
});

test('a provider that is declared absent and gone already is taken out of the state, and nothing is sent', async () => {
  const registry = await startRegistry();
  await registry.setUp([plain, { ...plain, name: 'Kept' }]);
  const theirs = await registry.tenant.providers.find('Portal');
  await registry.tenant.providers.delete(theirs?.id ?? '');
  await expect.poll(() => registry.tenant.providers.find('Portal')).toBeUndefined();
  const sent = changing(registry).length;
  const absent = [{ name: 'Portal', absent: true }];
  const report = await registry.run(absent);
  expect(report.providers).toMatchObject([{ action: 'none', id: undefined, done: ['forget'], notDone: [] }]);
  expect(changing(registry)).toHaveLength(sent);
  const { providers } = await readState(registry.stateFile, registry.tenant.url);
  expect(providers.map(({ key }) => key)).toStrictEqual(['Kept']);
  expect(isEmptyPlan(await registry.plan(absent))).toBe(true);
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

  describe('that could not delete what it made is told of by an apply', () => {
    const left = { kind: 'User', id: 'u-1', name: 'oaa-kit-check-1' } as const;
    const leaving = () => Promise.resolve({ ...checkReport(), leftBehind: [left] });
    const note =
      'The check of the SCIM endpoint of MyCustomApp could not delete what it made. Delete at https://api.myapp.com/scim/v2 by hand: User oaa-kit-check-1 (id u-1).';

    test('that stops later', async () => {
      const registry = await startRegistry();
      registry.sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*/datasources' } });
      const error = await failure(registry.run([{ ...curlExample, data_sources: ['a'] }], { check: leaving }));
      expect(error.message.split('\n').at(-1)).toBe(note);
      expect(error.report.notes).toStrictEqual([note]);
    });

    test.each(['between two checks', 'within the next one'])('that is interrupted %s', async (when) => {
      const registry = await startRegistry();
      const controller = new AbortController();
      let checks = 0;
      const check = () => {
        checks += 1;
        if (checks === 1 && when === 'between two checks') controller.abort();
        if (checks === 1) return leaving();
        return Promise.reject(new UnreachableError('aborted', 'The check was aborted.'));
      };
      const manifests = [curlExample, { ...curlExample, name: 'Other' }];
      const error = await failure(registry.run(manifests, { check, signal: controller.signal }));
      expect([error.name, error.code]).toEqual(['UnreachableError', 'aborted']);
      expect(error.message.split('\n').at(-1)).toBe(note);
    });
  });
});
