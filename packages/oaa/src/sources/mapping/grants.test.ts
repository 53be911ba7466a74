import { describe, expect, test } from 'vitest';
import { mapApplication, mapRows } from './test-mapping.ts';

const head = `permissions: [{ name: read, effects: [DataRead] }, { name: write, effects: [DataWrite] }]
roles: [{ name: admin, permissions: [write] }, { name: viewer, id: viewer, permissions: [read] }]
properties: { roleAssignment: { until: TIMESTAMP, reason: STRING } }`;
const resources = '{ resource: { path: db, type: { value: db }, when: { column: db, empty: false } } }';

describe('grants', () => {
  test('are on the application or on resources, and targets add up over rows', async () => {
    const { grants } = await mapApplication(
      `${resources}, { user: { name: user, permissions: [{ permission: p, on: { resources: db } }] } },
       { assignment: { user: user, permissions: [{ permission: p }], when: { column: all, equals: yes } } }`,
      'user,p,db,all\njane,read,a,no\njane,read,b,no\njane,READ,a,yes\njane,write,a,no\n',
      head,
    );
    expect(grants).toEqual([
      {
        identity: 'jane',
        identity_type: 'local_user',
        application_permissions: [
          { application: 'Shop', permission: 'read', apply_to_application: true },
          { application: 'Shop', permission: 'read', resources: ['a', 'b'] },
          { application: 'Shop', permission: 'write', resources: ['a'] },
        ],
      },
    ]);
  });

  test('are given to users, groups, identities and credentials, in this order', async () => {
    const { grants } = await mapApplication(
      `{ accessCredential: { id: x, permissions: [{ permission: p }] } }, { idpIdentity: { name: x, permissions: [{ permission: p }] } },
       { group: { name: x, permissions: [{ permission: p }] } }, { user: { name: x, roles: [{ role: r }] } },
       { assignment: { idpIdentity: [x, y], roles: [{ role: r }] } }`,
      'x,y,p,r\na,b,read,admin\n',
      head,
    );
    const application_permissions = [{ application: 'Shop', permission: 'read', apply_to_application: true }];
    const role_assignments = [{ application: 'Shop', role: 'admin', apply_to_application: true }];
    expect(grants).toEqual([
      { identity: 'a', identity_type: 'local_user', role_assignments },
      { identity: 'a', identity_type: 'local_group', application_permissions },
      { identity: 'a', identity_type: 'idp', application_permissions, role_assignments },
      { identity: 'b', identity_type: 'idp', role_assignments },
      { identity: 'a', identity_type: 'local_access_creds', application_permissions },
    ]);
  });

  test('of a cell that names no resource are errors: they do not widen to the application', async () => {
    const { said, diagnostics } = await mapRows(
      'user: { name: user, permissions: [{ permission: p, on: { resources: db } }] }',
      'user,p,db\njane,read,\n',
      head,
    );
    expect(said).toEqual(['rows.csv:2:db The row gives the permission read and names no resource to give it on.']);
    expect(diagnostics[0]?.hint).toBe(
      'Fill the column; or take the row out with "when"; on: application gives it on everything.',
    );
  });

  test('on resources that nobody knows are left out with a warning, and do not widen either', async () => {
    const { grants, said } = await mapApplication(
      `${resources}, { user: { name: user, roles: [{ role: r, on: { resources: { names: on, unknown: warning } } }] } }`,
      'user,r,db,on\njane,admin,a,b\njoe,admin,,a\n',
      head,
    );
    expect(said).toEqual(['rows.csv:2:on warning: There is no resource "b". Did you mean "a"?']);
    expect(grants?.map(({ identity }) => identity)).toEqual(['joe']);
  });

  test('do not make resources: that is a problem of the mapping', async () => {
    const { said } = await mapRows(
      'user: { name: user, roles: [{ role: user, on: { resources: { names: user, unknown: create } } }] }',
      'user\nx\n',
    );
    expect(said).toEqual(['mapping.yaml:5:94 Resources are not made from a name alone: they have a type.']);
  });

  test('may depend on the row', async () => {
    const { grants, said } = await mapApplication(
      `user: { name: user, permissions: [{ permission: { value: write }, when: { column: w, equals: "yes" } }] }`,
      'user,w\njane,yes\njoe,no\n',
      head,
    );
    expect(grants?.map(({ identity }) => identity)).toEqual(['jane']);
    expect(said).toEqual([]);
  });
});

