import { samplePayload } from '../test-support.ts';
import { type Entity, payloadRefusal } from './payload-refusal.ts';
import type { Refusal } from './refusal.ts';

const nested = (depth: number): Entity =>
  depth === 0
    ? { name: 'r', resource_type: 't' }
    : { name: 'r', resource_type: 't', sub_resources: [nested(depth - 1)] };

export const entityRefusals: Refusal[] = [
  payloadRefusal(
    'a group in itself (1.1.5)',
    samplePayload({ local_groups: [{ name: 'staff', groups: ['staff'] }] }),
    'applications.local_groups.groups',
    'groups: staff',
  ),
  payloadRefusal(
    'groups in a circle (1.1.5)',
    samplePayload({
      local_groups: [
        { name: 'staff', groups: ['b'] },
        { name: 'b', groups: ['staff'] },
      ],
    }),
    'applications.local_groups.groups',
    '"b"',
  ),
  payloadRefusal(
    'a parent group that does not exist (1.1.5)',
    samplePayload({ local_groups: [{ name: 'staff', groups: ['ghosts'] }] }),
    'applications.local_groups.groups',
    'groups: ghosts',
  ),
  payloadRefusal(
    'a role in itself (1.1.6)',
    samplePayload({ local_roles: [{ name: 'reader', roles: ['reader'] }] }),
    'applications.local_roles.roles',
    'roles: reader',
  ),
  payloadRefusal(
    'a child role that does not exist (1.1.6)',
    samplePayload({ local_roles: [{ name: 'reader', roles: ['ghost'] }] }),
    'applications.local_roles.roles',
    'roles: ghost',
  ),
  payloadRefusal(
    'a permission of a role that does not exist (1.1.6)',
    samplePayload({ local_roles: [{ name: 'reader', permissions: ['fly'] }] }),
    'applications.local_roles.permissions',
    'permissions: fly',
  ),
  payloadRefusal(
    'a credential without an id (1.1.7)',
    samplePayload({ local_access_creds: [{ name: 'Key' }] }),
    'applications.local_access_creds.id',
    'missing',
  ),
  payloadRefusal(
    'a credential with an empty name (1.1.7)',
    samplePayload({ local_access_creds: [{ id: 'k', name: '' }] }),
    'applications.local_access_creds.name',
    'empty',
  ),
  payloadRefusal(
    'a resource without a type (1.1.8)',
    samplePayload({ resources: [{ name: 'r' }] }),
    'applications.resources.resource_type',
    'missing',
  ),
  payloadRefusal(
    'two resources of one name under one parent (1.1.8)',
    samplePayload({
      resources: [
        { name: 'r', resource_type: 't' },
        { name: 'R', resource_type: 't' },
      ],
    }),
    'applications.resources',
    '"R"',
  ),
  payloadRefusal(
    'a connection without a node type (1.1.8)',
    samplePayload({ resources: [{ name: 'r', resource_type: 't', connections: [{ id: 'x' }] }] }),
    'applications.resources.connections.node_type',
    'missing',
  ),
  payloadRefusal(
    'resources nested too deeply (1.1.8)',
    samplePayload({ resources: [nested(300)] }),
    `applications.resources${'.sub_resources'.repeat(20)}`.slice(0, 200).concat('...'),
    'deep',
  ),
  payloadRefusal(
    'a permission without effects (1.1.9)',
    { ...samplePayload(), permissions: [{ name: 'read' }] },
    'permissions.permission_type',
    'missing',
  ),
  payloadRefusal(
    'an effect that does not exist (1.0.4)',
    { ...samplePayload(), permissions: [{ name: 'read', permission_type: ['dataread'] }] },
    'permissions.permission_type',
    'permission_type: dataread',
  ),
  payloadRefusal(
    'two permissions of one name (1.1.9)',
    {
      ...samplePayload(),
      permissions: [
        { name: 'read', permission_type: [] },
        { name: 'READ', permission_type: [] },
      ],
    },
    'permissions',
    '"READ"',
  ),
];
