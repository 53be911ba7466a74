import { describe, expect, test } from 'vitest';
import { completePayload } from '../application/test-payload.ts';
import { defineApplication } from '../index.ts';
import { countDifferences, diffPayloads } from './diff-payloads.ts';
import type { Difference } from './difference.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests change the payload anywhere
type Payload = any;

/** The differences that a change of the complete payload makes, without the kinds of which there are none. */
function differencesOf(change: (payload: Payload) => void): readonly Difference[] {
  const after = completePayload();
  change(after);
  const { differences } = diffPayloads(completePayload(), after);
  return Object.values(differences).flat();
}

const applicationOf = (payload: Payload) => payload.applications[0];
const userOf = (payload: Payload) => applicationOf(payload).local_users[0];

test('a payload is no different from itself, and every kind is counted', () => {
  const none = { added: 0, removed: 0, changed: 0 };
  expect(diffPayloads(completePayload(), completePayload())).toEqual({
    version: 1,
    template: 'application',
    different: false,
    counts: {
      applications: none,
      users: none,
      groups: none,
      roles: none,
      accessCredentials: none,
      resources: none,
      permissions: none,
      memberships: none,
      grants: none,
      propertyDefinitions: none,
    },
    differences: {
      applications: [],
      users: [],
      groups: [],
      roles: [],
      accessCredentials: [],
      resources: [],
      permissions: [],
      memberships: [],
      grants: [],
      propertyDefinitions: [],
    },
  });
});

