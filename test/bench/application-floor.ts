// The floor: the least that a program must do to make these bytes. Plain literals, one JSON.stringify, one gzip. It does
// not change when the builder does.
import { gzipSync } from 'node:zlib';
import { report } from './measure.ts';
import { linksOf, shape } from './shape.ts';

await report(async () => {
  const users = [];
  const grants = [];
  for (let number = 0; number < shape.users; number += 1) {
    const links = linksOf(number);
    users.push({
      id: `u${number}`,
      name: `User ${number}`,
      email: `user${number}@example.com`,
      identities: [`user${number}@example.com`],
      groups: links.groups.map((group) => `g${group}`),
      is_active: true,
      created_at: '2024-01-01T00:00:00.000Z',
    });
    grants.push({
      identity: `u${number}`,
      identity_type: 'local_user',
      application_permissions: [{ application: 'Bench', resources: [`r${links.resource}`], permission: 'read' }],
      role_assignments: [{ application: 'Bench', role: `role${links.role}`, apply_to_application: true }],
    });
  }
  const groups = [];
  for (let number = 0; number < shape.groups; number += 1) groups.push({ id: `g${number}`, name: `Group ${number}` });
  const roles = [];
  for (let number = 0; number < shape.roles; number += 1) {
    roles.push({ id: `role${number}`, name: `Role ${number}`, permissions: ['read'] });
  }
  const resources = [];
  for (let number = 0; number < shape.resources; number += 1) {
    resources.push({ id: `r${number}`, name: `Resource ${number}`, resource_type: 'folder' });
  }
  const json = JSON.stringify({
    custom_property_definition: { applications: [{ application_type: 'Bench' }] },
    applications: [
      {
        name: 'Bench',
        application_type: 'Bench',
        description: null,
        local_users: users,
        local_groups: groups,
        local_roles: roles,
        local_access_creds: [],
        tags: [],
        custom_properties: {},
        resources,
      },
    ],
    permissions: [{ name: 'read', permission_type: ['DataRead'], apply_to_sub_resources: false, resource_types: [] }],
    identity_to_permissions: grants,
  });
  const compressed = gzipSync(json, { level: 6 });
  return { json: [json], gzipBytes: compressed.length };
});
