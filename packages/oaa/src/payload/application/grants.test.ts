import { describe, expect, test } from 'vitest';
import { defineApplication } from './define-application.ts';
import { anApplication, refusal, written } from './test-support.ts';

const application = 'Shop';

function grantsOf(app: Parameters<typeof written>[0]) {
  return written(app).identity_to_permissions;
}

describe('a permission', () => {
  test('is given on the application, on resources, or both; targets add up without duplicates', () => {
    const app = anApplication();
    const read = app.addPermission('read', ['DataRead']);
    const folder = app.addResource('folder', 'folder');
    const file = folder.addResource('file', 'file');
    app
      .addUser('jane')
      .grant(read, folder)
      .grant('READ', ['Folder.File', file, folder])
      .grant(read, app)
      .grant(read, app);
    expect(grantsOf(app)).toStrictEqual([
      {
        identity: 'jane',
        identity_type: 'local_user',
        application_permissions: [
          { application, permission: 'read', apply_to_application: true },
          { application, resources: ['folder', 'Folder.File'], permission: 'read' },
        ],
      },
    ]);
  });

  test('that is given on nothing is not written', () => {
    const app = anApplication();
    app.addUser('jane').grant('read', []).assignRole('reader', []);
    expect(grantsOf(app)).toStrictEqual([]);
  });

  test('is taken back on all its targets', () => {
    const app = anApplication();
    const jane = app.addUser('jane').grant('read', app).grant('read', 'folder').grant('write', app);
    expect([jane.revokePermission('READ'), jane.revokePermission('read')]).toStrictEqual([true, false]);
    expect(grantsOf(app)[0]?.application_permissions).toStrictEqual([
      { application, permission: 'write', apply_to_application: true },
    ]);
    jane.grant('read', 'file');
    expect(grantsOf(app)[0]?.application_permissions).toStrictEqual([
      { application, permission: 'write', apply_to_application: true },
      { application, resources: ['file'], permission: 'read' },
    ]);
  });
});

describe('a role', () => {
  function app() {
    return defineApplication({
      name: 'Shop',
      applicationType: 'Shop',
      properties: { roleAssignment: { approver: 'STRING', Since: 'TIMESTAMP' } },
    });
  }

  test('is given on the application, on resources, or both, in one assignment', () => {
    const shop = app();
    const reader = shop.addRole('reader');
    const folder = shop.addResource('folder', 'folder');
    shop.addUser('a').assignRole(reader, shop);
    shop.addUser('b').assignRole(reader, folder);
    shop.addUser('c').assignRole(reader, folder).assignRole('READER', shop);
    expect(grantsOf(shop).map(({ role_assignments }) => role_assignments)).toStrictEqual([
      [{ application, role: 'reader', apply_to_application: true }],
      [{ application, role: 'reader', apply_to_application: false, resources: ['folder'] }],
      [{ application, role: 'reader', apply_to_application: true, resources: ['folder'] }],
    ]);
  });

  test('is given with properties; given again, they are overwritten', () => {
    const shop = app();
    const jane = shop.addUser('jane');
    jane.assignRole('r', shop, { approver: 'bob', Since: new Date(0) }).assignRole('r', 'x', { approver: 'sue' });
    jane.assignRole('r', 'y', { approver: undefined }).assignRole('s', shop, {});
    expect(grantsOf(shop)[0]?.role_assignments).toStrictEqual([
      {
        application,
        role: 'r',
        apply_to_application: true,
        resources: ['x', 'y'],
        custom_properties: { approver: 'sue', Since: '1970-01-01T00:00:00.000Z' },
      },
      { application, role: 's', apply_to_application: true },
    ]);
  });

  test('is not given at all when something about the assignment is wrong', () => {
    const shop = app();
    const jane = shop.addUser('jane');
    const foreign = anApplication().addResource('x', 'x');
    expect(refusal(() => jane.assignRole('r', shop, { approver: 1 as never })).code).toBe('property-type');
    expect(refusal(() => jane.assignRole('r', shop, { nobody: 1 } as never)).code).toBe('property-undefined');
    expect(refusal(() => jane.assignRole('r', ['a', foreign])).code).toBe('entity-foreign');
    expect(refusal(() => jane.grant('p', ['a', foreign])).code).toBe('entity-foreign');
    expect(grantsOf(shop)).toStrictEqual([]);
  });

  test('reads no property from a prototype', () => {
    const shop = app();
    const inherited = Object.create({ approver: 'mallory' });
    shop.addUser('jane', { properties: inherited }).assignRole('r', shop, inherited);
    expect(grantsOf(shop)[0]?.role_assignments).toStrictEqual([{ application, role: 'r', apply_to_application: true }]);
  });

  test('is taken back on all its targets, with its properties', () => {
    const shop = app();
    const jane = shop.addUser('jane').assignRole('r', shop, { approver: 'bob' });
    expect([jane.revokeRole('R'), jane.revokeRole('r')]).toStrictEqual([true, false]);
    jane.assignRole('r', 'x');
    expect(grantsOf(shop)[0]?.role_assignments).toStrictEqual([
      { application, role: 'r', apply_to_application: false, resources: ['x'] },
    ]);
  });
});

test('identities come as users, groups, identities of a provider, credentials, each in the order of adding', () => {
  const app = anApplication();
  const identities = [
    app.addAccessCredential('t', 'Token'),
    app.addIdpIdentity('i'),
    app.addGroup('g'),
    app.addUser('b'),
    app.addUser('a', { id: '7' }),
  ];
  for (const identity of identities) identity.grant('read', app);
  app.addUser('nobody');
  expect(grantsOf(app).map(({ identity, identity_type }) => [identity_type, identity])).toStrictEqual([
    ['local_user', 'b'],
    ['local_user', '7'],
    ['local_group', 'g'],
    ['idp', 'i'],
    ['local_access_creds', 't'],
  ]);
});
