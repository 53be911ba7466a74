const moment = '2026-01-31T09:00:00Z';

/**
 * A payload for tests that uses every key of the application template and has no problem. Made anew by every call, to be
 * spoilt; typed loosely for that.
 */
// biome-ignore lint/suspicious/noExplicitAny: tests put wrong values anywhere
export function completePayload(): any {
  const attachments = () => ({
    tags: [{ key: 'tag', value: 'a value' }],
    owners: [{ external_id: 'owner@example.com', owner_type: 'OktaUser', primary: true }],
  });
  return {
    custom_property_definition: {
      applications: [
        {
          application_type: 'Shop',
          application_properties: { version: 'STRING' },
          local_user_properties: { floor: 'NUMBER', remote: 'BOOLEAN', hired: 'TIMESTAMP', peers: 'STRING_LIST' },
          local_group_properties: { mail: 'STRING' },
          local_role_properties: { built_in: 'BOOLEAN' },
          role_assignment_properties: { approver: 'STRING' },
          local_access_creds_properties: { scope: 'STRING' },
          resources: [{ resource_type: 'folder', properties: { owner: 'STRING' } }],
        },
      ],
    },
    applications: [
      {
        name: 'Shop EU',
        application_type: 'Shop',
        description: 'A shop',
        local_users: [
          {
            id: 'u1',
            name: 'Jane',
            email: 'jane@example.com',
            identities: ['jane@example.com'],
            groups: ['g1', 'G2'],
            access_creds: ['c1'],
            is_active: true,
            created_at: moment,
            last_login_at: moment,
            deactivated_at: moment,
            password_last_changed_at: moment,
            user_type: 'human',
            custom_properties: { floor: 3, Remote: false, hired: moment, peers: ['u2'] },
            ...attachments(),
          },
          { id: 'u2', name: 'Bob' },
        ],
        local_groups: [
          {
            id: 'g1',
            name: 'Staff',
            identities: ['staff'],
            created_at: moment,
            custom_properties: { mail: 'x' },
            ...attachments(),
          },
          { id: 'g2', name: 'Sales', groups: ['g1'] },
        ],
        local_roles: [
          { id: 'r1', name: 'Reader', permissions: ['READ'], custom_properties: { built_in: true }, ...attachments() },
          { id: 'r2', name: 'Writer', permissions: ['write'], roles: ['r1'] },
        ],
        local_access_creds: [
          {
            id: 'c1',
            name: 'Token',
            is_active: true,
            can_expire: true,
            created_at: moment,
            expires_at: moment,
            last_used_at: moment,
            custom_properties: { scope: 'all' },
            ...attachments(),
          },
        ],
        custom_properties: { version: '1' },
        ...attachments(),
        resources: [
          {
            id: 'f1',
            name: 'Folder',
            resource_type: 'folder',
            description: 'A folder',
            connections: [{ id: 'arn', node_type: 'AWSRole' }],
            custom_properties: { owner: 'jane' },
            ...attachments(),
            sub_resources: [{ id: 'x1', name: 'File', resource_type: 'file' }],
          },
        ],
      },
      { name: 'Shop US', application_type: 'shop', local_users: [{ name: 'Sue' }] },
    ],
    permissions: [
      { name: 'read', permission_type: ['DataRead'], apply_to_sub_resources: true, resource_types: ['folder'] },
      { name: 'write', permission_type: ['DataWrite', 'Uncategorized'] },
    ],
    identity_to_permissions: [
      {
        identity: 'U1',
        identity_type: 'local_user',
        application_permissions: [
          { application: 'Shop EU', permission: 'read', apply_to_application: true },
          { application: 'shop eu', permission: 'Write', resources: ['f1', 'F1.X1'] },
        ],
        role_assignments: [
          {
            application: 'Shop EU',
            role: 'R1',
            apply_to_application: false,
            resources: ['f1.x1'],
            custom_properties: { approver: 'bob' },
          },
        ],
      },
      {
        identity: 'g1',
        identity_type: 'local_group',
        role_assignments: [{ application: 'Shop EU', role: 'r2', apply_to_application: true }],
      },
      {
        identity: 'someone@example.com',
        identity_type: 'idp',
        application_permissions: [{ application: 'Shop US', permission: 'read', apply_to_application: true }],
      },
      {
        identity: 'c1',
        identity_type: 'local_access_creds',
        application_permissions: [{ application: 'Shop EU', permission: 'read', apply_to_application: true }],
      },
      {
        identity: 'r1',
        identity_type: 'local_role',
        application_permissions: [{ application: 'Shop EU', permission: 'read', apply_to_application: true }],
      },
    ],
  };
}
