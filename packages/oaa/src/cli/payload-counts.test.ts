import { expect, test } from 'vitest';
import { countEntities, formatCounts } from './payload-counts.ts';

test('an application payload is counted over all its applications, resources with their sub-resources', () => {
  const counts = countEntities({
    applications: [
      {
        local_users: [{}, {}],
        local_groups: [{}],
        local_roles: [{}],
        local_access_creds: [{}],
        resources: [{ sub_resources: [{ sub_resources: [{}] }, {}] }, {}],
      },
      { local_users: [{}] },
    ],
    permissions: [{}, {}],
    identity_to_permissions: [{ application_permissions: [{}], role_assignments: [{}, {}] }, {}],
  });
  expect(counts).toEqual({
    applications: 2,
    users: 3,
    groups: 1,
    roles: 1,
    credentials: 1,
    resources: 5,
    permissions: 2,
    grants: 3,
  });
  expect(formatCounts(counts)).toBe(
    '2 applications, 3 users, 1 group, 1 role, 1 credential, 5 resources, 2 permissions, 3 grants',
  );
});

test('payloads of other templates are counted by their lists', () => {
  expect(formatCounts(countEntities({ name: 'HR', employees: [{}, {}], groups: [{}] }))).toBe('1 group, 2 employees');
  expect(formatCounts(countEntities({ enriched_entities: [{}] }))).toBe('1 enriched entity');
});

test('what is not where it should be counts as none', () => {
  expect(countEntities(null)).toEqual({});
  expect(formatCounts(countEntities({ applications: [null, 7] }))).toBe('2 applications');
  expect(formatCounts({})).toBe('no entities');
});
