import { expect, test } from 'vitest';
import { type Fault, faultPaths, problemsOf } from './test-faults.ts';

const { eu, user, grants, definitions } = faultPaths;

const faults: readonly Fault[] = [
  ['an unknown root key', (p) => (p.aplications = []), 'error', 'unknown-key', '$.aplications'],
  [
    'a list of another kind',
    (p) => (p.permissions[0].resource_types = 'folder'),
    'error',
    'wrong-type',
    '$.permissions[0].resource_types',
  ],
  ['an application that is a text', (p) => p.applications.push('Shop'), 'error', 'wrong-type', '$.applications[2]'],
  [
    'an application without a type',
    (p) => delete p.applications[1].application_type,
    'error',
    'missing-key',
    '$.applications[1].application_type',
  ],
  [
    'an application without a name',
    (p) => p.applications.push({ application_type: 'Shop' }),
    'error',
    'missing-key',
    '$.applications[2].name',
  ],
  [
    'a user that is null',
    (p) => p.applications[0].local_users.push(null),
    'error',
    'wrong-type',
    `${eu}.local_users[2]`,
  ],
  [
    'a user with an unknown key',
    (p) => (p.applications[0].local_users[0].emial = 'x'),
    'error',
    'unknown-key',
    `${user}.emial`,
  ],
  [
    'a user key named like a prototype',
    (p) => Object.defineProperty(p.applications[0].local_users[0], '__proto__', { value: 1, enumerable: true }),
    'error',
    'unknown-key',
    `${user}.__proto__`,
  ],
  [
    'a user key named constructor',
    (p) => (p.applications[0].local_users[0].constructor = 1),
    'error',
    'unknown-key',
    `${user}.constructor`,
  ],
  ['an empty name', (p) => (p.applications[0].local_users[0].name = ''), 'error', 'empty-value', `${user}.name`],
  [
    'a null for an optional text',
    (p) => (p.applications[0].local_users[0].email = null),
    'error',
    'wrong-type',
    `${user}.email`,
  ],
  [
    'a user type that does not exist',
    (p) => (p.applications[0].local_users[0].user_type = 'robot'),
    'error',
    'unknown-value',
    `${user}.user_type`,
  ],
  [
    'a number among identities',
    (p) => p.applications[0].local_users[0].identities.push(5),
    'error',
    'wrong-type',
    `${user}.identities[1]`,
  ],
  [
    'a tag in upper case',
    (p) => (p.applications[0].local_users[0].tags[0] = { key: 'a', value: 'b', Key: 'a' }),
    'error',
    'unknown-key',
    `${user}.tags[0].Key`,
  ],
  [
    'a tag without value',
    (p) => (p.applications[0].local_users[0].tags[0] = { key: 'a' }),
    'error',
    'missing-key',
    `${user}.tags[0].value`,
  ],
  [
    'an owner without identity',
    (p) => (p.applications[0].local_users[0].owners[0].external_id = ''),
    'error',
    'empty-value',
    `${user}.owners[0].external_id`,
  ],
  [
    'a credential without id',
    (p) => (p.applications[1].local_access_creds = [{ name: 'x' }]),
    'error',
    'missing-key',
    '$.applications[1].local_access_creds[0].id',
  ],
  [
    'a resource without type',
    (p) => delete p.applications[0].resources[0].sub_resources[0].resource_type,
    'error',
    'missing-key',
    `${eu}.resources[0].sub_resources[0].resource_type`,
  ],
  [
    'sub-resources that are an object',
    (p) => (p.applications[0].resources[0].sub_resources[0].sub_resources = {}),
    'error',
    'wrong-type',
    `${eu}.resources[0].sub_resources[0].sub_resources`,
  ],
  [
    'an empty connection',
    (p) => (p.applications[0].resources[0].connections[0].id = ''),
    'error',
    'empty-value',
    `${eu}.resources[0].connections[0].id`,
  ],
  [
    'an effect that is not canonical',
    (p) => (p.permissions[1].permission_type[0] = 'datawrite'),
    'error',
    'unknown-value',
    '$.permissions[1].permission_type[0]',
  ],
  [
    'a permission without effects',
    (p) => delete p.permissions[0].permission_type,
    'error',
    'missing-key',
    '$.permissions[0].permission_type',
  ],
  [
    'an unknown identity type',
    (p) => (p.identity_to_permissions[2].identity_type = 'user'),
    'error',
    'unknown-value',
    '$.identity_to_permissions[2].identity_type',
  ],
  [
    'a grant without permission',
    (p) => delete p.identity_to_permissions[0].application_permissions[0].permission,
    'error',
    'missing-key',
    `${grants}.application_permissions[0].permission`,
  ],
  [
    'an unknown property type',
    (p) => (p.custom_property_definition.applications[0].local_role_properties.other = 'TEXT'),
    'error',
    'unknown-value',
    `${definitions}.local_role_properties.other`,
  ],
  ['a flag that is a text', (p) => (p.incremental_change = 'true'), 'error', 'wrong-type', '$.incremental_change'],
];

test.each(faults)('validate finds %s: that, and nothing else', (_, spoil, severity, code, path) => {
  expect(problemsOf(spoil)).toStrictEqual([{ severity, code, path }]);
});
