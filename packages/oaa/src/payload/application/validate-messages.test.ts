import { describe, expect, test } from 'vitest';
import { validate } from '../validate.ts';
import type { Spoil } from './test-faults.ts';
import { completePayload } from './test-payload.ts';

describe('messages say what is wrong and how to fix it', () => {
  const messages: readonly [string, Spoil, string, string | undefined][] = [
    [
      'an unknown key',
      (p) => (p.applications[0].local_users[0].emial = 'x'),
      'The key "emial" is not known here; the tenant refuses payloads with unknown keys. Did you mean "email"?',
      'Known keys: id, name, email, identities, groups, access_creds, is_active, created_at, last_login_at, deactivated_at, password_last_changed_at, user_type, tags, custom_properties, owners, operation. Own data goes into custom_properties.',
    ],
    [
      'a null where nothing may stand',
      (p) => (p.applications[0].local_users[0].email = null),
      '"email" is null and should be a string.',
      'Leave the key out when there is no value.',
    ],
    [
      'a null where a value must stand',
      (p) => (p.applications[0].local_users[0].name = null),
      '"name" is null and should be a string.',
      undefined,
    ],
    [
      'a null in a list',
      (p) => (p.applications[0].local_users[0].identities = [null]),
      '"identities[0]" is null and should be a string.',
      undefined,
    ],
    [
      'an entity that is none',
      (p) => (p.applications[0].local_users = [[]]),
      '"local_users[0]" is a list and should be an object.',
      undefined,
    ],
    [
      'a value out of a set',
      (p) => (p.permissions[0].permission_type = ['dataread']),
      '"dataread" is not a value of "permission_type[0]". Did you mean "DataRead"?',
      'Values are: DataRead, DataWrite, DataCreate, DataDelete, MetadataRead, MetadataWrite, MetadataCreate, MetadataDelete, NonData, Uncategorized.',
    ],
    [
      'a name where an id is asked',
      (p) => (p.applications[0].local_users[0].groups = ['Sales']),
      'There is no local group "Sales".',
      'One has that name, but ids are in use, and references name ids: use "g2".',
    ],
    [
      'a reference with a slip',
      (p) => (p.identity_to_permissions[0].application_permissions[0].permission = 'raed'),
      'There is no permission "raed". Did you mean "read"?',
      'Add the permission, or take the reference out.',
    ],
    [
      'a reference with a slip, to a name with capitals',
      (p) => (p.identity_to_permissions[0].application_permissions[0].application = 'Shpo EU'),
      'There is no application "Shpo EU". Did you mean "Shop EU"?',
      'Add the application, or take the reference out.',
    ],
    [
      'an id that is there twice',
      (p) => p.applications[0].local_groups.push({ id: 'G1', name: 'Other' }),
      'There is more than one local group "G1"; keys are compared without regard to case.',
      'Remove one, or give it another id.',
    ],
    [
      'a name that is there twice',
      (p) => p.permissions.push({ name: 'READ', permission_type: [] }),
      'There is more than one permission "READ"; keys are compared without regard to case.',
      'Remove or rename one, or use ids where such entities may have them.',
    ],
    [
      'a circle',
      (p) => (p.applications[0].local_groups[0].groups = ['g2']),
      'These local groups contain each other in a circle: "g1", "g2".',
      'Take one of the references out, so that what each contains is finite.',
    ],
    [
      'ids on some',
      (p) => p.applications[0].local_users.push({ name: 'x' }),
      'Ids are used on 6 of the users, groups and roles and missing on 1, of which this is the first.',
      'Give every one of the users, groups and roles an id (it may equal the name), or none.',
    ],
    [
      'an undefined property',
      (p) => (p.applications[0].local_users[0].custom_properties.flor = 1),
      'The custom property "flor" is not defined for this kind of entity. Did you mean "floor"?',
      'Define it in $.custom_property_definition.applications[0].local_user_properties; definitions must be in every push.',
    ],
    [
      'a bad timestamp',
      (p) => (p.applications[0].local_users[0].created_at = 'now'),
      '"now" is not an RFC 3339 timestamp.',
      'Write it like "2026-01-31T09:00:00Z", with Z or an offset.',
    ],
  ];
  test.each(messages)('%s', (_, spoil, message, hint) => {
    const payload = completePayload();
    spoil(payload);
    const [first] = validate(payload).filter(({ code }) => code !== 'dangling-user');
    expect([first?.message, first?.hint]).toStrictEqual([message, hint]);
  });
});
