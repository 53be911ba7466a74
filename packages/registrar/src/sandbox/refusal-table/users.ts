import { samplePayload } from '../test-support.ts';
import { payloadRefusal, userRefusal } from './payload-refusal.ts';
import type { Refusal } from './refusal.ts';

const users = (...names: string[]) => names.map((name) => ({ name }));

export const userRefusals: Refusal[] = [
  userRefusal('a user without a name (1.1.4)', { name: undefined }, 'name', 'missing'),
  userRefusal('a user with an unknown key (1.1.4)', { colour: 'red' }, 'colour', 'colour: red'),
  userRefusal('a user type that does not exist (1.1.4)', { user_type: 'robot' }, 'user_type', 'robot'),
  userRefusal('is_active that is no boolean (1.1.4)', { is_active: 'yes' }, 'is_active', 'is_active: yes'),
  userRefusal(
    'a timestamp without a zone (1.0.1)',
    { created_at: '2026-01-31 09:00' },
    'created_at',
    '2026-01-31 09:00',
  ),
  userRefusal(
    'a timestamp on a day that does not exist (1.0.1)',
    { last_login_at: '2026-02-30T09:00:00Z' },
    'last_login_at',
    '2026-02-30',
  ),
  userRefusal('a group that does not exist (1.1.4)', { groups: ['ghosts'] }, 'groups', 'groups: ghosts'),
  userRefusal(
    'a credential that does not exist (1.1.4)',
    { access_creds: ['key-9'] },
    'access_creds',
    'access_creds: key-9',
  ),
  userRefusal(
    'a property that is not defined (1.0.2)',
    { custom_properties: { colour: 'red' } },
    'custom_properties.colour',
    'colour: red',
  ),
  userRefusal(
    'a text for a number property (1.0.2)',
    { custom_properties: { level: 'high' } },
    'custom_properties.level',
    'level: high',
  ),
  userRefusal(
    'a bad timestamp property (1.0.2)',
    { custom_properties: { hired_at: 'today' } },
    'custom_properties.hired_at',
    'hired_at: today',
  ),
  userRefusal(
    'a property text of more than 4,096 bytes (1.0.2)',
    { custom_properties: { department: 'x'.repeat(4_097) } },
    'custom_properties.department',
    '4,096',
  ),
  payloadRefusal(
    'two users of one name, whatever the case (1.0.7)',
    samplePayload({ local_users: users('ada', 'ADA') }),
    'applications.local_users',
    '"ADA"',
  ),
  payloadRefusal(
    'ids on some users only (1.0.7)',
    samplePayload({ local_users: [{ id: '1', name: 'ada' }, { name: 'bob' }], local_groups: [], local_roles: [] }),
    'applications.local_users',
    'Ids',
  ),
  payloadRefusal(
    'ids on some resources only (1.0.7)',
    samplePayload({
      resources: [{ id: '1', name: 'a', resource_type: 't', sub_resources: [{ name: 'b', resource_type: 't' }] }],
    }),
    'applications.resources.sub_resources',
    'Ids',
  ),
];
