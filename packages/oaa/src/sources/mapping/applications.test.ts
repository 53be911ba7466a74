import { describe, expect, test } from 'vitest';
import { mapRows, runBoth } from './test-mapping.ts';

test('the application has the description, tags and properties of the mapping', async () => {
  const { wire } = await runBoth(
    `application: { name: " Shop ", type: Shop, description: d, tags: { env: prod }, properties: { region: eu, Size: 5, live: true, zones: [a] } }
properties: { application: { region: STRING, size: NUMBER, live: BOOLEAN, zones: STRING_LIST } }
sources: [{ file: rows.csv, map: [{ user: { name: user } }] }]`,
    { 'rows.csv': 'user\njane\n' },
  );
  expect(wire).toEqual({
    custom_property_definition: {
      applications: [
        {
          application_type: 'Shop',
          application_properties: { region: 'STRING', size: 'NUMBER', live: 'BOOLEAN', zones: 'STRING_LIST' },
        },
      ],
    },
    applications: [
      {
        name: 'Shop',
        application_type: 'Shop',
        description: 'd',
        local_users: [{ name: 'jane' }],
        local_groups: [],
        local_roles: [],
        local_access_creds: [],
        tags: [{ key: 'env', value: 'prod' }],
        custom_properties: { region: 'eu', size: 5, live: true, zones: ['a'] },
        resources: [],
      },
    ],
    permissions: [],
    identity_to_permissions: [],
  });
});

describe('several applications by a column', () => {
  const map = (application: string) =>
    `{ user: { application: ${application}, name: user, groups: group, roles: [{ role: role }] } },
     { group: { application: ${application}, name: group } }, { role: { application: ${application}, name: role, permissions: p } },
     { permission: { name: p, effects: { value: DataRead } } }`;
  const csv = 'app,user,group,role,p\nEU,jane,Ops,admin,read\nUS,jane,ops,admin,read\neu,joe,Ops,admin,read\n';

  test('have entities of their own and share permissions; an identity has one entry for its grants', async () => {
    const { wire } = await mapRows(map('app'), csv);
    expect(wire?.applications.map(({ name, local_users }) => [name, local_users])).toEqual([
      [
        'EU',
        [
          { name: 'jane', groups: ['Ops'] },
          { name: 'joe', groups: ['Ops'] },
        ],
      ],
      ['US', [{ name: 'jane', groups: ['ops'] }]],
    ]);
    expect(wire?.permissions?.map(({ name }) => name)).toEqual(['read']);
    const assigned = (application: string) => ({ application, role: 'admin', apply_to_application: true });
    expect(wire?.identity_to_permissions).toEqual([
      { identity: 'jane', identity_type: 'local_user', role_assignments: [assigned('EU'), assigned('US')] },
      { identity: 'joe', identity_type: 'local_user', role_assignments: [assigned('EU')] },
    ]);
  });

  test('have the roles of the mapping, all of them', async () => {
    const { wire } = await mapRows('user: { application: app, name: user }', csv, 'roles: [{ name: viewer }]');
    expect(wire?.applications.map(({ local_roles }) => local_roles)).toEqual([
      [{ name: 'viewer' }],
      [{ name: 'viewer' }],
    ]);
  });

  test('stand beside the one of the mapping where a cell is empty and has a default', async () => {
    const { wire } = await mapRows(map('{ column: app, default: Shop }'), `${csv},max,x,admin,read\n`);
    expect(wire?.applications.map(({ name }) => name)).toEqual(['EU', 'US', 'Shop']);
  });

  test('are named by every row: an empty cell is an error', async () => {
    const { said } = await mapRows('user: { application: app, name: user }', 'app,user\n,jane\n');
    expect(said).toEqual(['rows.csv:2:app The row names no application.']);
  });

  test('keep their references to themselves', async () => {
    const { said } = await mapRows(
      '{ user: { application: app, name: user, groups: g } }, { group: { application: { value: US }, name: g } }',
      'app,user,g\nEU,jane,Ops\n',
    );
    expect(said).toEqual(['rows.csv:2:g There is no group "Ops".']);
  });
});
