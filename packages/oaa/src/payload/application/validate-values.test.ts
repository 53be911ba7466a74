import { expect, test } from 'vitest';
import { type Fault, faultPaths, problemsOf } from './test-faults.ts';

const { eu, user, grants, definitions } = faultPaths;

const faults: readonly Fault[] = [
  [
    'an undefined property of an application',
    (p) => (p.applications[0].custom_properties.x = 1),
    'error',
    'undefined-property',
    `${eu}.custom_properties.x`,
  ],
  [
    'an undefined property of a user',
    (p) => (p.applications[0].local_users[0].custom_properties.flor = 1),
    'error',
    'undefined-property',
    `${user}.custom_properties.flor`,
  ],
  [
    'a property of a resource type without',
    (p) => (p.applications[0].resources[0].sub_resources[0].custom_properties = { owner: 'x' }),
    'error',
    'undefined-property',
    `${eu}.resources[0].sub_resources[0].custom_properties.owner`,
  ],
  [
    'an undefined assignment property',
    (p) => (p.identity_to_permissions[0].role_assignments[0].custom_properties.x = 1),
    'error',
    'undefined-property',
    `${grants}.role_assignments[0].custom_properties.x`,
  ],
  [
    'a property named like a prototype',
    (p) => (p.applications[0].local_users[0].custom_properties = JSON.parse('{"__proto__": 1}')),
    'error',
    'undefined-property',
    `${user}.custom_properties.__proto__`,
  ],
  [
    'a property named constructor',
    (p) => (p.applications[0].local_users[0].custom_properties = { constructor: 1 }),
    'error',
    'undefined-property',
    `${user}.custom_properties.constructor`,
  ],
  [
    'a property of a wrong type',
    (p) => (p.applications[0].local_users[0].custom_properties.floor = '3'),
    'error',
    'property-type',
    `${user}.custom_properties.floor`,
  ],
  [
    'a property that is null',
    (p) => (p.applications[0].resources[0].custom_properties.owner = null),
    'error',
    'property-type',
    `${eu}.resources[0].custom_properties.owner`,
  ],
  [
    'a property that is no timestamp',
    (p) => (p.applications[0].local_users[0].custom_properties.hired = 'now'),
    'error',
    'bad-timestamp',
    `${user}.custom_properties.hired`,
  ],
  [
    'a property that is too long',
    (p) => (p.applications[0].custom_properties.version = 'é'.repeat(2_049)),
    'error',
    'too-long',
    `${eu}.custom_properties.version`,
  ],
  [
    'a property name with a digit',
    (p) => (p.custom_property_definition.applications[0].local_user_properties.x1 = 'STRING'),
    'error',
    'property-name',
    `${definitions}.local_user_properties.x1`,
  ],
  [
    'a property name of a prototype',
    (p) =>
      (p.custom_property_definition.applications[0].local_user_properties = JSON.parse(
        '{"__proto__":"STRING","floor":"NUMBER","remote":"BOOLEAN","hired":"TIMESTAMP","peers":"STRING_LIST"}',
      )),
    'error',
    'property-name',
    `${definitions}.local_user_properties.__proto__`,
  ],
  [
    'a name for roles and assignments',
    (p) => (p.custom_property_definition.applications[0].local_role_properties.APPROVER = 'STRING'),
    'error',
    'property-name',
    `${definitions}.role_assignment_properties.approver`,
  ],
  [
    'a long description of an application',
    (p) => (p.applications[0].description = 'é'.repeat(129)),
    'error',
    'too-long',
    `${eu}.description`,
  ],
  [
    'a long description of a resource',
    (p) => (p.applications[0].resources[0].description = 'x'.repeat(257)),
    'error',
    'too-long',
    `${eu}.resources[0].description`,
  ],
  [
    'a bad tag',
    (p) => (p.applications[0].local_groups[0].tags[0].key = 'a b'),
    'error',
    'bad-tag',
    `${eu}.local_groups[0].tags[0]`,
  ],
  [
    'a bad timestamp of a user',
    (p) => (p.applications[0].local_users[0].last_login_at = '2026-02-30T00:00:00Z'),
    'error',
    'bad-timestamp',
    `${user}.last_login_at`,
  ],
  [
    'a bad timestamp of a group',
    (p) => (p.applications[0].local_groups[0].created_at = ''),
    'error',
    'bad-timestamp',
    `${eu}.local_groups[0].created_at`,
  ],
  [
    'a bad timestamp of a credential',
    (p) => (p.applications[0].local_access_creds[0].expires_at = '2026'),
    'error',
    'bad-timestamp',
    `${eu}.local_access_creds[0].expires_at`,
  ],
  [
    'a grant on nothing',
    (p) => (p.identity_to_permissions[0].application_permissions[1].resources = []),
    'warning',
    'grant-without-target',
    `${grants}.application_permissions[1]`,
  ],
  [
    'an assignment on nothing',
    (p) => delete p.identity_to_permissions[0].role_assignments[0].resources,
    'warning',
    'grant-without-target',
    `${grants}.role_assignments[0]`,
  ],
  [
    'a role without permissions',
    (p) => (p.applications[1].local_roles = [{ name: 'x', permissions: [] }]),
    'warning',
    'role-without-permission',
    '$.applications[1].local_roles[0]',
  ],
  [
    'resources nested too deep',
    (p) => {
      let resource = p.applications[0].resources[0].sub_resources[0];
      for (let depth = 3; depth <= 257; depth += 1) {
        resource.sub_resources = [{ id: 'd', name: 'd', resource_type: 'y' }];
        [resource] = resource.sub_resources;
      }
    },
    'error',
    'too-deep',
    `${eu}.resources[0]${'.sub_resources[0]'.repeat(255)}`,
  ],
];

test.each(faults)('validate finds %s: that, and nothing else', (_, spoil, severity, code, path) => {
  expect(problemsOf(spoil)).toStrictEqual([{ severity, code, path }]);
});