describe('entities', () => {
  test('are compared by id without regard to case, field by field in order', () => {
    const [difference, ...more] = differencesOf((payload) => {
      const user = userOf(payload);
      user.id = 'U1';
      user.name = 'Jane Doe';
      user.email = null;
      user.custom_properties = { FLOOR: 4, remote: false, hired: user.custom_properties.hired, peers: ['u2'] };
      user.identities = ['jane@example.com', 'jd@example.com'];
    });
    expect(more).toEqual([]);
    expect(difference).toEqual({
      kind: 'users',
      change: 'changed',
      application: 'Shop EU',
      key: 'U1',
      name: 'Jane Doe',
      fields: [
        { field: 'custom_properties.FLOOR', from: 3, to: 4 },
        { field: 'email', from: 'jane@example.com', to: null },
        { field: 'id', from: 'u1', to: 'U1' },
        { field: 'identities', from: ['jane@example.com'], to: ['jane@example.com', 'jd@example.com'] },
        { field: 'name', from: 'Jane', to: 'Jane Doe' },
      ],
    });
  });

  test('order of lists, missing keys, null and empty lists make no difference', () => {
    const changes = differencesOf((payload) => {
      applicationOf(payload).local_users.reverse();
      payload.applications.reverse();
      payload.permissions.reverse();
      payload.permissions[0].permission_type.reverse();
      payload.applications[1].local_users[0].tags = [];
      payload.applications[1].local_users[0].email = null;
      payload.applications[0].description = null;
    });
    expect(changes).toEqual([]);
  });

  test('a user that goes takes its memberships with it, one by one', () => {
    const changes = differencesOf((payload) => applicationOf(payload).local_users.shift());
    const membership = { kind: 'memberships', change: 'removed', application: 'Shop EU' };
    expect(changes).toEqual([
      { kind: 'users', change: 'removed', application: 'Shop EU', key: 'u1', name: 'Jane' },
      { ...membership, type: 'userInGroup', member: 'u1', of: 'g1' },
      { ...membership, type: 'userInGroup', member: 'u1', of: 'G2' },
      { ...membership, type: 'credentialOfUser', member: 'c1', of: 'u1' },
    ]);
  });

  test('the other memberships have their directions', () => {
    const changes = differencesOf((payload) => {
      applicationOf(payload).local_groups[1].groups = [];
      applicationOf(payload).local_roles[1].roles = undefined;
      applicationOf(payload).local_roles[0].permissions = ['read', 'write'];
    });
    const at = { kind: 'memberships', application: 'Shop EU' };
    expect(changes).toEqual([
      { ...at, change: 'removed', type: 'groupInGroup', member: 'g2', of: 'g1' },
      { ...at, change: 'added', type: 'permissionInRole', member: 'write', of: 'r1' },
      { ...at, change: 'removed', type: 'roleInRole', member: 'r1', of: 'r2' },
    ]);
  });

  test('resources are named by their path', () => {
    const changes = differencesOf((payload) => {
      const [folder] = applicationOf(payload).resources;
      folder.description = 'Another';
      folder.sub_resources = [{ id: 'x2', name: 'x2', resource_type: 'file' }];
    });
    const at = { kind: 'resources', application: 'Shop EU' };
    expect(changes).toEqual([
      {
        ...at,
        change: 'changed',
        key: 'f1',
        name: 'Folder',
        fields: [{ field: 'description', from: 'A folder', to: 'Another' }],
      },
      { ...at, change: 'removed', key: 'f1.x1', name: 'File' },
      { ...at, change: 'added', key: 'f1.x2' },
    ]);
  });

  test('an application that comes brings everything within it', () => {
    const changes = differencesOf((payload) => {
      payload.applications.push({
        name: 'Shop ZA',
        application_type: 'Shop',
        local_users: [{ name: 'Zoe', groups: ['all'] }],
        local_groups: [{ name: 'all' }],
      });
    });
    const at = { change: 'added', application: 'Shop ZA' };
    expect(changes).toEqual([
      { ...at, kind: 'applications', key: 'Shop ZA' },
      { ...at, kind: 'users', key: 'Zoe' },
      { ...at, kind: 'groups', key: 'all' },
      { ...at, kind: 'memberships', type: 'userInGroup', member: 'Zoe', of: 'all' },
    ]);
  });

  test('permissions, definitions and credentials', () => {
    const changes = differencesOf((payload) => {
      payload.permissions[0].permission_type = ['DataRead', 'MetadataRead'];
      const [definitions] = payload.custom_property_definition.applications;
      definitions.local_user_properties.floor = 'STRING';
      definitions.resources[0].properties = { keeper: 'STRING' };
      applicationOf(payload).local_access_creds[0].is_active = false;
    });
    const definition = { kind: 'propertyDefinitions', applicationType: 'Shop' };
    expect(changes).toEqual([
      {
        kind: 'accessCredentials',
        change: 'changed',
        application: 'Shop EU',
        key: 'c1',
        name: 'Token',
        fields: [{ field: 'is_active', from: true, to: false }],
      },
      {
        kind: 'permissions',
        change: 'changed',
        key: 'read',
        fields: [{ field: 'permission_type', from: ['DataRead'], to: ['DataRead', 'MetadataRead'] }],
      },
      {
        ...definition,
        change: 'changed',
        of: 'local_user_properties',
        property: 'floor',
        fields: [{ field: 'type', from: 'NUMBER', to: 'STRING' }],
      },
      { ...definition, change: 'removed', of: 'resources.folder', property: 'owner' },
      { ...definition, change: 'added', of: 'resources.folder', property: 'keeper' },
    ]);
  });

  test('no secret is told, wherever it stands', () => {
    const [difference] = differencesOf((payload) => {
      const user = userOf(payload);
      user.custom_properties.api_key = 'geheim-1';
      user.tags = [{ key: 'password', value: 'geheim-2' }];
      user.custom_properties.site = 'https://kim:geheim-3@example.com/';
      user.password_last_changed_at = '2026-02-01T00:00:00Z';
    });
    expect(JSON.stringify(difference)).not.toContain('geheim');
    expect(difference?.fields).toContainEqual({ field: 'custom_properties.api_key', from: null, to: '(secret)' });
    expect(difference?.fields).toContainEqual({
      field: 'password_last_changed_at',
      from: '2026-01-31T09:00:00Z',
      to: '2026-02-01T00:00:00Z',
    });
  });
});

describe('grants', () => {
  test('are the same in any order and grouping', () => {
    const changes = differencesOf((payload) => {
      const [jane] = payload.identity_to_permissions;
      payload.identity_to_permissions.reverse();
      const both = jane.application_permissions.pop();
      payload.identity_to_permissions.push({
        identity: 'u1',
        identity_type: 'local_user',
        application_permissions: [
          { ...both, resources: ['F1.x1'] },
          { ...both, resources: ['F1'], apply_to_application: false },
        ],
      });
    });
    expect(changes).toEqual([]);
  });

  test('each target is a grant of its own', () => {
    const changes = differencesOf((payload) => {
      const [, onResources] = payload.identity_to_permissions[0].application_permissions;
      onResources.resources = ['f1'];
      onResources.apply_to_application = true;
    });
    const grant = { kind: 'grants', application: 'shop eu', identityType: 'local_user', identity: 'U1' };
    expect(changes).toEqual([
      { ...grant, change: 'removed', permission: 'Write', resource: 'F1.X1' },
      { ...grant, change: 'added', permission: 'Write' },
    ]);
  });

  test('properties of a role assignment change it', () => {
    const changes = differencesOf((payload) => {
      payload.identity_to_permissions[0].role_assignments[0].custom_properties.approver = 'eve';
    });
    expect(changes).toEqual([
      {
        kind: 'grants',
        change: 'changed',
        application: 'Shop EU',
        identityType: 'local_user',
        identity: 'U1',
        role: 'R1',
        resource: 'f1.x1',
        fields: [{ field: 'custom_properties.approver', from: 'bob', to: 'eve' }],
      },
    ]);
  });

  test('an assignment that is listed twice is compared with all its properties', () => {
    const twice = (payload: Payload, ...approvers: string[]) => {
      const { role_assignments: list } = payload.identity_to_permissions[0];
      payload.identity_to_permissions[0].role_assignments = approvers.map((approver) => ({
        ...list[0],
        custom_properties: { approver },
      }));
      return payload;
    };
    const before = twice(completePayload(), 'ann', 'bob');
    expect(diffPayloads(before, twice(completePayload(), 'bob', 'ann', 'bob')).different).toBe(false);
    expect(diffPayloads(before, completePayload()).differences.grants).toMatchObject([
      {
        fields: [
          { field: 'custom_properties', from: [{ approver: 'ann' }, { approver: 'bob' }], to: [{ approver: 'bob' }] },
        ],
      },
    ]);
  });
});

