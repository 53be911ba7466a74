import { describe, expect, test } from 'vitest';
import type { Attachments } from '../attachments.ts';
import type { Nothing } from './application-properties.ts';
import { defineApplication } from './define-application.ts';
import { anApplication, refusal, written, writtenApplication } from './test-support.ts';

const moment = '2001-01-01T00:00:00.000Z';

function withProperty() {
  return defineApplication({ name: 'Shop', applicationType: 'Shop', properties: { user: { x: 'BOOLEAN' } } });
}

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
    const app = withProperty();
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
    const app = withProperty();
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
