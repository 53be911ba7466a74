import nock from 'nock';
import { afterEach, expect, test } from 'vitest';
import { failure, plain, startRegistry } from './test-support.ts';
import { tenantNow } from './test-worlds.ts';

afterEach(() => nock.cleanAll());

test.each([
  [401, 4, 'not done: create data source a'],
  [403, 4, 'not done: create data source a'],
  [404, 5, 'not done: create data source a'],
  [409, 5, 'not done: create data source a'],
  [429, 6, 'not done: create data source a'],
  [500, 6, 'outcome unknown: create data source a'],
  [503, 6, 'outcome unknown: create data source a'],
])(
  'an answer %i in the middle says what is done, exits with %i, and is gone on with',
  async (status, exitCode, left) => {
    const registry = await startRegistry();
    nock(registry.sandbox.url, { allowUnmocked: true })
      .post(/\/datasources$/)
      .times(20)
      .reply(status, { code: 'Aborted', message: 'not now' });
    const error = await failure(registry.run([{ ...plain, data_sources: ['a'] }]));
    expect([error.name, error.exitCode]).toEqual(['ApplyStoppedError', exitCode]);
    expect(error.message).toContain(`The apply has stopped:\n  Portal: done: create, remember; ${left}`);
    expect(error.hint).toContain('Go on with: resumeApply');
    nock.cleanAll();
    expect(await registry.resume()).toMatchObject({ outcome: 'done' });
    expect(tenantNow(registry.sandbox)).toMatchObject([{ name: 'Portal', dataSources: ['a'] }]);
  },
);

test('a name that is taken between plan and creation is refused by the tenant, and nothing was changed', async () => {
  const registry = await startRegistry();
  nock(registry.sandbox.url, { allowUnmocked: true })
    .post('/api/v1/providers/custom')
    .reply(409, { code: 'AlreadyExists', message: 'Provider with the same name already exists' });
  const error = await failure(registry.run([plain]));
  expect([error.name, error.exitCode]).toEqual(['ApplyStoppedError', 5]);
  expect(error.message).toContain('Provider with the same name already exists');
  expect(error.message).toMatch(/Nothing was changed\.$/);
  expect(tenantNow(registry.sandbox)).toEqual([]);
});
