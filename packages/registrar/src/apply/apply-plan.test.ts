import { describe, expect, test } from 'vitest';
import { isEmptyPlan } from '../plan/index.ts';
import { curlExample, startRegistry } from './test-support.ts';

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
  });
});
