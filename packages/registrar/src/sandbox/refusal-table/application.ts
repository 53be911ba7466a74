import { samplePayload } from '../test-support.ts';
import { definitionRefusal, payloadRefusal } from './payload-refusal.ts';
import type { Refusal } from './refusal.ts';

export const applicationRefusals: Refusal[] = [
  payloadRefusal('an unknown key at the root (1.0.1)', { ...samplePayload(), colour: 'red' }, 'colour', 'red'),
  payloadRefusal('a payload without applications (1.1.1)', { permissions: [] }, 'applications', 'missing'),
  payloadRefusal('a payload with no application (1.1.1)', { applications: [] }, 'applications', 'no application'),
  payloadRefusal(
    'an unknown key in an application (1.0.1)',
    samplePayload({ bad_property: 'x' }),
    'applications.bad_property',
    'bad_property: x',
  ),
  payloadRefusal(
    'an application without a type (1.1.3)',
    samplePayload({ application_type: undefined }),
    'applications.application_type',
    'missing',
  ),
  payloadRefusal(
    'users that are no list (1.1.3)',
    samplePayload({ local_users: {} }),
    'applications.local_users',
    'list',
  ),
  payloadRefusal(
    'a description of more than 256 bytes (1.0.1)',
    samplePayload({ description: 'ä'.repeat(129) }),
    'applications.description',
    '256 bytes',
  ),
  payloadRefusal(
    'a tag key with a blank (1.0.3)',
    samplePayload({ tags: [{ key: 'a b', value: '' }] }),
    'applications.tags',
    'a b',
  ),
  payloadRefusal(
    'a tag value with a slash (1.0.3)',
    samplePayload({ tags: [{ key: 'a', value: 'b/c' }] }),
    'applications.tags',
    'b/c',
  ),
  payloadRefusal(
    'a tag key of more than 255 bytes (1.0.3)',
    samplePayload({ tags: [{ key: 'k'.repeat(256), value: '' }] }),
    'applications.tags',
    '255 bytes',
  ),
  payloadRefusal(
    'a tag without a value (1.0.3)',
    samplePayload({ tags: [{ key: 'a' }] }),
    'applications.tags.value',
    'missing',
  ),
  payloadRefusal(
    'an owner without an id (1.0.6)',
    samplePayload({ owners: [{ owner_type: 'oktauser' }] }),
    'applications.owners.external_id',
    'missing',
  ),
  payloadRefusal(
    'an application property that is not defined (1.0.2)',
    samplePayload({ custom_properties: { version: '1' } }),
    'applications.custom_properties.version',
    'version: 1',
  ),
  payloadRefusal(
    'two applications of one name (1.0.7)',
    {
      ...samplePayload(),
      applications: [
        { name: 'A', application_type: 't' },
        { name: 'a', application_type: 't' },
      ],
      identity_to_permissions: [],
    },
    'applications',
    '"a"',
  ),
  definitionRefusal(
    'a property name with a digit (1.0.2)',
    { local_user_properties: { level1: 'STRING' } },
    'local_user_properties.level1',
    'level1',
  ),
  definitionRefusal(
    'a property type that does not exist (1.0.2)',
    { local_user_properties: { level: 'DATE' } },
    'local_user_properties.level',
    'DATE',
  ),
  definitionRefusal(
    'one property name for roles and role assignments (1.0.2)',
    { local_role_properties: { owner: 'STRING' }, role_assignment_properties: { owner: 'STRING' } },
    'role_assignment_properties.owner',
    'owner',
  ),
  definitionRefusal(
    'an unknown kind of definitions (1.1.2)',
    { user_properties: {} },
    'user_properties',
    'user_properties',
  ),
];