describe('role assignments', () => {
  const map = `${resources}, { user: { name: user, roles: [{ role: role, on: { resources: db }, properties: { until: until, Reason: why } }] } }`;

  test('have properties, which rows of one assignment complete', async () => {
    const { grants } = await mapApplication(
      map,
      'user,role,db,until,why\njane,admin,a,2026-01-31,\njane,admin,b,,x\njane,admin,a,2026-01-31,x\n',
      head,
    );
    expect(grants?.[0]?.role_assignments).toEqual([
      {
        application: 'Shop',
        role: 'admin',
        apply_to_application: false,
        resources: ['a', 'b'],
        custom_properties: { until: '2026-01-31T00:00:00Z', reason: 'x' },
      },
    ]);
  });

  test('with other properties in a later row are errors', async () => {
    const { said } = await mapRows(map, 'user,role,db,until,why\njane,admin,a,,x\njane,admin,b,,y\n', head);
    expect(said).toEqual([
      'rows.csv:3 The role "admin" was given to the user "jane" with other properties in rows.csv:2: reason is "y" and was "x".',
    ]);
  });

  test('with a property that is not defined are a problem of the mapping', async () => {
    const { said } = await mapRows(map.replace('until: until', 'untill: until'), 'user,role,db,until,why\n', head);
    expect(said).toEqual([
      expect.stringMatching(/^mapping.yaml:\d+:\d+ The property "untill" is not defined. Did you mean "until"\?$/),
    ]);
  });
});

describe('an assignment', () => {
  test('that names nobody, or gives nothing, is an error', async () => {
    const { said } = await mapRows(
      'assignment: { user: user, roles: [{ role: { names: role, unknown: create } }] }',
      'user,role\n,admin\njane,\n',
    );
    expect(said).toEqual(['rows.csv:2:user The row names no user.', 'rows.csv:3 The row gives the user jane nothing.']);
  });

  test('that is left out by a when is none', async () => {
    const { said } = await mapApplication(
      '{ user: { name: user } }, { assignment: { user: user, roles: [{ role: { names: role, unknown: create }, when: { column: role, notEquals: none } }] } }',
      'user,role\njane,none\n',
    );
    expect(said).toEqual([]);
  });

  test('of an identity that is given nothing is an error: nothing else would be known of it', async () => {
    const { said } = await mapRows('idpIdentity: { name: user, roles: [{ role: role }] }', 'user,role\njane@x,\n,r\n');
    expect(said).toEqual([
      'rows.csv:2 The row gives the identity jane@x nothing.',
      'rows.csv:3:user The row names no identity.',
    ]);
  });

  test('without roles, permissions and groups is a problem of the mapping', async () => {
    expect((await mapRows('assignment: { user: user }', 'user\nx\n')).said).toEqual([
      'mapping.yaml:5:23 This gives the user nothing.',
    ]);
    expect((await mapRows('idpIdentity: { name: user }', 'user\nx\n')).said).toEqual([
      'mapping.yaml:5:24 This gives the identity nothing.',
    ]);
    expect((await mapRows('assignment: { idpIdentity: user, groups: user }', 'user\nx\n')).said).toEqual([
      'mapping.yaml:5:52 Only users and groups are members of groups.',
    ]);
  });
});

describe('permissions and roles of the mapping', () => {
  test('are there without a row; a role that rows describe is theirs', async () => {
    const { local_roles, permissions } = await mapApplication(
      '{ role: { name: r, permissions: p } }, { permission: { name: p, effects: { value: DataRead } } }',
      'r,p\nADMIN,read\n',
      head,
    );
    expect(permissions?.map(({ name }) => name)).toEqual(['read', 'write']);
    expect(local_roles).toEqual([
      { id: 'ADMIN', name: 'ADMIN', permissions: ['read'] },
      { id: 'viewer', name: 'viewer', permissions: ['read'] },
    ]);
  });

  test('may not be contradicted by a row', async () => {
    const { said } = await mapRows('permission: { name: p, effects: e }', 'p,e\nread,DataWrite\n', head);
    expect(said).toEqual([
      'rows.csv:2 The permission "read" was given with other values in mapping.yaml:2: permission_type is ["DataWrite"] and was ["DataRead"].',
    ]);
  });

  test('are described once, and name permissions that are there', async () => {
    const twice = `permissions: [{ name: a, effects: [] }, { name: A, effects: [] }]\nroles: [{ name: r }, { name: x, id: R }]`;
    expect((await mapRows('user: { name: u }', 'u\nx\n', twice)).said).toEqual([
      'mapping.yaml:2:49 The permission "A" is described twice.',
      'mapping.yaml:3:22 The role "R" is described twice.',
    ]);
    const dangling = 'roles:\n  - name: r\n    permissions: [reed]\npermissions: [{ name: read, effects: [DataRead] }]';
    const { said, error } = await mapRows('user: { name: u }', 'u\nx\n', dangling);
    expect(said).toEqual(['mapping.yaml:4 There is no permission "reed". Did you mean "read"?']);
    expect(error?.message).toBe('The mapping names what nothing describes. Nothing was written.');
  });
});
