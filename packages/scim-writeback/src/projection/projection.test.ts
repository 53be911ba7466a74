import { hasErrors, InputError, validate, type WireApplicationPayload } from '@oaa-kit/oaa';
import { describe, expect, test } from 'vitest';
import { project } from './projection.ts';
import { baseOf, link, mapping, readerGrant, resource } from './test-projection.ts';

function published(options: Partial<Parameters<typeof project>[0]> & { readonly base: WireApplicationPayload }) {
  const [application] = options.base.applications;
  const none = {
    users: (application?.local_users ?? []).map(() => null),
    groups: (application?.local_groups ?? []).map(() => null),
  };
  const { payload, diagnostics } = project({ linking: none, links: [], mapping, users: [], groups: [], ...options });
  expect(validate(payload).filter(({ severity }) => severity === 'error')).toEqual([]);
  const [ours] = payload.applications;
  return {
    payload,
    codes: diagnostics.map(({ code }) => code),
    users: ours?.local_users ?? [],
    groups: ours?.local_groups ?? [],
    roles: ours?.local_roles ?? [],
    grants: payload.identity_to_permissions.map(({ identity, identity_type: type }) => `${type} ${identity}`),
  };
}

describe('a projection', () => {
  test('of an untouched directory is the base as it was, but for definitions of properties', () => {
    const jane = {
      id: 'u1',
      name: 'jane',
      groups: ['g1'],
      last_login_at: '2026-01-31T09:00:00Z',
      identities: ['jdoe'],
    };
    const base = baseOf({
      users: [jane],
      groups: [{ id: 'g1', name: 'Staff', identities: ['staff'] }],
      roles: [{ id: 'r1', name: 'reader', permissions: ['read'] }],
      grants: [readerGrant('U1', 'local_user', 'r1')],
    });
    const { payload } = published({
      base,
      linking: { users: ['u1'], groups: ['g1'] },
      links: [link('User', 'u1', 'u1'), link('Group', 'g1', 'g1')],
      users: [resource('u1', { userName: 'jane' }, 'g1')],
      groups: [resource('g1', { displayName: 'Staff' })],
    });
    const { custom_property_definition: definitions, ...rest } = payload;
    const { custom_property_definition: _, ...asItWas } = base;
    expect(rest).toEqual({ ...asItWas, identity_to_permissions: [{ ...readerGrant('u1', 'local_user', 'r1') }] });
    expect(definitions.applications).toMatchObject([
      { application_type: 'Shop', local_user_properties: { title: 'STRING' }, local_group_properties: {} },
    ]);
  });

  test('gives ids to all users, groups and roles where the base has none, and references stay true', () => {
    const { users, groups, roles } = published({
      base: baseOf({ users: [{ name: 'jane', groups: ['Staff'] }], groups: [{ name: 'staff' }] }),
      linking: { users: ['s1'], groups: ['s2'] },
      links: [link('User', 's1', 'jane'), link('Group', 's2', 'staff')],
      users: [resource('s1', { userName: 'jane.smith' }, 's2'), resource('s3', { userName: 'kim' }, 's2')],
      groups: [resource('s2', { displayName: 'Staff 2' })],
    });
    expect(users).toEqual([
      { id: 'jane', name: 'jane.smith', groups: ['Staff'] },
      { id: 's3', name: 'kim', groups: ['staff'] },
    ]);
    expect(groups).toEqual([{ id: 'staff', name: 'Staff 2' }]);
    expect(roles).toEqual([{ id: 'reader', name: 'reader', permissions: ['read'] }]);
  });

  test('publishes a user under the key of its link for ever, with the grants of its row, whatever the base calls it', () => {
    const { users, grants } = published({
      base: baseOf({ users: [{ name: 'jane' }], grants: [readerGrant('JANE')] }),
      linking: { users: ['s1'], groups: [] },
      links: [link('User', 's1', 's1')],
      users: [resource('s1', { userName: 'jane' })],
    });
    expect(users).toEqual([{ id: 's1', name: 'jane' }]);
    expect(grants).toEqual(['local_user s1']);
  });

  test('takes the deleted out, with memberships and grants', () => {
    const { users, groups, grants } = published({
      base: baseOf({
        users: [{ name: 'jane', groups: ['staff', 'sales'] }, { name: 'kim' }],
        groups: [{ name: 'staff' }, { name: 'sales', groups: ['staff'] }],
        grants: [readerGrant('jane'), readerGrant('kim'), readerGrant('staff', 'local_group')],
      }),
      linking: { users: ['s1', 's2'], groups: ['s3', 's4'] },
      links: [
        link('User', 's1', 'jane'),
        link('User', 's2', 'kim', 'tombstone'),
        link('Group', 's3', 'staff', 'tombstone'),
        link('Group', 's4', 'sales'),
      ],
      users: [resource('s1', { userName: 'jane' }, 's4')],
      groups: [resource('s4', { displayName: 'sales' })],
    });
    expect(users).toEqual([{ id: 'jane', name: 'jane', groups: ['sales'] }]);
    expect(groups).toEqual([{ id: 'sales', name: 'sales' }]);
    expect(grants).toEqual(['local_user jane']);
  });

  test('gives nothing to who is hired again under the name of a deleted user', () => {
    const { users, grants } = published({
      base: baseOf({ users: [{ name: 'jane' }], grants: [readerGrant('jane')] }),
      linking: { users: ['s1'], groups: [] },
      links: [link('User', 's1', 'jane', 'tombstone'), link('User', 's2', 's2')],
      users: [resource('s2', { userName: 'jane' })],
    });
    expect(users).toEqual([{ id: 's2', name: 'jane' }]);
    expect(grants).toEqual([]);
  });

  test('publishes who is ambiguous apart: the row with its grants, the resource without', () => {
    const { users, groups, grants } = published({
      base: baseOf({
        users: [{ name: 'jane', groups: ['staff', 'crew'] }],
        groups: [{ name: 'staff' }, { name: 'crew' }],
        grants: [readerGrant('jane')],
      }),
      linking: { users: [null], groups: ['s3', null] },
      links: [link('User', 's1', 's1'), link('Group', 's3', 'staff')],
      users: [resource('s1', { userName: 'jane' })],
      groups: [resource('s3', { displayName: 'staff' })],
    });
    expect(users).toEqual([
      { id: 'jane', name: 'jane', groups: ['staff', 'crew'] },
      { id: 's1', name: 'jane' },
    ]);
    expect(groups.map(({ id }) => id)).toEqual(['staff', 'crew']);
    expect(grants).toEqual(['local_user jane']);
  });

  test('leaves memberships in groups that only the base has to users whom the directory has', () => {
    const { users } = published({
      base: baseOf({
        users: [{ name: 'jane', groups: ['crew', 'staff'] }],
        groups: [{ name: 'crew' }, { name: 'staff' }],
      }),
      linking: { users: ['s1'], groups: [null, 's3'] },
      links: [link('User', 's1', 'jane'), link('Group', 's3', 'staff')],
      users: [resource('s1', { userName: 'jane' })],
      groups: [resource('s3', { displayName: 'staff' })],
    });
    expect(users).toEqual([{ id: 'jane', name: 'jane', groups: ['crew'] }]);
  });

  test('never gives a row that is apart the key of somebody else', () => {
    const { users, grants, codes } = published({
      base: baseOf({ users: [{ name: 'jane' }, { name: 'jane.smith' }], grants: [readerGrant('jane')] }),
      linking: { users: [null, 's1'], groups: [] },
      links: [link('User', 's1', 'Jane')],
      users: [resource('s1', { userName: 'jane.smith' })],
    });
    expect(users).toEqual([
      { id: 'jane (2)', name: 'jane' },
      { id: 'Jane', name: 'jane.smith' },
    ]);
    expect(grants).toEqual(['local_user jane (2)']);
    expect(codes).toEqual(['duplicate-key']);
  });

  test('drops grants to nobody of the base, which somebody of the directory could come to have by name', () => {
    const { users, grants, codes } = published({
      base: baseOf({
        grants: [readerGrant('s1'), readerGrant('kim@example.com', 'idp'), readerGrant('reader', 'local_role')],
      }),
      links: [link('User', 's1', 's1')],
      users: [resource('s1', { userName: 's1' })],
    });
    expect(users).toEqual([{ id: 's1', name: 's1' }]);
    expect(grants).toEqual(['idp kim@example.com', 'local_role reader']);
    expect(codes).toEqual(['dangling-user']);
  });

  test('follows changes of nesting, and breaks circles that groups of the base only would close', () => {
    const { groups, codes } = published({
      base: baseOf({ groups: [{ name: 'a', groups: ['b'] }, { name: 'b' }, { name: 'c', groups: ['a'] }] }),
      linking: { users: [], groups: [null, 's1', 's2'] },
      links: [link('Group', 's1', 'b'), link('Group', 's2', 'c')],
      groups: [resource('s1', { displayName: 'b' }, 's2'), resource('s2', { displayName: 'c' })],
    });
    expect(groups).toEqual([
      { id: 'a', name: 'a' },
      { id: 'b', name: 'b', groups: ['c'] },
      { id: 'c', name: 'c', groups: ['a'] },
    ]);
    expect(codes).toEqual(['cycle']);
  });

  test('publishes a linked row of which the directory has nothing as the base has it: nobody is hidden', () => {
    const { users, codes } = published({
      base: baseOf({ users: [{ name: 'jane', groups: ['staff'] }], groups: [{ name: 'staff' }] }),
      linking: { users: ['s1'], groups: ['s3'] },
      links: [link('User', 's1', 'jane'), link('Group', 's3', 'staff')],
      groups: [resource('s3', { displayName: 'staff' })],
    });
    expect(users).toEqual([{ id: 'jane', name: 'jane', groups: ['staff'] }]);
    expect(codes).toEqual(['conflicting-row']);
  });
});

