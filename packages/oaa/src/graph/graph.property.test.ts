import fc from 'fast-check';
import { expect, test } from 'vitest';
import type {
  IdentityType,
  WireApplication,
  WireApplicationPayload,
  WirePermission,
  WireResource,
} from '../payload/application/wire.ts';
import { accessOf, accessPaths, formatPath, indexAccess, whoCan } from './index.ts';

/**
 * The naive reading of the payload: no index, no node objects, every way walked to its end. Answers, for each user and
 * each `permission on target`, all paths as text.
 */
class Oracle {
  readonly #payload: WireApplicationPayload;
  readonly #application: WireApplication;
  readonly #found = new Map<string, Set<string>>();
  readonly #targets: { readonly key: string; readonly type: string | undefined; readonly above: readonly string[] }[];

  constructor(payload: WireApplicationPayload, application: WireApplication) {
    this.#payload = payload;
    this.#application = application;
    this.#targets = [{ key: '', type: undefined, above: [] }];
    const descend = (resources: readonly WireResource[], prefix: string, above: readonly string[]): void => {
      for (const resource of resources) {
        const key = `${prefix}${resource.id ?? resource.name}`;
        this.#targets.push({ key, type: resource.resource_type, above });
        descend(resource.sub_resources ?? [], `${key}.`, [...above, key]);
      }
    };
    descend(application.resources ?? [], '', ['']);
  }

  answer(user: string): Map<string, Set<string>> {
    this.#principal('local_user', user, [`user ${this.#title('local_user', user)}`], []);
    return this.#found;
  }

  #principal(type: IdentityType, key: string, trail: readonly string[], seen: readonly string[]): void {
    const self = `${type} ${lower(key)}`;
    if (seen.includes(self)) return;
    const onward = [...seen, self];
    for (const entry of this.#payload.identity_to_permissions) {
      if (entry.identity_type !== type || !same(entry.identity, key)) continue;
      for (const grant of entry.application_permissions ?? []) {
        if (!same(grant.application, this.#application.name)) continue;
        for (const target of this.#given(grant)) this.#permission(grant.permission, target, undefined, trail);
      }
      for (const assignment of entry.role_assignments ?? []) {
        const role = this.#application.local_roles?.find((one) => same(keyOf(one), assignment.role));
        if (role === undefined || !same(assignment.application, this.#application.name)) continue;
        const title = this.#title('local_role', assignment.role);
        for (const target of this.#given(assignment)) {
          this.#role(assignment.role, target, [...trail, `has role ${title} on ${this.#target(target)}`], []);
          this.#principal('local_role', assignment.role, [...trail, `has role ${title}`], onward);
        }
      }
    }
    const next = (nextType: IdentityType, keys: readonly string[] | undefined, verb: string): void => {
      for (const nextKey of keys ?? []) {
        if (!this.#exists(nextType, nextKey)) continue;
        this.#principal(nextType, nextKey, [...trail, `${verb} ${this.#title(nextType, nextKey)}`], onward);
      }
    };
    if (type === 'local_user') {
      const user = this.#application.local_users?.find((one) => same(keyOf(one), key));
      next('local_group', user?.groups, 'member of group');
      next('local_access_creds', user?.access_creds, 'has credential');
      next('idp', user?.identities, 'is identity');
    }
    if (type === 'local_group') {
      const group = this.#application.local_groups?.find((one) => same(keyOf(one), key));
      next('local_group', group?.groups, 'member of group');
      next('idp', group?.identities, 'is identity');
    }
    if (type === 'local_role') {
      const role = this.#application.local_roles?.find((one) => same(keyOf(one), key));
      next('local_role', role?.roles, 'contains role');
    }
  }

  #role(key: string, target: string, trail: readonly string[], seen: readonly string[]): void {
    const role = this.#application.local_roles?.find((one) => same(keyOf(one), key));
    if (role === undefined || seen.includes(lower(key))) return;
    for (const name of role.permissions ?? []) this.#permission(name, target, 'role', trail);
    for (const inner of role.roles ?? []) {
      if (!this.#exists('local_role', inner)) continue;
      this.#role(inner, target, [...trail, `contains role ${this.#title('local_role', inner)}`], [...seen, lower(key)]);
    }
  }

  #permission(name: string, given: string, through: 'role' | undefined, trail: readonly string[]): void {
    const permission = this.#payload.permissions.find((one) => same(one.name, name));
    if (permission === undefined) return;
    const verb = /^(has|contains) role/.test(trail.at(-1) ?? '') ? 'gives' : 'has';
    for (const target of this.#targets) {
      const inherited = permission.apply_to_sub_resources === true && target.above.some((one) => same(one, given));
      if (!same(target.key, given) && !inherited) continue;
      const types = permission.resource_types ?? [];
      if (through === 'role' && types.length > 0 && !types.some((type) => same(type, target.type ?? ''))) continue;
      const where = inherited
        ? `on ${this.#target(target.key)}, inherited from ${this.#target(given)}`
        : `on ${this.#target(target.key)}`;
      const answer = questionOf(permission.name, target.key);
      const paths = this.#found.get(answer) ?? new Set();
      this.#found.set(answer, paths.add([...trail, `${verb} permission ${permission.name}`, where].join(' -> ')));
    }
  }

  #given(grant: { readonly apply_to_application?: boolean; readonly resources?: readonly string[] }): string[] {
    const resources = (grant.resources ?? []).filter((key) =>
      this.#targets.some((one) => one.key !== '' && same(one.key, key)),
    );
    return grant.apply_to_application === true ? ['', ...resources] : resources;
  }

  #target(key: string): string {
    const target = this.#targets.find((one) => same(one.key, key));
    return key === '' ? `application ${this.#application.name}` : `resource ${target?.key}`;
  }

  #exists(type: IdentityType, key: string): boolean {
    const { local_groups, local_roles, local_access_creds } = this.#application;
    if (type === 'idp') {
      return this.#payload.identity_to_permissions.some(
        (one) => one.identity_type === 'idp' && same(one.identity, key),
      );
    }
    const known = type === 'local_group' ? local_groups : type === 'local_role' ? local_roles : local_access_creds;
    return (known ?? []).some((one) => same(keyOf(one), key));
  }

