import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalPermissions } from '../canonical-permissions.ts';
import { jsonChunks } from '../serialise.ts';
import { validate } from '../validate.ts';
import type { AccessCredential } from './access-credential.ts';
import type { Application } from './application.ts';
import { ApplicationPayload } from './application-payload.ts';
import type { LocalGroup } from './local-group.ts';
import type { LocalRole } from './local-role.ts';
import type { Permission } from './permission.ts';
import type { Resource } from './resource.ts';

const properties = {
  application: { version: 'STRING' },
  user: { floor: 'NUMBER', hired: 'TIMESTAMP' },
  group: { peers: 'STRING_LIST' },
  role: { built_in: 'BOOLEAN' },
  roleAssignment: { approver: 'STRING' },
  accessCredential: { scope: 'STRING' },
  resources: { folder: { owner: 'STRING' } },
} as const;

type Shop = Application<typeof properties>;

/** A program: steps with numbers that choose among what there is, and a name. */
const steps = fc.array(
  fc.record({
    step: fc.constantFrom(
      'permission',
      'user',
      'group',
      'role',
      'credential',
      'identity',
      'resource',
      'below',
      'grant',
      'assign',
      'nest',
      'permit',
      'member',
      'hold',
      'property',
      'attach',
      'remove',
      'revoke',
    ),
    name: fc
      .string({ unit: fc.constantFrom('a', 'B', 'é', '😀', ' ', '_'), minLength: 1, maxLength: 3 })
      .filter((name) => name.trim() !== ''),
    first: fc.nat(20),
    second: fc.nat(20),
    flag: fc.boolean(),
  }),
  { maxLength: 80 },
);

function pick<Item>(items: Iterable<Item>, number: number): Item | undefined {
  const list = [...items];
  return list[number % Math.max(list.length, 1)];
}

function allResources(shop: Shop): Resource<typeof properties>[] {
  const all = [...shop.resources];
  for (const resource of all) all.push(...resource.resources);
  return all;
}

/** Handles that may contain the one that comes after them, so that nothing comes to contain itself. */
function earlier<Item>(items: Iterable<Item>, item: Item): Item[] {
  const list = [...items];
  return list.slice(0, list.indexOf(item));
}

