import { describe, expect, test } from 'vitest';
import { mapApplication, mapRows } from './test-mapping.ts';

const definitions = `properties:
  user: { department: STRING, badge: NUMBER, remote: BOOLEAN, skills: STRING_LIST, hired: TIMESTAMP }
  group: { cost: STRING }
  role: { level: NUMBER }
  accessCredential: { scope: STRING }`;

describe('a user', () => {
  test('has every field that the mapping names, in the form of the tenant', async () => {
    const { local_users } = await mapApplication(
      `user: { id: id, name: name, email: mail, identities: [mail, alias], isActive: on, userType: kind,
        createdAt: d, lastLoginAt: d, deactivatedAt: d, passwordLastChangedAt: d,
        properties: { department: dep, badge: n, Remote: on, skills: { column: skills, list: ";" }, hired: d },
        tags: { team: dep }, owners: [{ externalId: boss, ownerType: { value: OktaUser }, primary: true }, { externalId: boss, ownerType: { value: OktaUser } }, { externalId: none }] }`,
      'id,name,mail,alias,on,kind,d,dep,n,skills,boss,none\n1,Jane,j@x,J@X,yes,Human,2026-01-31,Ops,7,a;b;a,b@x,\n',
      definitions,
    );
    const day = '2026-01-31T00:00:00Z';
    expect(local_users).toEqual([
      {
        id: '1',
        name: 'Jane',
        email: 'j@x',
        identities: ['j@x', 'J@X'],
        is_active: true,
        created_at: day,
        last_login_at: day,
        deactivated_at: day,
        password_last_changed_at: day,
        user_type: 'human',
        tags: [{ key: 'team', value: 'Ops' }],
        owners: [{ external_id: 'b@x', owner_type: 'OktaUser', primary: true }],
        custom_properties: { department: 'Ops', badge: 7, remote: true, skills: ['a', 'b'], hired: day },
      },
    ]);
  });

  test('has no keys for empty cells', async () => {
    const { local_users } = await mapApplication(
      `user: { name: name, email: e, identities: e, isActive: e, createdAt: e, userType: e, groups: e, properties: { department: e }, tags: { t: e }, owners: [{ externalId: e }] }`,
      'name,e\nJane,\n',
      definitions,
    );
    expect(local_users).toEqual([{ name: 'Jane' }]);
  });

  test('is named by its id where it has no name', async () => {
    const { local_users } = await mapApplication('user: { id: id, name: name }', 'id,name\n1,\n');
    expect(local_users).toEqual([{ id: '1', name: '1' }]);
  });
});

test('a group has every field that the mapping names', async () => {
  const { local_groups } = await mapApplication(
    'group: { id: id, name: name, identities: alias, createdAt: d, properties: { cost: c }, tags: { t: c } }',
    'id,name,alias,d,c\n1,Ops,ops@x,2026-01-31,9\n',
    definitions,
  );
  expect(local_groups).toEqual([
    {
      id: '1',
      name: 'Ops',
      identities: ['ops@x'],
      created_at: '2026-01-31T00:00:00Z',
      custom_properties: { cost: '9' },
      tags: [{ key: 't', value: '9' }],
    },
  ]);
});

test('a role adds up its permissions over rows', async () => {
  const { local_roles, permissions } = await mapApplication(
    '{ permission: { name: p, effects: { column: e, list: true } } }, { role: { name: r, permissions: p, properties: { level: n } } }',
    'r,p,e,n\nadmin,read,dataREAD,1\nadmin,write,"DataWrite, DataCreate",1\nadmin,read,DataRead,1\n',
    definitions,
  );
  const others = { apply_to_sub_resources: false, resource_types: [] };
  expect(local_roles).toEqual([{ name: 'admin', permissions: ['read', 'write'], custom_properties: { level: 1 } }]);
  expect(permissions).toEqual([
    { name: 'read', permission_type: ['DataRead'], ...others },
    { name: 'write', permission_type: ['DataWrite', 'DataCreate'], ...others },
  ]);
});

test('a permission has effects, whether it reaches down, and the types that it is for', async () => {
  const { permissions } = await mapApplication(
    'permission: { name: p, effects: { columns: [e, f] }, applyToSubResources: down, resourceTypes: { column: t, list: true } }',
    'p,e,f,down,t\nread,,NonData,yes,"db,table"\n',
  );
  expect(permissions).toEqual([
    { name: 'read', permission_type: ['NonData'], apply_to_sub_resources: true, resource_types: ['db', 'table'] },
  ]);
});

