import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canonicalPermissions } from '../canonical-permissions.ts';
import { jsonChunks } from '../serialise.ts';
import { validate } from '../validate.ts';
import { defineApplication } from './define-application.ts';

function golden(name: string): unknown {
  return JSON.parse(
    readFileSync(new URL(`../../../../../test/fixtures/golden/python/${name}`, import.meta.url), 'utf8'),
  );
}

function written(payload: Parameters<typeof jsonChunks>[0]): unknown {
  return JSON.parse(Array.from(jsonChunks(payload)).join(''));
}

describe('the public builder gives the documents of the Python SDK', () => {
  test('custom_properties.json', () => {
    const app = defineApplication({
      name: 'testapp',
      applicationType: 'pytest',
      description: 'This is a test',
      properties: {
        application: { contact: 'STRING', version: 'STRING' },
        user: { guest: 'BOOLEAN', login: 'STRING' },
        group: { group_email: 'STRING' },
        role: { built_in: 'BOOLEAN' },
        roleAssignment: { approver: 'STRING' },
        resources: { thing: { owner: 'STRING', private: 'BOOLEAN' } },
      },
    });
    app.setProperty('contact', 'billy').setProperty('version', '2022.1.1');
    app.addPermission('Admin', ['DataWrite']);
    const thing = app.addResource('thing1', 'thing', { description: 'test description', properties: { owner: 'jim' } });
    thing.addResource('sub_thing', 'thing', { properties: { owner: 'bob' } });
    const cog = app.addResource('cog1', 'cog');
    const bob = app.addUser('bob', { properties: { guest: true } });
    app.addUser('sue', { properties: { login: 'sue1' } });
    app.addGroup('admins', { properties: { group_email: 'admins@example.com' } });
    app.addRole('operators', { properties: { built_in: true } });
    bob.assignRole('operator', [cog, thing], { approver: 'me' });

    expect(written(app)).toStrictEqual(golden('custom_properties.json'));
    expect(validate(app).map(({ severity, code, path }) => ({ severity, code, path }))).toStrictEqual([
      { severity: 'warning', code: 'role-without-permission', path: '$.applications[0].local_roles[0]' },
      {
        severity: 'error',
        code: 'dangling-role',
        path: '$.identity_to_permissions[0].role_assignments[0].role',
      },
    ]);
  });

  test('generated_app.json', () => {
    const app = defineApplication({
      name: 'pytest generated app',
      applicationType: 'pytest',
      description: 'This is a test',
      properties: {
        application: { version: 'STRING' },
        user: { is_guest: 'BOOLEAN', user_id: 'NUMBER', NAME: 'STRING', peers: 'STRING_LIST', birthday: 'TIMESTAMP' },
        group: { group_id: 'NUMBER' },
        role: { role_id: 'NUMBER', custom: 'BOOLEAN' },
        roleAssignment: { approved: 'BOOLEAN', approver: 'STRING' },
        resources: {
          thing: {
            private: 'BOOLEAN',
            unique_id: 'NUMBER',
            hair_color: 'STRING',
            peers: 'STRING_LIST',
            publish_date: 'TIMESTAMP',
          },
        },
      },
    });
    app.setProperty('version', '2022.2.2');

    const all = app.addPermission('all', canonicalPermissions.slice(0, 9));
    const admin = app.addPermission('Admin', ['DataRead', 'DataWrite', 'MetadataRead', 'MetadataWrite', 'NonData'], {
      applyToSubResources: true,
    });
    app.addPermission('Manage', ['DataRead', 'DataWrite', 'MetadataRead', 'MetadataWrite', 'NonData']);
    app.addPermission('View', ['DataRead', 'MetadataRead']);
    app.addPermission('Manage_Thing', ['DataRead', 'DataWrite'], { resourceTypes: ['thing'] });
    const unknown = app.addPermission('Unknown Permission', ['Uncategorized']);

    const things = [1, 2].map((number) =>
      app.addResource(`thing${number}`, 'thing', {
        ...(number === 1 ? { description: 'thing1', tags: { tag1: 'This is a value @,-_.' } } : {}),
        properties: {
          private: false,
          unique_id: number,
          hair_color: 'blue',
          peers: ['thing2', 'thing3'],
          publish_date: '1959-03-12T00:00:00.000Z',
        },
      }),
    );
    const [thing1, thing2] = things as [(typeof things)[0], (typeof things)[0]];
    const cog = thing2.addResource('cog1', 'cog', {
      connections: [
        { id: 'service_account@some-project.iam.gserviceaccount.com', nodeType: 'GoogleCloudServiceAccount' },
      ],
    });

    const created = new Date('2001-01-01T00:00:00Z');
    const group1 = app.addGroup('group1', { createdAt: created, properties: { group_id: 1 } });
    const group2 = app.addGroup('group2', { createdAt: created, properties: { group_id: 2 } });
    const group3 = app.addGroup('group3', { groups: [group1, group2] });
    const groups = { bob: [group1, group2], marry: [group1, group2], sue: [], rob: [group3] };
    const [bob, marry, sue, rob] = ['bob', 'marry', 'sue', 'rob'].map((name, index) =>
      app.addUser(name, {
        email: `${name}@example.com`,
        identities: [`${name}@example.com`],
        groups: groups[name as keyof typeof groups],
        isActive: name !== 'marry',
        createdAt: created,
        lastLoginAt: '2002-02-01T00:00:00.000Z',
        deactivatedAt: '2003-03-01T00:00:00.000Z',
        passwordLastChangedAt: '2004-04-01T00:00:00.000Z',
        userType: name === 'marry' ? 'human' : undefined,
        properties: {
          is_guest: false,
          user_id: index,
          NAME: name.toUpperCase(),
          peers: ['bob', 'marry', 'sue', 'rob'],
          birthday: '2000-01-01T00:00:00.000Z',
        },
      }),
    );
    app.addUser('bot_user', { userType: 'service_account' });

    const role1 = app.addRole('role1', {
      permissions: [all, admin, 'Manage_Thing'],
      properties: { role_id: 1, custom: true },
    });
    const role2 = app.addRole('role2', { permissions: ['view'], properties: { role_id: 1 } });
    const role3 = app.addRole('role3', {
      permissions: ['manage', unknown],
      roles: [role2],
      properties: { role_id: 3 },
    });
    app.addRole('empty_role');

    bob?.assignRole(role1, app);
    marry?.grant('view', [thing2, cog]);
    sue?.assignRole(role3, app, { approved: true, approver: 'bob' });
    rob?.grant('manage', thing1).grant('manage', app);
    group2.assignRole(role2, thing1);
    app.addIdpIdentity('user01@example.com').assignRole(role1, app);

    expect(written(app)).toStrictEqual(golden('generated_app.json'));
    expect(validate(app).map(({ code }) => code)).toStrictEqual(['role-without-permission']);
  });
});
