import { describe, expect, test } from 'vitest';
import type { WireApplicationPayload } from '../payload/application/wire.ts';
import { accessOf, accessPaths, formatPath, indexAccess, whoCan } from './index.ts';
import { assignment, given, grant, jane, nested, payloadOf, permission, space } from './test-payload.ts';

/** All that a user can do, one line each. */
function linesOf(payload: WireApplicationPayload, user = 'jane'): string[] {
  return [...accessOf(indexAccess(payload), { user })].map((access) => formatPath(access.path));
}

describe('accessOf', () => {
  test('answers with application, resource, permission, its meaning and its path as typed steps', () => {
    const payload = payloadOf({ local_users: [jane], resources: [space] }, [
      given('local_user', 'jane', grant('edit', 'space')),
    ]);
    expect([...accessOf(indexAccess(payload), { user: 'jane' })]).toEqual([
      {
        application: 'wiki',
        resource: 'space',
        permission: 'edit',
        canonical: ['DataWrite'],
        path: [
          { kind: 'user', key: 'jane', name: 'jane' },
          { kind: 'permission', key: 'edit', name: 'edit' },
          { kind: 'target', on: { application: 'wiki', resource: 'space' } },
        ],
      },
    ]);
  });

  test('finds what is given on the application itself', () => {
    const payload = payloadOf({ local_users: [jane], resources: [space] }, [
      given('local_user', 'jane', grant('edit')),
    ]);
    expect(linesOf(payload)).toEqual(['user jane -> has permission edit -> on application wiki']);
  });

  test('finds what comes through a group and through the groups that the group is a member of', () => {
    const payload = payloadOf(
      {
        local_users: [{ ...jane, groups: ['authors'] }],
        local_groups: [{ name: 'authors', groups: ['staff'] }, { name: 'staff' }],
      },
      [given('local_group', 'staff', grant('edit'))],
    );
    expect(linesOf(payload)).toEqual([
      'user jane -> member of group authors -> member of group staff -> has permission edit -> on application wiki',
    ]);
  });

  test('gives a group nothing of the groups within it', () => {
    const payload = payloadOf(
      {
        local_users: [{ ...jane, groups: ['staff'] }],
        local_groups: [{ name: 'authors', groups: ['staff'] }, { name: 'staff' }],
      },
      [given('local_group', 'authors', grant('edit'))],
    );
    expect(linesOf(payload)).toEqual([]);
  });

  test('finds what comes through a role and through the roles that it contains', () => {
    const payload = payloadOf(
      {
        local_users: [jane],
        resources: [space],
        local_roles: [
          { name: 'owner', roles: ['editor'] },
          { name: 'editor', permissions: ['edit'] },
        ],
      },
      [given('local_user', 'jane', assignment('owner', 'space'))],
    );
    expect(linesOf(payload)).toEqual([
      'user jane -> has role owner on resource space -> contains role editor -> gives permission edit -> on resource space',
    ]);
  });

  test('gives a role nothing of the roles that contain it', () => {
    const payload = payloadOf(
      {
        local_users: [jane],
        local_roles: [{ name: 'owner', permissions: ['edit'], roles: ['editor'] }, { name: 'editor' }],
      },
      [given('local_user', 'jane', assignment('editor'))],
    );
    expect(linesOf(payload)).toEqual([]);
  });

  test('finds what comes through an access credential', () => {
    const payload = payloadOf(
      { local_users: [{ ...jane, access_creds: ['k1'] }], local_access_creds: [{ id: 'k1', name: 'CI key' }] },
      [given('local_access_creds', 'k1', grant('edit'))],
    );
    expect(linesOf(payload)).toEqual([
      'user jane -> has credential CI key (k1) -> has permission edit -> on application wiki',
    ]);
  });

  test('finds what an identity provider gives to an identity of the user or of a group of the user', () => {
    const payload = payloadOf(
      {
        local_users: [{ ...jane, identities: ['Jane@example.com'], groups: ['staff'] }],
        local_groups: [{ name: 'staff', identities: ['all-staff'] }],
        resources: [space],
      },
      [given('idp', 'jane@example.com', grant('edit')), given('idp', 'ALL-STAFF', grant('edit', 'space'))],
    );
    expect(linesOf(payload)).toEqual([
      'user jane -> is identity jane@example.com -> has permission edit -> on application wiki',
      'user jane -> member of group staff -> is identity ALL-STAFF -> has permission edit -> on resource space',
    ]);
  });

  test('finds what is given to a role as such, for everybody who has the role somewhere', () => {
    const payload = payloadOf({ local_users: [jane], resources: [space], local_roles: [{ name: 'editor' }] }, [
      given('local_user', 'jane', assignment('editor', 'space')),
      given('local_role', 'editor', grant('edit')),
    ]);
    expect(linesOf(payload)).toEqual(['user jane -> has role editor -> gives permission edit -> on application wiki']);
  });

  test('spreads a permission over sub-resources of any depth when it applies to them', () => {
    const payload = payloadOf(
      { local_users: [jane], resources: [nested] },
      [given('local_user', 'jane', grant('edit', 'space'))],
      [permission('edit', { apply_to_sub_resources: true })],
    );
    expect(linesOf(payload)).toEqual([
      'user jane -> has permission edit -> on resource space',
      'user jane -> has permission edit -> on resource space.page, inherited from resource space',
      'user jane -> has permission edit -> on resource space.page.file, inherited from resource space',
      'user jane -> has permission edit -> on resource space.draft, inherited from resource space',
    ]);
  });

  test('spreads a permission on the application over all resources when it applies to them', () => {
    const payload = payloadOf(
      { local_users: [jane], resources: [nested] },
      [given('local_user', 'jane', grant('edit'))],
      [permission('edit', { apply_to_sub_resources: true })],
    );
    expect([...accessOf(indexAccess(payload), { user: 'jane' })].map((access) => access.resource)).toEqual([
      undefined,
      'space',
      'space.page',
      'space.page.file',
      'space.draft',
    ]);
  });

  test('keeps a permission to the resource that it is given on when it does not apply to sub-resources', () => {
    const payload = payloadOf({ local_users: [jane], resources: [nested] }, [
      given('local_user', 'jane', grant('edit', 'space')),
    ]);
    expect(linesOf(payload)).toEqual(['user jane -> has permission edit -> on resource space']);
  });

  test('limits a permission to its resource types when it comes through a role', () => {
    const payload = payloadOf(
      { local_users: [jane], resources: [nested], local_roles: [{ name: 'editor', permissions: ['edit'] }] },
      [given('local_user', 'jane', assignment('editor'))],
      [permission('edit', { apply_to_sub_resources: true, resource_types: ['File', 'Draft'] })],
    );
    expect(linesOf(payload)).toEqual([
      'user jane -> has role editor on application wiki -> gives permission edit -> on resource space.page.file, inherited from application wiki',
      'user jane -> has role editor on application wiki -> gives permission edit -> on resource space.draft, inherited from application wiki',
    ]);
  });

  test('does not limit a permission to its resource types when it is given directly', () => {
    const payload = payloadOf(
      { local_users: [jane], resources: [space] },
      [given('local_user', 'jane', grant('edit', 'space'))],
      [permission('edit', { resource_types: ['Page'] })],
    );
    expect(linesOf(payload)).toEqual(['user jane -> has permission edit -> on resource space']);
  });

  test('spreads a direct grant below a target that a role with limited types already reached', () => {
    const payload = payloadOf(
      {
        local_users: [{ ...jane, groups: ['staff'] }],
        local_groups: [{ name: 'staff' }],
        resources: [nested],
        local_roles: [{ name: 'editor', permissions: ['edit'] }],
      },
      [
        given('local_user', 'jane', assignment('editor', 'space')),
        given('local_group', 'staff', grant('edit', 'space')),
      ],
      [permission('edit', { apply_to_sub_resources: true, resource_types: ['Space'] })],
    );
    expect([...accessOf(indexAccess(payload), { user: 'jane' })].map((access) => access.resource)).toEqual([
      'space',
      'space.page',
      'space.page.file',
      'space.draft',
    ]);
  });

  test('answers every permission on every target once, however many ways lead to it', () => {
    const payload = payloadOf({ local_users: [{ ...jane, groups: ['staff'] }], local_groups: [{ name: 'staff' }] }, [
      given('local_user', 'jane', grant('edit')),
      given('local_group', 'staff', grant('edit')),
    ]);
    expect(linesOf(payload)).toEqual(['user jane -> has permission edit -> on application wiki']);
  });

  test('compares keys without regard to case, and builds resource keys from ids where there are ids', () => {
    const payload = payloadOf(
      {
        local_users: [{ id: 'U1', name: 'Jane', groups: ['g1'] }],
        local_groups: [{ id: 'G1', name: 'Staff' }],
        resources: [
          {
            id: 'S1',
            name: 'Space',
            resource_type: 'Space',
            sub_resources: [{ id: 'P1', name: 'Page', resource_type: 'Page' }],
          },
        ],
      },
      [{ ...given('local_group', 'g1', { application: 'WIKI', permission: 'EDIT', resources: ['s1.p1'] }) }],
    );
    expect(linesOf(payload, 'u1')).toEqual([
      'user Jane (U1) -> member of group Staff (G1) -> has permission edit -> on resource S1.P1',
    ]);
  });

  test('covers all applications of the payload, or only the one asked for', () => {
    const one = payloadOf({ local_users: [jane] }, [
      given('local_user', 'jane', grant('edit'), {
        application: 'shop',
        permission: 'edit',
        apply_to_application: true,
      }),
    ]);
    const payload = {
      ...one,
      applications: [...one.applications, { name: 'shop', application_type: 'Shop', local_users: [jane] }],
    };
    expect(linesOf(payload)).toEqual([
      'user jane -> has permission edit -> on application wiki',
      'user jane -> has permission edit -> on application shop',
    ]);
    const inShop = [...accessOf(indexAccess(payload), { application: 'Shop', user: 'jane' })];
    expect(inShop.map((access) => access.application)).toEqual(['shop']);
  });

  test('ends on cycles of groups and roles', () => {
    const payload = payloadOf(
      {
        local_users: [{ ...jane, groups: ['a'] }],
        local_groups: [
          { name: 'a', groups: ['b', 'a'] },
          { name: 'b', groups: ['a'] },
        ],
        local_roles: [
          { name: 'r', roles: ['s', 'r'] },
          { name: 's', roles: ['r'], permissions: ['edit'] },
        ],
      },
      [given('local_group', 'b', assignment('r'))],
    );
    expect(linesOf(payload)).toEqual([
      'user jane -> member of group a -> member of group b -> has role r on application wiki -> contains role s -> gives permission edit -> on application wiki',
    ]);
  });

  test('follows chains of any length', () => {
    const length = 5_000;
    const local_groups = Array.from({ length }, (_, index) => ({ name: `g${index}`, groups: [`g${index + 1}`] }));
    const payload = payloadOf({ local_users: [{ ...jane, groups: ['g0'] }], local_groups }, [
      given('local_group', `g${length - 1}`, grant('edit')),
    ]);
    const index = indexAccess(payload);
    expect([...accessOf(index, { user: 'jane' })].map((access) => access.path.length)).toEqual([length + 3]);
    expect([...whoCan(index, { permission: 'edit' })].map((holder) => holder.path.length)).toEqual([length + 3]);
    expect(accessPaths(index, { user: 'jane', permission: 'edit' }).paths.map((path) => path.length)).toEqual([
      length + 3,
    ]);
  });
});
