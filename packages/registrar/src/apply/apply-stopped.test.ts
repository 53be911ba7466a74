import { readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isEmptyPlan } from '../plan/index.ts';
import { createSandbox } from '../sandbox/index.ts';
import { journalFile } from './journal.ts';
import type { StepEvent } from './run-steps.ts';
import { startInterruptingProxy } from './test-interrupting-proxy.ts';
import {
  changing,
  curlExample,
  failure,
  plain,
  type Registry,
  registryAt,
  startRegistry,
  temporaryFolder,
} from './test-support.ts';
import { tenantNow } from './test-worlds.ts';

const giveUp = ({ stateFile }: Registry): string => `To give it up: remove ${journalFile(stateFile)}, then plan again.`;

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
    expect(error.hint).toMatch(/ Go on with: resumeApply$/);
    const again = await failure(registry.run([plain]));
    expect(again).toMatchObject({ name: 'GuardError', exitCode: 8 });
    expect(again.message).toContain('was not finished, and nothing was changed now');
    expect(again.hint).toBe(`Go on with: resumeApply\n${giveUp(registry)}`);
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
    const stuck = await failure(registry.resume());
    expect(stuck.message).toContain('is there, and was not when the plan was made');
    expect(stuck.message).toContain('nothing was changed now');
    expect(stuck.hint).toBe(`Look at what changed, and plan again. ${giveUp(registry)}`);
    // What the hint says is a way on.
    await rm(journalFile(registry.stateFile));
    const adopting = [
      { ...plain, name: 'First' },
      { ...plain, adopt: true },
    ];
    expect(await registry.run(adopting)).toMatchObject({ outcome: 'done' });
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
      `A provider "Portal" (${theirs.id}) is there, and differs from what this apply was about to make in provisioning: whether this apply made it is unknown.`,
    );
    await registry.tenant.providers.delete(theirs.id);
    await expect.poll(() => registry.tenant.providers.get(theirs.id)).toBeUndefined();
    expect(await registry.resume()).toMatchObject({ outcome: 'done' });
  });

  test('does not know whose a provider is that the tenant shows otherwise, when the answer to its creation was lost', async () => {
    const sandbox = await createSandbox();
    const proxy = await startInterruptingProxy(sandbox.url, (answer) => answer.replaceAll('" Portal "', '"Portal"'));
    onTestFinished(async () => {
      proxy.close();
      await sandbox.close();
    });
    const registry = registryAt(sandbox, await temporaryFolder(), { url: proxy.url });
    const manifests = [{ ...plain, internal_app_name: ' Portal ' }];
    const plan = await registry.plan(manifests);
    const creation = 3;
    proxy.set({ at: creation, kind: 'cut-after', onCaught: () => undefined });
    const error = await failure(registry.apply(plan));
    expect(proxy.seen[creation - 1]).toBe('POST');
    expect([error.exitCode, error.report.providers[0]]).toMatchObject([6, { done: [], unknown: ['create'] }]);
    expect(error.message).toContain(
      'differs from what was sent in internal_app_name: whether this request made it is unknown',
    );
    expect(error.message).not.toContain('Nothing was changed');
    expect(sandbox.providers()).toHaveLength(1);
    const stuck = await failure(registry.resume());
    expect(stuck.message).toContain('in internal_app_name: whether this apply made it is unknown');
    expect(stuck.hint).toContain(giveUp(registry));
    expect(sandbox.providers()).toHaveLength(1);
  });

  test('does not say that nothing was changed where a change may have been: its answer was lost, and more is changed now', async () => {
    const registry = await startRegistry();
    await registry.setUp([plain]);
    const id = registry.sandbox.providers()[0]?.id ?? '';
    registry.sandbox.faults.schedule({ kind: 'cut-after', match: { method: 'PATCH' } });
    await failure(registry.run([{ ...plain, provisioning: true }]));
    await registry.tenant.providers.update(id, { provisioning: false, internal_app_name: 'theirs' });
    const error = await failure(registry.resume());
    expect([error.exitCode, error.hint]).toEqual([
      8,
      `Whether this apply has changed it before is unknown. Look at what is there. ${giveUp(registry)}`,
    ]);
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

  test.each([
    {
      what: 'was pointed elsewhere',
      meanwhile: { configuration_json: JSON.stringify({ scim_url: 'https://elsewhere.example/scim' }) },
      says: 'is not as the apply left it: it differs in configuration_json.',
    },
    {
      what: 'was switched off',
      meanwhile: { provisioning: false },
      says: 'is not as the apply left it: it differs in provisioning.',
    },
    { what: 'is being deleted', meanwhile: 'deleted', says: 'is being deleted.' },
  ])('sends no secret again to a provider that $what meanwhile', async ({ meanwhile, says }) => {
    const registry = await startRegistry({ deletionMs: 60_000 });
    const controller = new AbortController();
    const onStep = ({ step, event }: StepEvent): void => {
      if (step.name === 'create' && event === 'done') controller.abort();
    };
    await failure(registry.run([curlExample], { onStep, signal: controller.signal }));
    const id = registry.sandbox.providers()[0]?.id ?? '';
    if (typeof meanwhile === 'string') await registry.tenant.providers.delete(id);
    else await registry.tenant.providers.update(id, meanwhile);
    const before = registry.sandbox.requests().length;
    const error = await failure(registry.resume());
    expect(error).toMatchObject({ name: 'ApplyStoppedError', exitCode: 8 });
    expect(error.message.split('\n')[0]).toBe(`The provider "MyCustomApp" (${id}) ${says}`);
    expect(error.hint).toMatch(/^Its secrets were not sent again\./);
    expect(error.hint).toContain(giveUp(registry));
    expect(error.hint).not.toContain('Go on');
    const methods = registry.sandbox.requests().slice(before);
    expect(methods.filter(({ method }) => method !== 'GET')).toStrictEqual([]);
  });

  test.each([
    { what: 'its answer was lost', fault: 'cut-after', options: {} },
    { what: 'it takes longer than is waited for', fault: undefined, options: { deletionTimeoutMs: 0 } },
  ] as const)('does not know what became of the deletion of a data source when $what', async ({ fault, options }) => {
    const registry = await startRegistry({ deletionMs: 60_000 });
    await registry.setUp([{ ...plain, data_sources: ['a'] }]);
    if (fault !== undefined) registry.sandbox.faults.schedule({ kind: fault, match: { method: 'DELETE' } });
    const manifests = [{ ...plain, data_sources: [{ name: 'a', absent: true }] }];
    const error = await failure(registry.run(manifests, options));
    expect(error).toMatchObject({ name: 'ApplyStoppedError', exitCode: 6 });
    expect(error.report.providers).toMatchObject([
      { done: [], unknown: ['delete data source a'], notDone: ['verify'] },
    ]);
    expect(error.message).toContain('  Portal: outcome unknown: delete data source a; not done: verify');
    // It is asked for once, whatever is not known of it.
    await failure(registry.resume({ deletionTimeoutMs: 0 }));
    expect(changing(registry).filter((request) => request.startsWith('DELETE'))).toHaveLength(1);
  });

  test('refuses to go on when the state was written by something else since', async () => {
    const registry = await startRegistry();
    registry.sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*/datasources' } });
    await failure(registry.run([{ ...plain, data_sources: ['a'] }]));
    const open = await registry.open();
    await open.save([]);
    open.close();
    expect(await failure(registry.resume())).toMatchObject({
      name: 'GuardError',
      exitCode: 8,
      hint: `Look at what is on the tenant. ${giveUp(registry)}`,
    });
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
