import { describe, expect, test } from 'vitest';
import { defineApplication } from './define-application.ts';
import { anApplication, refusal, written, writtenApplication } from './test-support.ts';

const attachments = {
  tags: { a: '1', b: '' },
  owners: [{ externalId: 'o@example.com', ownerType: 'OktaUser', primary: true }, { externalId: 'p@example.com' }],
} as const;
const wireAttachments = {
  tags: [
    { key: 'a', value: '1' },
    { key: 'b', value: '' },
  ],
  owners: [{ external_id: 'o@example.com', owner_type: 'OktaUser', primary: true }, { external_id: 'p@example.com' }],
};
const moment = '2001-01-01T00:00:00.000Z';

function full() {
  return defineApplication({
    name: 'Shop',
    applicationType: 'Shop',
    description: 'A shop',
    ...attachments,
    properties: {
      application: { version: 'STRING' },
      user: { x: 'BOOLEAN' },
      group: { x: 'NUMBER' },
      role: { x: 'STRING' },
      roleAssignment: { y: 'STRING' },
      accessCredential: { x: 'STRING_LIST' },
      resources: { thing: { x: 'TIMESTAMP' }, empty: {} },
    },
  });
}

describe('every key of the tables is written, or left out when there is nothing to say', () => {
  test('1.1.1 the root: four keys, always', () => {
    expect(written(anApplication())).toStrictEqual({
      custom_property_definition: { applications: [{ application_type: 'Shop' }] },
      applications: [
        {
          name: 'Shop',
          application_type: 'Shop',
          description: null,
          local_users: [],
          local_groups: [],
          local_roles: [],
          local_access_creds: [],
          tags: [],
          custom_properties: {},
          resources: [],
        },
      ],
      permissions: [],
      identity_to_permissions: [],
    });
    expect(written(anApplication().payload)).toStrictEqual(written(anApplication()));
  });

  test('1.1.2 definitions: empty maps are left out', () => {
    expect(written(full()).custom_property_definition).toStrictEqual({
      applications: [
        {
          application_type: 'Shop',
          application_properties: { version: 'STRING' },
          local_user_properties: { x: 'BOOLEAN' },
          local_group_properties: { x: 'NUMBER' },
          local_role_properties: { x: 'STRING' },
          role_assignment_properties: { y: 'STRING' },
          local_access_creds_properties: { x: 'STRING_LIST' },
          resources: [{ resource_type: 'thing', properties: { x: 'TIMESTAMP' } }],
        },
      ],
    });
  });

  test('1.1.3 an application with everything', () => {
    expect(writtenApplication(full().setProperty('version', '1'))).toStrictEqual({
      name: 'Shop',
      application_type: 'Shop',
      description: 'A shop',
      local_users: [],
      local_groups: [],
      local_roles: [],
      local_access_creds: [],
      ...wireAttachments,
      custom_properties: { version: '1' },
      resources: [],
    });
  });

  test('1.1.4 a user: false is kept, nothing is left out but what is empty', () => {
    const app = full();
    const group = app.addGroup('g');
    const credential = app.addAccessCredential('c', 'C');
    app.addUser('Jane', {
      id: 'u1',
      email: 'jane@example.com',
      identities: ['jane@example.com', 'J', 'J'],
      groups: [group, 'G', 'other'],
      accessCredentials: [credential, 'C'],
      isActive: false,
      createdAt: moment,
      lastLoginAt: new Date(moment),
      deactivatedAt: moment,
      passwordLastChangedAt: moment,
      userType: 'service_account',
      properties: { x: false },
      ...attachments,
    });
    app.addUser('bob', {
      email: '',
      identities: [],
      groups: [],
      accessCredentials: [],
      properties: {},
      tags: {},
      owners: [],
    });
    expect(writtenApplication(app).local_users).toStrictEqual([
      {
        id: 'u1',
        name: 'Jane',
        email: 'jane@example.com',
        identities: ['jane@example.com', 'J'],
        groups: ['g', 'other'],
        access_creds: ['c'],
        is_active: false,
        created_at: moment,
        last_login_at: moment,
        deactivated_at: moment,
        password_last_changed_at: moment,
        user_type: 'service_account',
        custom_properties: { x: false },
        ...wireAttachments,
      },
      { name: 'bob' },
    ]);
  });

  test('1.1.5 a group names the groups that it is a member of', () => {
    const app = full();
    const parent = app.addGroup('parent', { id: 'p' });
    app.addGroup('child', {
      id: 'c',
      identities: ['idp'],
      createdAt: moment,
      groups: [parent],
      properties: { x: 0 },
      ...attachments,
    });
    expect(writtenApplication(app).local_groups).toStrictEqual([
      { id: 'p', name: 'parent' },
      {
        id: 'c',
        name: 'child',
        identities: ['idp'],
        created_at: moment,
        groups: ['p'],
        custom_properties: { x: 0 },
        ...wireAttachments,
      },
    ]);
  });

  test('1.1.6 a role names its permissions, once and in their first spelling, and the roles in it', () => {
    const app = full();
    const read = app.addPermission('Read', ['DataRead']);
    const inner = app.addRole('inner', { id: 'i' });
    app.addRole('outer', {
      id: 'o',
      permissions: ['read', read, 'Write'],
      roles: [inner, 'I'],
      properties: { x: '' },
      ...attachments,
    });
    expect(writtenApplication(app).local_roles).toStrictEqual([
      { id: 'i', name: 'inner' },
      {
        id: 'o',
        name: 'outer',
        permissions: ['read', 'Write'],
        roles: ['i'],
        custom_properties: { x: '' },
        ...wireAttachments,
      },
    ]);
  });

  test('1.1.7 a credential says whether it is active', () => {
    const app = full();
    app.addAccessCredential('c1', 'Token');
    app.addAccessCredential('c2', 'Token', {
      isActive: false,
      canExpire: false,
      createdAt: moment,
      expiresAt: moment,
      lastUsedAt: moment,
      properties: { x: [] },
      ...attachments,
    });
    expect(writtenApplication(app).local_access_creds).toStrictEqual([
      { id: 'c1', name: 'Token', is_active: true },
      {
        id: 'c2',
        name: 'Token',
        is_active: false,
        can_expire: false,
        created_at: moment,
        expires_at: moment,
        last_used_at: moment,
        custom_properties: { x: [] },
        ...wireAttachments,
      },
    ]);
    expect(refusal(() => app.addAccessCredential('', 'Token')).message).toBe('An id must not be empty.');
    expect(refusal(() => app.addAccessCredential('c3', '')).message).toBe('A name must not be empty.');
  });

  test('1.1.8 a resource, with resources below it at any depth', () => {
    const app = full();
    const top = app.addResource('top', 'thing', {
      id: 't',
      description: 'The top',
      connections: [
        { id: 'arn', nodeType: 'AWSRole' },
        { id: 'arn', nodeType: 'AWSRole' },
        { id: 'arn', nodeType: 'AWSUser' },
      ],
      properties: { x: moment },
      ...attachments,
    });
    const middle = top.addResource('middle', 'other', { id: 'm', description: '' });
    middle.addResource('bottom', 'thing');
    expect(writtenApplication(app).resources).toStrictEqual([
      {
        id: 't',
        name: 'top',
        resource_type: 'thing',
        description: 'The top',
        connections: [
          { id: 'arn', node_type: 'AWSRole' },
          { id: 'arn', node_type: 'AWSUser' },
        ],
        sub_resources: [
          {
            id: 'm',
            name: 'middle',
            resource_type: 'other',
            sub_resources: [{ name: 'bottom', resource_type: 'thing' }],
          },
        ],
        custom_properties: { x: moment },
        ...wireAttachments,
      },
    ]);
    expect(refusal(() => top.addConnection({ id: '', nodeType: 'AWSRole' })).code).toBe('input-invalid');
    expect(refusal(() => top.addResource('x', '')).code).toBe('input-invalid');
  });

  test('1.1.9 a permission: four keys, always', () => {
    const app = anApplication();
    app.addPermission('none', []);
    app.addPermission('some', ['DataRead', 'NonData'], { applyToSubResources: true, resourceTypes: ['thing'] });
    expect(written(app).permissions).toStrictEqual([
      { name: 'none', permission_type: [], apply_to_sub_resources: false, resource_types: [] },
      {
        name: 'some',
        permission_type: ['DataRead', 'NonData'],
        apply_to_sub_resources: true,
        resource_types: ['thing'],
      },
    ]);
    const { message, hint } = refusal(() => app.addPermission('bad', ['dataread' as 'DataRead']));
    expect(message).toBe('Permission "bad": "dataread" is not a canonical permission. Did you mean "DataRead"?');
    expect(hint).toContain('DataRead, DataWrite');
  });
});
