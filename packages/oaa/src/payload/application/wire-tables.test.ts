import { describe, expect, test } from 'vitest';
import type { Attachments } from '../attachments.ts';
import type { Nothing } from './application-properties.ts';
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

describe('resources', () => {
  test('are named by grants with the ids or names from the top, joined with dots', () => {
    const app = anApplication();
    const top = app.addResource('Top', 'x', { id: 't' });
    const middle = top.addResource('Middle', 'x');
    const bottom = middle.addResource('Bottom', 'x', { id: 'b' });
    expect([top.key, middle.key, bottom.key]).toStrictEqual(['t', 't.Middle', 't.Middle.b']);
    expect(bottom.parent).toBe(middle);
    expect([...top.resources]).toStrictEqual([middle]);
    expect([top.getResource('MIDDLE'), top.getResource('bottom')]).toStrictEqual([middle, undefined]);
  });

  test('are unique under their parent', () => {
    const app = anApplication();
    const top = app.addResource('top', 'x');
    top.addResource('a', 'x');
    app.addResource('a', 'x').addResource('a', 'x');
    expect(refusal(() => top.addResource('A', 'y')).message).toBe('Resource "top" already has a sub-resource "A".');
  });

  test('nest 256 deep and no deeper', () => {
    let resource = anApplication().addResource('r', 'x');
    for (let depth = 2; depth <= 256; depth += 1) resource = resource.addResource('r', 'x');
    expect(refusal(() => resource.addResource('r', 'x')).message).toBe('Resource "r" is more than 256 levels deep.');
    expect(() => written(resource.application as never)).not.toThrow();
  });
});

describe('what is attached to an entity', () => {
  test('is there once: tags by key and value, owners by identity and type', () => {
    const app = anApplication();
    const jane = app.addUser('jane').addTag('a', '1').addTag('a', '1').addTag('a', '2').addTag('a').addTag('a', '');
    jane
      .addOwner({ externalId: 'o' })
      .addOwner({ externalId: 'o', primary: true })
      .addOwner({ externalId: 'o', ownerType: 't' });
    expect(writtenApplication(app).local_users).toStrictEqual([
      {
        name: 'jane',
        tags: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
          { key: 'a', value: '' },
        ],
        owners: [{ external_id: 'o' }, { external_id: 'o', owner_type: 't' }],
      },
    ]);
  });

  test('is checked when it is attached, and then the entity is not added', () => {
    const app = full();
    expect(refusal(() => app.addUser('a', { tags: { 'a b': 'x' } })).message).toBe(
      'Tag key "a b" may hold only letters, digits and "_".',
    );
    expect(refusal(() => app.addUser('a', { owners: [{ externalId: '' }] })).code).toBe('input-invalid');
    expect(refusal(() => app.addUser('a', { properties: { x: 1 as never } })).code).toBe('property-type');
    const identity: Attachments<Nothing> = app.addIdpIdentity('i');
    expect(refusal(() => identity.addTag('a')).code).toBe('input-invalid');
    expect(refusal(() => identity.addOwner({ externalId: 'o' })).code).toBe('input-invalid');
    expect(app.users.size).toBe(0);
  });

  test('is set again, or taken away, under any case', () => {
    const app = full();
    const jane = app.addUser('jane', { properties: { x: true } });
    jane.setProperty('X' as 'x', false);
    expect(writtenApplication(app).local_users?.[0]?.custom_properties).toStrictEqual({ x: false });
    jane.setProperty('X' as 'x', undefined);
    expect(writtenApplication(app).local_users).toStrictEqual([{ name: 'jane' }]);
  });
});

describe('timestamps', () => {
  test('are checked where they are set', () => {
    const app = anApplication();
    const { code, message, hint } = refusal(() => app.addUser('jane', { lastLoginAt: 'yesterday' }));
    expect({ code, message, hint }).toStrictEqual({
      code: 'input-invalid',
      message: 'lastLoginAt of "jane" is not a timestamp: "yesterday".',
      hint: 'Use a valid Date, or RFC 3339 such as "2026-01-31T09:00:00Z".',
    });
    expect(app.users.size).toBe(0);
    const group = app.addGroup('g', { createdAt: new Date(moment) });
    expect(refusal(() => Object.assign(group, { createdAt: new Date(Number.NaN) })).code).toBe('input-invalid');
    expect(group.createdAt).toBe(moment);
    group.createdAt = undefined;
    expect(writtenApplication(app).local_groups).toStrictEqual([{ name: 'g' }]);
  });

  test.each(['createdAt', 'lastLoginAt', 'deactivatedAt', 'passwordLastChangedAt'] as const)(
    'of a user: %s',
    (name) => {
      const user = anApplication().addUser('jane', { [name]: moment });
      expect(user[name]).toBe(moment);
      user[name] = '2002-01-01T00:00:00Z';
      expect(user[name]).toBe('2002-01-01T00:00:00Z');
    },
  );

  test.each(['createdAt', 'expiresAt', 'lastUsedAt'] as const)('of a credential: %s', (name) => {
    const credential = anApplication().addAccessCredential('c', 'C', { [name]: moment });
    expect(credential[name]).toBe(moment);
    credential[name] = undefined;
    expect(credential[name]).toBeUndefined();
  });
});

describe('memberships', () => {
  test('end where they are taken back', () => {
    const app = anApplication();
    const outer = app.addGroup('outer');
    const inner = app.addGroup('inner', { groups: [outer] });
    const jane = app.addUser('jane', { groups: [inner, outer] });
    const role = app.addRole('role', { permissions: ['p', 'q'], roles: ['r', 's'] });
    expect([
      jane.removeFromGroup('INNER'),
      jane.removeFromGroup(inner),
      inner.removeFromGroup(outer),
      outer.removeFromGroup(inner),
      role.removePermission('P'),
      role.removeRole('R'),
      role.removeRole('r'),
    ]).toStrictEqual([true, false, true, false, true, true, false]);
    expect(writtenApplication(app)).toMatchObject({
      local_users: [{ name: 'jane', groups: ['outer'] }],
      local_groups: [{ name: 'outer' }, { name: 'inner' }],
      local_roles: [{ name: 'role', permissions: ['q'], roles: ['s'] }],
    });
  });

  test('in oneself are refused, by handle and by key', () => {
    const app = anApplication();
    const group = app.addGroup('g', { id: 'G1' });
    const role = app.addRole('r');
    expect(refusal(() => group.addToGroup(group)).message).toBe('Group "G1" cannot be a member of itself.');
    expect(refusal(() => group.addToGroup('g1')).code).toBe('input-invalid');
    expect(refusal(() => role.addRole('R')).message).toBe('Role "r" cannot contain itself.');
    expect(group.addToGroup('g')).toBe(group);
  });
});

describe('ids', () => {
  test('are what references name, and names may then repeat', () => {
    const app = anApplication();
    const first = app.addUser('Jane', { id: '1' });
    const second = app.addUser('Jane', { id: '2' });
    expect([app.users.get('2'), app.users.get('Jane'), app.ensureUser('Jane', { id: '1' })]).toStrictEqual([
      second,
      undefined,
      first,
    ]);
    expect(refusal(() => app.addUser('x', { id: '' })).message).toBe('An id must not be empty.');
  });
});