test('when the directory came to know of somebody is not published as when the account was made', () => {
  const created = '2026-11-22T12:00:00';
  const of = (id: string, userName: string) => ({ resource: { id, attributes: { userName }, created }, groupIds: [] });
  const { users } = published({
    base: baseOf({ users: [{ name: 'jane' }] }),
    linking: { users: ['s1'], groups: [] },
    links: [link('User', 's1', 'jane'), link('User', 's2', 's2')],
    users: [of('s1', 'jane'), of('s2', 'kim')],
  });
  expect(users).toEqual([
    { id: 'jane', name: 'jane' },
    { id: 's2', name: 'kim', created_at: expect.stringMatching(/^2026-11-22T12:00:00/) },
  ]);
});

describe('a bad value', () => {
  test('is left out by itself, with a warning', () => {
    const long = 'x'.repeat(5_000);
    const { users, codes } = published({
      base: baseOf({ users: [{ name: 'jane', email: 'jane@example.com' }] }),
      linking: { users: ['s1'], groups: [] },
      links: [link('User', 's1', 'jane')],
      users: [
        resource('s1', { userName: 'jane', emails: [{ value: 'jane@example.com' }], title: long, nickName: 'J' }),
      ],
    });
    expect(users).toMatchObject([{ id: 'jane', email: 'jane@example.com', custom_properties: { nick_name: 'J' } }]);
    expect(users[0]?.custom_properties).not.toHaveProperty('title');
    expect(codes).toEqual(['too-long']);
  });

  test('of a property that the base defines with another type is left out; the value of the base stands', () => {
    const base = baseOf({ users: [{ name: 'jane', custom_properties: { title: 7 } }] });
    const { users, codes } = published({
      base: {
        ...base,
        custom_property_definition: {
          applications: [{ application_type: 'shop', local_user_properties: { title: 'NUMBER' } }],
        },
      },
      linking: { users: ['s1'], groups: [] },
      links: [link('User', 's1', 'jane')],
      users: [resource('s1', { userName: 'jane', title: 'Boss' }), resource('s2', { userName: 'kim', title: 'Boss' })],
    });
    expect(users).toEqual([
      { id: 'jane', name: 'jane', custom_properties: { title: 7 } },
      { id: 's2', name: 'kim' },
    ]);
    expect(codes).toEqual(['property-type']);
  });

  test('that the tenant has refused is left out of one user, or of all together with its definition', () => {
    const users = [
      resource('s1', { userName: 'jane', title: 'Boss', nickName: 'J' }),
      resource('s2', { userName: 'kim', title: 'Boss', nickName: 'K' }),
    ];
    const { payload, users: rows } = published({
      base: baseOf({}),
      users,
      quarantine: [
        { kind: 'User', key: 'S1', attribute: 'custom_properties.nick_name', reason: 'refused' },
        { kind: 'User', key: null, attribute: 'custom_properties.Title', reason: 'refused' },
        { kind: 'User', key: 's1', attribute: 'name', reason: 'never: a user is no property' },
      ],
    });
    expect(rows).toEqual([
      { id: 's1', name: 'jane' },
      { id: 's2', name: 'kim', custom_properties: { nick_name: 'K' } },
    ]);
    const [definitions] = payload.custom_property_definition.applications;
    expect(definitions?.local_user_properties).not.toHaveProperty('title');
    expect(definitions?.local_user_properties).toHaveProperty('nick_name');
  });
});

test('a base of several applications, or of changes only, cannot be projected', () => {
  const base = baseOf({});
  const of = (changed: Partial<WireApplicationPayload>) => () => published({ base: { ...base, ...changed } });
  expect(of({ applications: [] })).toThrow(InputError);
  expect(of({ incremental_change: true })).toThrow(InputError);
});

test('a linking of another base is refused', () => {
  const base = baseOf({ users: [{ name: 'jane' }] });
  expect(() => published({ base, linking: { users: [], groups: [] } })).toThrow(RangeError);
});

test('definitions of other application types stay as they are', () => {
  const base = baseOf({});
  const other = { application_type: 'Other', local_user_properties: { floor: 'NUMBER' } } as const;
  const { payload } = published({ base: { ...base, custom_property_definition: { applications: [other] } } });
  expect(payload.custom_property_definition.applications[0]).toEqual(other);
  expect(hasErrors(validate(payload))).toBe(false);
});
