import { expect, test } from 'vitest';
import type { DeclaredDataSource } from '../../manifest/declared-provider.ts';
import { declaredProvider, planOf, remembered, stateOf, tenantProvider } from '../test-support.ts';
import type { TenantDataSource } from './tenant-view.ts';

function there(changes: Partial<TenantDataSource> = {}): TenantDataSource {
  return { id: 'd-1', name: 'eu', template: 'application', isDeleting: false, ...changes };
}

function plan(declared: readonly DeclaredDataSource[], existing: readonly TenantDataSource[], allowDelete = false) {
  return planOf([declaredProvider({ dataSources: declared })], {
    state: stateOf(remembered()),
    providers: [tenantProvider()],
    dataSources: new Map([['p-1', existing]]),
    allowDelete,
  });
}

const eu = { name: 'eu', absent: false };

test('what is missing is created, and what is not named is left alone', () => {
  const declared = [eu, { name: 'us', template: 'application', absent: false }];
  expect(plan(declared, [there(), there({ id: 'd-2', name: 'other' })]).providers).toMatchObject([
    {
      action: 'update',
      dataSources: [{ action: 'create', name: 'us', template: 'application' }],
      needsAllowDelete: false,
      checksEndpoint: false,
    },
  ]);
});

test('what is there stays', () => {
  expect(plan([eu], [there()]).providers).toMatchObject([{ action: 'none', dataSources: [] }]);
});

test('what is declared absent is deleted, which needs to be allowed', () => {
  const absent = [{ name: 'eu', absent: true }];
  expect(plan(absent, [there()]).providers).toMatchObject([
    {
      action: 'update',
      dataSources: [{ action: 'delete', name: 'eu', id: 'd-1' }],
      needsAllowDelete: true,
      reasons: ['the data source "eu" is declared absent: its entities leave the graph'],
    },
  ]);
  expect(plan(absent, [there()], true).providers).toMatchObject([{ needsAllowDelete: false }]);
  expect(plan(absent, []).providers).toMatchObject([{ action: 'none' }]);
  expect(plan(absent, [there({ isDeleting: true })]).providers).toMatchObject([{ action: 'none' }]);
});

test('one that is being deleted is waited for, which destroys nothing more', () => {
  expect(plan([eu], [there({ isDeleting: true })]).providers).toMatchObject([
    {
      dataSources: [
        { action: 'delete', name: 'eu', id: 'd-1' },
        { action: 'create', name: 'eu' },
      ],
      needsAllowDelete: false,
      reasons: ['the old data source "eu" (d-1) is still being deleted: apply waits for it'],
    },
  ]);
});

test('another payload template deletes it first, which needs to be allowed', () => {
  const declared = [{ name: 'eu', template: 'principal', absent: false }];
  expect(plan(declared, [there()]).providers).toMatchObject([
    {
      dataSources: [
        { action: 'delete', name: 'eu', id: 'd-1', template: 'application' },
        { action: 'create', name: 'eu', template: 'principal' },
      ],
      needsAllowDelete: true,
    },
  ]);
});

test('a template that the tenant does not tell destroys nothing', () => {
  const declared = [{ name: 'eu', template: 'principal', absent: false }];
  expect(plan(declared, [there({ template: undefined })]).providers).toMatchObject([{ action: 'none' }]);
});

test('several of one name are refused', () => {
  expect(plan([{ name: 'eu', absent: true }], [there(), there({ id: 'd-2' })]).problems).toMatchObject([
    { code: 'name-ambiguous', message: 'The provider "Portal" has 2 data sources named "eu": d-1, d-2.' },
  ]);
});

test('a new provider gets those that are not absent', () => {
  const dataSources = [eu, { name: 'us', absent: true }];
  expect(planOf([declaredProvider({ dataSources })]).providers).toMatchObject([
    { action: 'create', dataSources: [{ action: 'create', name: 'eu' }] },
  ]);
});