test('an access credential is active unless told otherwise, and belongs to users named from either side', async () => {
  const { local_access_creds, local_users } = await mapApplication(
    `{ user: { name: user, accessCredentials: key } },
     { accessCredential: { id: key, name: label, isActive: on, canExpire: can, createdAt: d, expiresAt: d, lastUsedAt: d, users: second, properties: { scope: label } } },
     { user: { name: second, when: { column: second, empty: false } } }`,
    'user,key,label,on,can,d,second\njane,k1,CI,no,yes,2026-01-31,joe\njane,k2,,,,,\n',
    definitions,
  );
  const day = '2026-01-31T00:00:00Z';
  expect(local_access_creds).toEqual([
    {
      id: 'k1',
      name: 'CI',
      is_active: false,
      can_expire: true,
      created_at: day,
      expires_at: day,
      last_used_at: day,
      custom_properties: { scope: 'CI' },
    },
    { id: 'k2', name: 'k2', is_active: true },
  ]);
  expect(local_users).toEqual([
    { name: 'jane', access_creds: ['k1', 'k2'] },
    { name: 'joe', access_creds: ['k1'] },
  ]);
});

describe('ids', () => {
  test('are given to all users, groups and roles as soon as one of them has one', async () => {
    const application = await mapApplication(
      '{ user: { id: user, name: label } }, { group: { name: group } }, { role: { name: group, permissions: { names: group, unknown: create } } }, { accessCredential: { id: group } }',
      'user,label,group\n1,Jane,id-Ops\n',
    );
    expect(application.local_users).toEqual([{ id: '1', name: 'Jane' }]);
    expect(application.local_groups).toEqual([{ id: 'id-Ops', name: 'id-Ops' }]);
    expect(application.local_roles).toEqual([{ id: 'id-Ops', name: 'id-Ops', permissions: ['id-Ops'] }]);
  });

  test('are given to what is made for a reference, too', async () => {
    const { local_groups } = await mapApplication(
      'user: { id: user, groups: { names: group, unknown: create } }',
      'user,group\n1,"a ""b"" {""id"":"\n',
    );
    expect(local_groups).toEqual([{ id: 'a "b" {"id":', name: 'a "b" {"id":' }]);
  });

  test('are on no entity when none has one', async () => {
    const { local_users } = await mapApplication('user: { name: user }', 'user\nid\n');
    expect(local_users).toEqual([{ name: 'id' }]);
  });
});

describe('rows of one entity', () => {
  const csv = 'user,mail,role\nJane,j@x,a\nJANE,j@x,b\nJane,,c\n';
  const item = (conflicts: string) =>
    `user: { name: user, email: mail${conflicts}, roles: [{ role: { names: role, unknown: create } }] }`;

  test('set its values once and add links; empty cells and other spellings of the key say nothing', async () => {
    const { local_users, grants, said } = await mapApplication(item(''), csv);
    expect(local_users).toEqual([{ name: 'Jane', email: 'j@x' }]);
    expect(grants?.[0]?.role_assignments?.map(({ role }) => role)).toEqual(['a', 'b', 'c']);
    expect(said).toEqual([]);
  });

  test('with other values are errors that say what differs, and where it came from', async () => {
    const { said, diagnostics } = await mapRows(item(''), csv.replace('JANE,j@x', 'JANE,o@x'));
    expect(said).toEqual([
      'rows.csv:3 The user "JANE" was given with other values in rows.csv:2: email is "o@x" and was "j@x".',
    ]);
    expect(diagnostics[0]?.hint).toBe(
      'The first row sets the values. Make the rows equal, give the entities different keys, or say conflicts: warning.',
    );
  });

  test('may be told to give a warning, or nothing: the first row stands', async () => {
    const other = 'user,mail,role\nJane,,a\nJane,j@x,b\n';
    const warned = await mapApplication(item(', conflicts: warning'), other);
    expect(warned.said).toEqual([
      'rows.csv:3 warning: The user "Jane" was given with other values in rows.csv:2: email is "j@x" and was not given.',
    ]);
    const ignored = await mapApplication(item(', conflicts: ignore'), other);
    expect(ignored.said).toEqual([]);
    for (const { local_users, grants } of [warned, ignored]) {
      expect(local_users).toEqual([{ name: 'Jane' }]);
      expect(grants?.[0]?.role_assignments?.length).toBe(2);
    }
  });

  test('differ in one property, and only that is named', async () => {
    const { said } = await mapRows(
      'user: { name: user, properties: { department: a, badge: b } }',
      'user,a,b\nJane,x,1\nJane,x,2\n',
      definitions,
    );
    expect(said).toEqual([
      'rows.csv:3 The user "Jane" was given with other values in rows.csv:2: badge is 2 and was 1.',
    ]);
  });

  test('a property that is called constructor is not given unless it is given', async () => {
    const { said } = await mapRows(
      'user: { name: user, properties: { constructor: a, b: b } }',
      'user,a,b\nJane,,1\nJane,x,1\n',
      'properties: { user: { constructor: STRING, b: STRING } }',
    );
    expect(said).toEqual([
      'rows.csv:3 The user "Jane" was given with other values in rows.csv:2: constructor is "x" and was not given.',
    ]);
  });
});

test('links keep the spelling of the entity that they name', async () => {
  const { local_users } = await mapApplication(
    '{ user: { name: user, groups: group } }, { group: { name: team } }',
    'user,group,team\njane,OPS,Ops\n',
  );
  expect(local_users).toEqual([{ name: 'jane', groups: ['Ops'] }]);
});