  #title(type: IdentityType, key: string): string {
    const { local_users, local_groups, local_roles, local_access_creds } = this.#application;
    if (type === 'idp') {
      const entry = this.#payload.identity_to_permissions.find(
        (one) => one.identity_type === 'idp' && same(one.identity, key),
      );
      return entry?.identity ?? key;
    }
    const known = { local_user: local_users, local_group: local_groups, local_role: local_roles, local_access_creds }[
      type
    ];
    const entity = known?.find((one) => same(keyOf(one), key));
    if (entity === undefined) return key;
    return entity.name === keyOf(entity) ? entity.name : `${entity.name} (${keyOf(entity)})`;
  }
}

const lower = (text: string): string => text.toLowerCase();
const same = (left: string, right: string): boolean => lower(left) === lower(right);
const keyOf = (entity: { readonly id?: string; readonly name: string }): string => entity.id ?? entity.name;
const questionOf = (permission: string, target: string | undefined): string => `${permission} on ${target ?? ''}`;

/** Keys refer with any case, sometimes to nothing. */
const referenceTo = (...keys: string[]) => fc.constantFrom(...keys, ...keys.map((key) => key.toUpperCase()), 'missing');
const some = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { maxLength: 3, size: 'max' });

const resourceTree: fc.Arbitrary<readonly WireResource[]> = fc.constantFrom(
  [],
  [{ name: 'a', resource_type: 'x' }],
  [
    {
      name: 'a',
      resource_type: 'x',
      sub_resources: [
        { name: 'b', resource_type: 'y', sub_resources: [{ name: 'c', resource_type: 'x' }] },
        { name: 'd', resource_type: 'z' },
      ],
    },
    { name: 'e', id: 'e9', resource_type: 'y' },
  ],
);

const applicationNamed = (name: string): fc.Arbitrary<WireApplication> =>
  fc.record({
    name: fc.constant(name),
    application_type: fc.constant('t'),
    local_users: fc.tuple(
      ...['u1', 'u2'].map((user) =>
        fc.record({
          name: fc.constant(user),
          groups: some(referenceTo('g1', 'g2', 'g3')),
          access_creds: some(referenceTo('k1')),
          identities: some(referenceTo('i1', 'i2')),
        }),
      ),
    ),
    local_groups: fc.tuple(
      ...['g1', 'g2', 'g3'].map((id) =>
        fc.record({
          id: fc.constant(id),
          name: fc.constantFrom(id, 'Group'),
          groups: some(referenceTo('g1', 'g2', 'g3')),
          identities: some(referenceTo('i1', 'i2')),
        }),
      ),
    ),
    local_roles: fc.tuple(
      ...['r1', 'r2', 'r3'].map((role) =>
        fc.record({
          name: fc.constant(role),
          roles: some(referenceTo('r1', 'r2', 'r3')),
          permissions: some(referenceTo('p1', 'p2')),
        }),
      ),
    ),
    local_access_creds: fc.constant([{ id: 'k1', name: 'Key' }]),
    resources: resourceTree,
  });