test('builders can be compared, too', () => {
  const before = defineApplication({ name: 'Wiki', applicationType: 'Wiki' });
  const after = defineApplication({ name: 'Wiki', applicationType: 'Wiki' });
  after.addUser('jane');
  expect(diffPayloads(before, after).differences.users).toEqual([
    { kind: 'users', change: 'added', application: 'Wiki', key: 'jane' },
  ]);
});

describe('other templates', () => {
  const directory = (users: readonly object[], more: object = {}) => ({
    name: 'Corp',
    idp_type: 'corp',
    domains: [{ name: 'corp.test' }],
    users,
    ...more,
  });

  test('are compared by the lists at their root, and what stands beside them', () => {
    const before = directory([
      { name: 'kim', groups: [{ identity: 'a' }] },
      { name: 'x', identity: 'bo' },
    ]);
    const after = directory([{ name: 'Kim', groups: [] }, { name: 'cy' }], { idp_type: 'other' });
    expect(diffPayloads(before, after)).toEqual({
      version: 1,
      template: 'identity_provider',
      different: true,
      counts: { root: { added: 0, removed: 0, changed: 1 }, users: { added: 1, removed: 1, changed: 1 } },
      differences: {
        root: [
          { kind: 'root', key: 'Corp', change: 'changed', fields: [{ field: 'idp_type', from: 'corp', to: 'other' }] },
        ],
        users: [
          {
            kind: 'users',
            key: 'Kim',
            change: 'changed',
            fields: [
              { field: 'groups', from: [{ identity: 'a' }], to: [] },
              { field: 'name', from: 'kim', to: 'Kim' },
            ],
          },
          { kind: 'users', key: 'bo', change: 'removed' },
          { kind: 'users', key: 'cy', change: 'added' },
        ],
      },
    });
  });

  test('enriched entities are named by type and data source, too', () => {
    const entity = { type: 'AwsIamRole', id: 'r', data_source_id: 'd1', properties: { risk: 1 } };
    const before = { enriched_entities: [entity, { ...entity, data_source_id: 'd2' }] };
    const after = { enriched_entities: [entity] };
    expect(diffPayloads(before, after).differences).toEqual({
      enriched_entities: [{ kind: 'enriched_entities', key: 'AwsIamRole d2 r', change: 'removed' }],
    });
  });

  test('are not compared with each other', () => {
    expect(() => diffPayloads(directory([]), completePayload())).toThrow(
      'The payloads are of different templates: identity_provider and application.',
    );
  });
});

test('names from a prototype are names like others', () => {
  const before = completePayload();
  const after = completePayload();
  for (const name of ['__proto__', 'constructor', 'toString'])
    applicationOf(after).local_groups.push({ id: name, name });
  expect(countDifferences(before, after).groups).toEqual({ added: 3, removed: 0, changed: 0 });
});

test('500,000 users are compared without a table of their memberships', () => {
  const payload = (group: string): Payload => ({
    applications: [
      {
        name: 'Big',
        application_type: 'Big',
        local_users: Array.from({ length: 500_000 }, (_, index) => ({ name: `user-${index}`, groups: ['all', group] })),
      },
    ],
    permissions: [],
    identity_to_permissions: [],
  });
  const before = payload('a');
  expect(countDifferences(before, payload('a')).users).toEqual({ added: 0, removed: 0, changed: 0 });
  expect(countDifferences(before, payload('b')).memberships).toEqual({ added: 500_000, removed: 500_000, changed: 0 });
});
