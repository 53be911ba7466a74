import { describe, expect, expectTypeOf, test } from 'vitest';
import type {
  AccessCredential,
  Application,
  LocalGroup,
  LocalRole,
  LocalUser,
  Resource,
  WireGroup,
  WireUser,
} from '../index.ts';
import { defineApplication } from './define-application.ts';

function portal() {
  return defineApplication({
    name: 'Portal',
    applicationType: 'Portal',
    properties: {
      application: { version: 'STRING' },
      user: { department: 'STRING', floor: 'NUMBER', hired: 'TIMESTAMP', remote: 'BOOLEAN', peers: 'STRING_LIST' },
      roleAssignment: { approver: 'STRING' },
      resources: { folder: { owner: 'STRING' } },
    },
  });
}

/** What does not compile also fails when it runs: both are the contract. */
function refused(work: () => unknown): void {
  expect(work).toThrow(/./);
}

describe('property definitions flow into the types of entities', () => {
  test('a defined property takes values of its type only', () => {
    const app = portal();
    app.addUser('jane', {
      properties: { department: 'Sales', floor: 3, hired: new Date(0), remote: true, peers: ['bob'] },
    });
    const bob = app.addUser('bob', { properties: { hired: '2001-01-01T00:00:00Z', department: undefined } });
    bob.setProperty('floor', 4).setProperty('floor', undefined);
    // @ts-expect-error floor is a number.
    refused(() => app.addUser('a', { properties: { floor: '3' } }));
    // @ts-expect-error peers is a list of texts.
    refused(() => app.addUser('b', { properties: { peers: 'bob' } }));
    // @ts-expect-error remote is true or false.
    refused(() => bob.setProperty('remote', 'yes'));
    // @ts-expect-error hired is no number.
    refused(() => bob.setProperty('hired', 0));
  });

  test('an undefined property does not compile', () => {
    const app = portal();
    const bob = app.addUser('bob');
    // @ts-expect-error departmnt is not defined.
    refused(() => app.addUser('a', { properties: { departmnt: 'Sales' } }));
    // @ts-expect-error departmnt is not defined, not even to take it away.
    refused(() => bob.setProperty('departmnt', undefined));
    // @ts-expect-error nothing is defined for groups.
    refused(() => app.addGroup('g', { properties: { department: 'Sales' } }));
    // @ts-expect-error name is not defined for the application.
    refused(() => app.setProperty('name', 'x'));
    // @ts-expect-error identities of an identity provider carry no properties.
    refused(() => app.addIdpIdentity('x').setProperty('department', 'x'));
  });

  test('what an entity holds is read back as it stands on the wire', () => {
    const app = portal();
    const staff = app.addGroup('staff');
    const wire = app.addUser('jane', { groups: [staff], properties: { floor: 3 } }).toJSON();
    expectTypeOf(wire).toEqualTypeOf<WireUser>();
    expect([wire.groups, wire.custom_properties?.floor]).toEqual([['staff'], 3]);
    expectTypeOf(staff.toJSON()).toEqualTypeOf<WireGroup>();
  });

  test('resources have the properties of their type, at any depth', () => {
    const app = portal();
    const folder = app.addResource('a', 'folder', { properties: { owner: 'jane' } });
    folder.addResource('b', 'folder', { properties: { owner: 'bob' } });
    // @ts-expect-error owner is a text.
    refused(() => folder.addResource('c', 'folder', { properties: { owner: 1 } }));
    // @ts-expect-error nothing is defined for files.
    refused(() => folder.addResource('d', 'file', { properties: { owner: 'bob' } }));
    // @ts-expect-error nothing is defined for files.
    refused(() => app.addResource('e', 'file', { properties: { owner: 'bob' } }));
  });

  test('role assignments have theirs', () => {
    const app = portal();
    const role = app.addRole('reader');
    const jane = app.addUser('jane').assignRole(role, app, { approver: 'bob' });
    // @ts-expect-error approver is a text.
    refused(() => jane.assignRole(role, app, { approver: 1 }));
    // @ts-expect-error approved is not defined.
    refused(() => jane.assignRole(role, app, { approved: 'bob' }));
  });

  test('an application without definitions takes no properties', () => {
    const app = defineApplication({ name: 'A', applicationType: 'A' });
    // @ts-expect-error nothing is defined.
    refused(() => app.addUser('jane', { properties: { department: 'Sales' } }));
  });
});

describe('other names are checked by the compiler too', () => {
  test('effects are canonical permissions', () => {
    const app = portal();
    app.addPermission('read', ['DataRead', 'Uncategorized']);
    // @ts-expect-error the case counts.
    refused(() => app.addPermission('a', ['dataread']));
    // @ts-expect-error effects are a list.
    refused(() => app.addPermission('b', 'DataRead'));
  });

  test('property types are those of the tenant', () => {
    refused(() =>
      defineApplication({
        name: 'A',
        applicationType: 'A',
        // @ts-expect-error TEXT is not a type.
        properties: { user: { department: 'TEXT' } },
      }),
    );
  });

  test('a group is no role', () => {
    const app = portal();
    const group = app.addGroup('g');
    const role = app.addRole('r');
    const jane = app.addUser('jane');
    // @ts-expect-error a role is no group.
    jane.addToGroup(role);
    // @ts-expect-error a group is no role.
    jane.assignRole(group, app);
    // @ts-expect-error a role is no permission.
    refused(() => jane.grant(role, app));
  });

  test('what is given to the wire does not change through the handle', () => {
    const app = portal();
    expectTypeOf(app.users).not.toHaveProperty('add');
    expectTypeOf(app.addUser('jane').name).toEqualTypeOf<string>();
    // @ts-expect-error names are keys.
    app.addUser('bob').name = 'x';
  });
});

test('typed handles go where any handle is taken', () => {
  function describeAll(
    app: Application,
    user: LocalUser,
    group: LocalGroup,
    role: LocalRole,
    credential: AccessCredential,
    resource: Resource,
  ): string {
    return [app, user, group, role, credential, resource].join(' ');
  }
  const app = portal();
  const text = describeAll(
    app,
    app.addUser('jane'),
    app.addGroup('g'),
    app.addRole('r'),
    app.addAccessCredential('c', 'C'),
    app.addResource('f', 'folder'),
  );
  expect(text).toBe('Portal jane g r C (c) f');
});