const targets = { apply_to_application: fc.boolean(), resources: some(referenceTo('a', 'a.b', 'a.b.c', 'a.d', 'e9')) };

const identity = fc.oneof(
  { weight: 3, arbitrary: fc.record({ identity_type: fc.constant('local_user'), identity: referenceTo('u1', 'u2') }) },
  {
    weight: 3,
    arbitrary: fc.record({ identity_type: fc.constant('local_group'), identity: referenceTo('g1', 'g2', 'g3') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ identity_type: fc.constant('idp'), identity: fc.constantFrom('i1', 'i2', 'i3') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ identity_type: fc.constant('local_role'), identity: referenceTo('r1', 'r2', 'r3') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ identity_type: fc.constant('local_access_creds'), identity: referenceTo('k1') }),
  },
) as fc.Arbitrary<{ readonly identity_type: IdentityType; readonly identity: string }>;

const payload: fc.Arbitrary<WireApplicationPayload> = fc.record({
  custom_property_definition: fc.constant({ applications: [] }),
  applications: fc.tuple(applicationNamed('one'), applicationNamed('two')),
  permissions: fc.tuple(
    ...['p1', 'p2'].map(
      (name): fc.Arbitrary<WirePermission> =>
        fc.record({
          name: fc.constant(name),
          permission_type: fc.constant(['DataRead' as const]),
          apply_to_sub_resources: fc.boolean(),
          resource_types: fc.subarray(['x', 'Y']),
        }),
    ),
  ),
  identity_to_permissions: fc.array(
    fc
      .tuple(
        identity,
        some(fc.record({ application: referenceTo('one', 'two'), permission: referenceTo('p1', 'p2'), ...targets })),
        some(fc.record({ application: referenceTo('one', 'two'), role: referenceTo('r1', 'r2', 'r3'), ...targets })),
      )
      .map(([who, application_permissions, role_assignments]) => ({
        ...who,
        application_permissions,
        role_assignments,
      })),
    { minLength: 2, maxLength: 6, size: 'max' },
  ),
});

test('for any payload, with cycles and dangling references, the answers are those of a naive reading', () => {
  fc.assert(
    fc.property(payload, (value) => {
      const index = indexAccess(value);
      for (const application of value.applications) {
        const holders = new Map<string, string[]>();
        for (const { name: user } of application.local_users ?? []) {
          const expected = new Oracle(value, application).answer(user);
          const choice = { application: application.name, user };
          const accesses = [...accessOf(index, choice)];
          const questions = accesses.map(({ permission, resource }) => questionOf(permission, resource));
          expect(questions.toSorted()).toEqual([...expected.keys()].toSorted());
          for (const { permission, resource, path } of accesses) {
            const question = questionOf(permission, resource);
            const ways = expected.get(question) ?? new Set();
            expect(ways).toContain(formatPath(path));
            const answer = accessPaths(index, { ...choice, permission, resource, limit: 100_000 });
            expect(answer.complete).toBe(true);
            expect(answer.paths.map(formatPath).toSorted()).toEqual([...ways].toSorted());
            const lengths = answer.paths.map((one) => one.length);
            expect(lengths).toEqual(lengths.toSorted((left, right) => left - right));
            const found = [...whoCan(index, { application: application.name, permission, resource })];
            const path2 = found.find((holder) => holder.kind === 'user' && holder.key === user)?.path ?? [];
            expect(ways).toContain(formatPath(path2));
            holders.set(
              question,
              found
                .filter((holder) => holder.kind === 'user')
                .map((holder) => holder.key)
                .toSorted(),
            );
          }
          for (const question of expected.keys()) expect(holders.get(question)).toContain(user);
        }
        for (const [question, users] of holders) {
          for (const user of users) expect([...new Oracle(value, application).answer(user).keys()]).toContain(question);
        }
      }
    }),
    { numRuns: 300 },
  );
});
