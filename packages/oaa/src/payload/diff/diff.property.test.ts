import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashFacts } from '../../guard/hash-facts.ts';
import { removalsOf } from '../../guard/removals.ts';
import { written } from '../application/test-support.ts';
import type { WireApplicationPayload, WireResource } from '../application/wire.ts';
import { ApplicationPayload } from '../index.ts';
import { countDifferences, diffPayloads } from './diff-payloads.ts';

const few = (names: readonly string[]) => fc.subarray([...names]);
const names = ['ann', 'Bob', 'cy', 'dee'];
const groupNames = ['G', 'h', 'i'];

const applicationPlan = fc.record({
  users: few(names),
  groups: few(groupNames),
  inGroups: fc.array(fc.tuple(fc.nat(3), fc.nat(2)), { maxLength: 6 }),
  resources: few(['x', 'y']),
  parts: few(['p', 'Q']),
  roles: few(['reader', 'writer']),
  rolePermissions: fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { maxLength: 3 }),
  grants: fc.array(fc.record({ user: fc.nat(3), by: fc.nat(3), on: fc.nat(6) }), { maxLength: 8 }),
});
type ApplicationPlan = typeof applicationPlan extends fc.Arbitrary<infer Plan> ? Plan : never;
const payloadPlan = fc.dictionary(fc.constantFrom('Shop', 'Wiki'), applicationPlan, { noNullPrototype: true });

/** Whether a test writes names in another case: the tenant sees no difference. */
function build(
  plans: Readonly<Record<string, ApplicationPlan>>,
  spell: (name: string) => string,
): WireApplicationPayload {
  const payload = new ApplicationPayload();
  const permissions = ['read', 'write'].map((name) => payload.addPermission(spell(name), ['DataRead']));
  for (const [name, plan] of Object.entries(plans)) {
    const application = payload.addApplication({ name: spell(name), applicationType: 'T' });
    const users = plan.users.map((user) => application.addUser(spell(user)));
    const groups = plan.groups.map((group) => application.addGroup(spell(group)));
    const roles = plan.roles.map((role) => application.addRole(spell(role)));
    const resources = plan.resources.flatMap((resource) => {
      const top = application.addResource(spell(resource), 'thing');
      return [top, ...plan.parts.map((part) => top.addResource(spell(part), 'part'))];
    });
    for (const [user, group] of plan.inGroups) {
      const to = groups[group];
      if (to !== undefined) users[user]?.addToGroup(to);
    }
    for (const [role, permission] of plan.rolePermissions) {
      const added = permissions[permission];
      if (added !== undefined) roles[role]?.addPermission(added);
    }
    for (const { user, by, on } of plan.grants) {
      const target = resources[on] ?? application;
      const role = roles[by - 2];
      const permission = permissions[by];
      if (permission !== undefined) users[user]?.grant(permission, target);
      else if (role !== undefined) users[user]?.assignRole(role, target);
    }
  }
  return written(payload);
}

/** Every fact of a payload as a text, by kind: no code of the comparison is used. */
function factsOf(payload: WireApplicationPayload): Record<string, Set<string>> {
  const facts: Record<string, Set<string>> = {};
  const note = (kind: string, ...parts: readonly unknown[]) => {
    facts[kind] ??= new Set();
    facts[kind].add(JSON.stringify(parts).toLowerCase());
  };
  for (const permission of payload.permissions) note('permissions', permission.name);
  for (const application of payload.applications) {
    const { name } = application;
    note('applications', name);
    for (const user of application.local_users ?? []) {
      note('users', name, user.name);
      for (const group of user.groups ?? []) note('memberships', 'user', name, user.name, group);
    }
    for (const group of application.local_groups ?? []) note('groups', name, group.name);
    for (const role of application.local_roles ?? []) {
      note('roles', name, role.name);
      for (const permission of role.permissions ?? []) note('memberships', 'role', name, role.name, permission);
    }
    const walk = (resources: readonly WireResource[], above: readonly string[]): void => {
      for (const resource of resources) {
        note('resources', name, [...above, resource.name].join('.'));
        walk(resource.sub_resources ?? [], [...above, resource.name]);
      }
    };
    walk(application.resources ?? [], []);
  }
  for (const entry of payload.identity_to_permissions) {
    for (const grant of [...(entry.application_permissions ?? []), ...(entry.role_assignments ?? [])]) {
      const what = 'role' in grant ? ['role', grant.role] : ['permission', grant.permission];
      const targets = [...(grant.resources ?? []), ...(grant.apply_to_application === true ? ['(application)'] : [])];
      for (const target of targets)
        note('grants', entry.identity_type, entry.identity, grant.application, what, target);
    }
  }
  return facts;
}

const without = (from: ReadonlySet<string> = new Set(), taken: ReadonlySet<string> = new Set()) =>
  [...from].filter((fact) => !taken.has(fact)).length;

test('a payload, written in any case and any order, is no different from itself', () => {
  fc.assert(
    fc.property(payloadPlan, (plans) => {
      const payload = build(plans, (name) => name);
      const backwards = JSON.parse(JSON.stringify(payload), (_key, value) =>
        Array.isArray(value) ? value.toReversed() : value,
      );
      expect(diffPayloads(payload, backwards).different).toBe(false);
      const louder = countDifferences(
        payload,
        build(plans, (name) => name.toUpperCase()),
      );
      for (const { added, removed } of Object.values(louder))
        expect({ added, removed }).toEqual({ added: 0, removed: 0 });
    }),
  );
});

test('what is added and removed is the naive difference of the sets of facts, and the guard counts the same', () => {
  fc.assert(
    fc.property(payloadPlan, payloadPlan, (older, newer) => {
      const [before, after] = [build(older, (name) => name), build(newer, (name) => name)];
      const [old, current] = [factsOf(before), factsOf(after)];
      const { counts, differences } = diffPayloads(before, after);
      expect(countDifferences(before, after)).toEqual(counts);
      const removals = new Map(
        removalsOf(hashFacts({ ...before }, 'salt'), hashFacts({ ...after }, 'salt')).map((one) => [one.kind, one]),
      );
      for (const kind of [
        'applications',
        'users',
        'groups',
        'roles',
        'resources',
        'permissions',
        'memberships',
        'grants',
      ]) {
        const removed = without(old[kind], current[kind]);
        expect([kind, counts[kind]]).toMatchObject([kind, { added: without(current[kind], old[kind]), removed }]);
        expect(differences[kind]?.filter(({ change }) => change === 'removed').length).toBe(removed);
        if (kind === 'applications') continue;
        expect([kind, removals.get(kind)]).toEqual([
          kind,
          removed === 0 ? undefined : { kind, removed, total: old[kind]?.size },
        ]);
      }
      const back = countDifferences(after, before);
      for (const [kind, { added, removed, changed }] of Object.entries(counts)) {
        expect(back[kind]).toEqual({ added: removed, removed: added, changed });
      }
    }),
  );
});
