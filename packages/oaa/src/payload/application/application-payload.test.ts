import { describe, expect, test } from 'vitest';
import { validate } from '../validate.ts';
import type { ApplicationOptions } from './application.ts';
import { ApplicationPayload } from './application-payload.ts';
import { anApplication, refusal, written } from './test-support.ts';

describe('a payload with several applications', () => {
  test('has one entry for an identity with grants in two of them, and shares permissions', () => {
    const payload = new ApplicationPayload();
    const read = payload.addPermission('read', ['DataRead']);
    const eu = payload.addApplication({ name: 'Shop EU', applicationType: 'Shop' });
    const us = payload.addApplication({ name: 'Shop US', applicationType: 'Shop' });
    expect(us.ensurePermission('READ', ['DataWrite'])).toBe(read);
    eu.addUser('Jane').grant(read, eu);
    us.addUser('jane')
      .grant(read, us)
      .assignRole(us.addRole('r', { permissions: [read] }), us);
    us.addUser('bob').grant(read, us);
    eu.addGroup('jane').grant(read, eu);
    expect(written(payload).identity_to_permissions).toStrictEqual([
      {
        identity: 'Jane',
        identity_type: 'local_user',
        application_permissions: [
          { application: 'Shop EU', permission: 'read', apply_to_application: true },
          { application: 'Shop US', permission: 'read', apply_to_application: true },
        ],
        role_assignments: [{ application: 'Shop US', role: 'r', apply_to_application: true }],
      },
      {
        identity: 'bob',
        identity_type: 'local_user',
        application_permissions: [{ application: 'Shop US', permission: 'read', apply_to_application: true }],
      },
      {
        identity: 'jane',
        identity_type: 'local_group',
        application_permissions: [{ application: 'Shop EU', permission: 'read', apply_to_application: true }],
      },
    ]);
    expect(validate(payload)).toStrictEqual([]);
    expect(validate(eu)).toStrictEqual([]);
    expect(written(eu)).toStrictEqual(written(payload));
  });

  test('defines the properties of one type once, for all applications of that type', () => {
    const payload = new ApplicationPayload();
    payload.addApplication({ name: 'a', applicationType: 'Shop', properties: { user: { x: 'STRING' } } });
    payload.addApplication({ name: 'b', applicationType: 'SHOP', properties: { user: { X: 'STRING', y: 'NUMBER' } } });
    payload.addApplication({ name: 'c', applicationType: 'Bank' });
    expect(written(payload).custom_property_definition).toStrictEqual({
      applications: [
        { application_type: 'Shop', local_user_properties: { x: 'STRING', y: 'NUMBER' } },
        { application_type: 'Bank' },
      ],
    });
  });

  test('has names once, whatever their case', () => {
    const payload = new ApplicationPayload();
    payload.addApplication({ name: 'Shop', applicationType: 'Shop' });
    const { code, message } = refusal(() => payload.addApplication({ name: 'SHOP', applicationType: 'x' }));
    expect([code, message]).toStrictEqual(['duplicate-entity', 'The payload already has an application "SHOP".']);
  });

  test('is as it was when an application is refused', () => {
    const payload = new ApplicationPayload();
    payload.addApplication({ name: 'a', applicationType: 'Shop', properties: { user: { x: 'STRING' } } });
    const before = written(payload);
    const refused = [
      { properties: { user: { y: 'STRING' }, group: { 'bad-name': 'STRING' } } },
      { properties: { user: { y: 'STRING', x: 'NUMBER' } } },
      { properties: { resources: { thing: { y: 'STRING' }, ' ': { y: 'STRING' } } } },
      { properties: { role: { Same: 'STRING' }, roleAssignment: { same: 'STRING' } } },
      { properties: { user: { y: 'STRING' } }, tags: { 'bad key': '' } },
      { properties: { user: { y: 'STRING' } }, description: 'x'.repeat(257) },
    ] as const satisfies readonly Partial<ApplicationOptions>[];
    for (const options of refused as readonly Partial<ApplicationOptions>[]) {
      refusal(() => payload.addApplication({ name: 'b', applicationType: 'Shop', ...options }));
      refusal(() =>
        payload.addApplication({ name: 'b', applicationType: 'New', ...options, description: 'x'.repeat(257) }),
      );
      expect(written(payload)).toStrictEqual(before);
    }
  });

  test('refuses one name for properties of roles and of role assignments', () => {
    const { message, hint } = refusal(() =>
      new ApplicationPayload().addApplication({
        name: 'a',
        applicationType: 'a',
        properties: { role: { Same: 'STRING' }, roleAssignment: { same: 'STRING' } },
      }),
    );
    expect([message, hint]).toStrictEqual([
      'Property "same" is defined for roles and for role assignments.',
      'The tenant needs different names for the two: rename one.',
    ]);
  });
});

describe('a payload', () => {
  test('is written in chunks as often as asked, and is the JSON value of toJSON', () => {
    const app = anApplication();
    for (let number = 0; number < 5_000; number += 1) app.addUser(`user ${number}`, { groups: ['a', 'b'] });
    const chunks = Array.from(app.jsonChunks());
    expect(Array.from(app.payload.jsonChunks())).toStrictEqual(chunks);
    expect(chunks.length).toBeGreaterThan(2);
    expect(JSON.stringify(app)).toBe(chunks.join(''));
    expect(app.payload.toJSON()).toStrictEqual(written(app));
  });

  test('as a JSON value is a copy: changing it does not change the builder', () => {
    const app = anApplication();
    app.addUser('jane', { identities: ['a'], tags: { a: '1' }, owners: [{ externalId: 'o' }] });
    app.addResource('r', 'r', { connections: [{ id: 'a', nodeType: 'b' }] });
    const before = written(app);
    // biome-ignore lint/suspicious/noExplicitAny: what the types forbid is tried
    const [shop] = app.toJSON().applications as any;
    shop.local_users[0].identities.push('b');
    shop.local_users[0].tags.pop();
    shop.local_users[0].owners.pop();
    shop.local_users.pop();
    shop.resources[0].connections.pop();
    expect(written(app)).toStrictEqual(before);
  });
});