function run(
  shop: Shop,
  program: typeof steps extends fc.Arbitrary<infer Steps> ? Steps : never,
  withIds: boolean,
): void {
  let counter = 0;
  const id = () => {
    counter += 1;
    return withIds ? { id: `${shop.name} ${counter}` } : {};
  };
  for (const { step, name, first, second, flag } of program) {
    const key = (known: { has(key: string): boolean }) => (!withIds && known.has(name) ? undefined : name);
    const identities = [...shop.users, ...shop.groups, ...shop.accessCredentials, ...shop.idpIdentities];
    const identity = pick(identities, first);
    const resource = pick(allResources(shop), second);
    switch (step) {
      case 'permission':
        shop.ensurePermission(name, canonicalPermissions.slice(first % 10), { applyToSubResources: flag });
        break;
      case 'user':
        if (key(shop.users))
          shop.addUser(name, { ...id(), isActive: flag, createdAt: new Date(first), identities: [name] });
        break;
      case 'group':
        if (key(shop.groups)) shop.addGroup(name, { ...id(), createdAt: '2026-01-31T09:00:00+01:00' });
        break;
      case 'role': {
        const permission: Permission | undefined = pick(shop.permissions, first);
        if (key(shop.roles) && permission) shop.addRole(name, { ...id(), permissions: [permission] });
        break;
      }
      case 'credential':
        shop.ensureAccessCredential(name, name, { canExpire: flag });
        break;
      case 'identity':
        shop.ensureIdpIdentity(name);
        break;
      case 'resource':
        if (key(shop.resources)) shop.addResource(name, flag ? 'folder' : 'file', { ...id(), description: name });
        break;
      case 'below':
        if (resource && (withIds || !resource.getResource(name))) resource.addResource(name, 'folder', id());
        break;
      case 'grant': {
        const permission = pick(shop.permissions, second);
        if (identity && permission) identity.grant(permission, flag || !resource ? shop : [resource]);
        break;
      }
      case 'assign': {
        const role = pick(shop.roles, second);
        if (identity && role)
          identity.assignRole(role, flag || !resource ? shop : resource, flag ? { approver: name } : {});
        break;
      }
      case 'nest': {
        const group: LocalGroup<typeof properties> | undefined = pick(shop.groups, first);
        const parent = group && pick(earlier(shop.groups, group), second);
        if (parent) group.addToGroup(parent);
        const role: LocalRole<typeof properties> | undefined = pick(shop.roles, first);
        const inner = role && pick(earlier(shop.roles, role), second);
        if (inner) role.addRole(inner);
        break;
      }
      case 'permit': {
        const permission = pick(shop.permissions, second);
        if (permission) pick(shop.roles, first)?.addPermission(permission);
        break;
      }
      case 'member': {
        const group = pick(shop.groups, second);
        if (group) pick(shop.users, first)?.addToGroup(group);
        break;
      }
      case 'hold': {
        const credential: AccessCredential<typeof properties> | undefined = pick(shop.accessCredentials, second);
        if (credential) pick(shop.users, first)?.addAccessCredential(credential);
        break;
      }
      case 'property':
        shop.setProperty('version', name);
        pick(shop.users, first)?.setProperty('floor', second).setProperty('hired', new Date(first));
        pick(shop.groups, first)?.setProperty('peers', [name]);
        pick(shop.roles, first)?.setProperty('built_in', flag);
        pick(shop.accessCredentials, first)?.setProperty('scope', flag ? name : undefined);
        break;
      case 'attach':
        for (const entity of [
          shop,
          pick(shop.users, first),
          pick(shop.groups, first),
          pick(shop.roles, first),
          resource,
        ]) {
          entity?.addTag('tag', 'value').addOwner({ externalId: name, primary: flag });
        }
        resource?.addConnection({ id: name, nodeType: 'Node' });
        break;
      case 'remove': {
        const [users, groups, credentials] = [
          pick(shop.users, first),
          pick(shop.groups, first),
          pick(shop.accessCredentials, first),
        ];
        if (second % 6 === 0 && users) shop.removeUser(users);
        if (second % 6 === 1 && groups) shop.removeGroup(groups);
        if (second % 6 === 2 && credentials) shop.removeAccessCredential(credentials);
        if (second % 6 === 3 && resource)
          (resource.parent ?? { removeResource: () => shop.removeResource(resource) }).removeResource(resource);
        const role = pick(shop.roles, first);
        if (second % 6 === 4 && role) shop.removeRole(role);
        const permission = pick(shop.permissions, first);
        if (second % 6 === 5 && permission) shop.removePermission(permission);
        break;
      }
      default: {
        const [role, permission] = [pick(shop.roles, second), pick(shop.permissions, second)];
        if (role) identity?.revokeRole(role);
        if (permission) identity?.revokePermission(permission);
      }
    }
  }
}

test('whatever is built with handles that exist has no errors, and is written as its JSON value', () => {
  fc.assert(
    fc.property(fc.array(steps, { minLength: 1, maxLength: 3 }), fc.boolean(), (programs, withIds) => {
      const payload = new ApplicationPayload();
      programs.forEach((program, number) => {
        run(payload.addApplication({ name: `Shop ${number}`, applicationType: 'Shop', properties }), program, withIds);
      });
      // A role may have lost its permissions.
      const problems = validate(payload).filter(({ code }) => code !== 'role-without-permission');
      expect(problems).toStrictEqual([]);
      expect(JSON.parse(Array.from(jsonChunks(payload)).join(''))).toStrictEqual(payload.toJSON());
    }),
    { numRuns: 300 },
  );
});
