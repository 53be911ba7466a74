import { describe, expect, test } from 'vitest';
import { mapApplication, mapRows, runBoth } from './test-mapping.ts';

describe('memberships', () => {
  test('come from the member, from the group, and from rows that only say so', async () => {
    const { local_users, local_groups } = await mapApplication(
      `{ user: { name: user, groups: { column: g1, list: true } } },
       { group: { name: group, members: { column: m, list: true }, groups: parent } },
       { assignment: { user: user, groups: g2, when: { column: g2, empty: false } } },
       { assignment: { group: group, groups: g2, when: { column: group, equals: C } } }`,
      'user,g1,group,m,parent,g2\njane,"A,B",A,joe,B,C\njoe,,B,"jane,joe",,\nmax,,C,,,A\n',
    );
    expect(local_users).toEqual([
      { name: 'jane', groups: ['A', 'B', 'C'] },
      { name: 'joe', groups: ['A', 'B'] },
      { name: 'max', groups: ['A'] },
    ]);
    expect(local_groups).toEqual([{ name: 'A', groups: ['B'] }, { name: 'B' }, { name: 'C', groups: ['A'] }]);
  });

  test('of a group in itself, or in a circle, are errors', async () => {
    const { said } = await mapRows('group: { name: g, groups: p }', 'g,p\nA,a\nB,C\nC,D\nD,B\n');
    expect(said).toEqual([
      'rows.csv:2:p The group "A" names itself.',
      'rows.csv:3:p These groups contain each other in a circle: "B", "C", "D".',
    ]);
  });
});

describe('a reference that names nothing', () => {
  const csv = 'user,group\njane,Opz\njoe,Ops\n';
  const map = (groups: string) =>
    `{ user: { name: user, groups: ${groups} } }, { group: { name: group, when: { column: group, equals: Ops } } }`;

  test('is an error with its place and the nearest name', async () => {
    const { said, diagnostics } = await mapRows(map('group'), csv);
    expect(said).toEqual(['rows.csv:2:group There is no group "Opz". Did you mean "Ops"?']);
    expect(diagnostics[0]).toMatchObject({
      code: 'dangling-group',
      path: '$.sources[0].map[0].user.groups',
      hint: 'Describe it in a source; or say what to do: { names: ..., unknown: warning } leaves the reference out, create makes it.',
    });
  });

  test('may be left out with a warning', async () => {
    const { local_users, said } = await mapApplication(map('{ names: group, unknown: warning }'), csv);
    expect(local_users).toEqual([{ name: 'jane' }, { name: 'joe', groups: ['Ops'] }]);
    expect(said).toEqual(['rows.csv:2:group warning: There is no group "Opz". Did you mean "Ops"?']);
  });

  test('may make what it names', async () => {
    const { local_users, local_groups } = await mapApplication(map('{ names: group, unknown: create }'), csv);
    expect(local_users).toEqual([
      { name: 'jane', groups: ['Opz'] },
      { name: 'joe', groups: ['Ops'] },
    ]);
    expect(local_groups).toEqual([{ name: 'Ops' }, { name: 'Opz' }]);
  });

  test('is found on both sides of an assignment, in every kind', async () => {
    const { said } = await mapRows(
      `{ assignment: { user: a, groups: b } }, { assignment: { group: a, roles: [{ role: b }] } },
       { assignment: { accessCredential: a, permissions: [{ permission: b, on: { resources: c } }] } },
       { role: { name: r, permissions: b, roles: c } }, { user: { name: r, accessCredentials: b } }`,
      'a,b,c,r\nx,y,z,w\n',
    );
    expect(said).toEqual(
      [
        'rows.csv:2:a There is no user "x".',
        'rows.csv:2:b There is no group "y".',
        'rows.csv:2:b There is no access credential "y".',
        'rows.csv:2:c There is no role "z".',
        'rows.csv:2:a There is no group "x".',
        'rows.csv:2:b There is no role "y".',
        'rows.csv:2:a There is no access credential "x".',
        'rows.csv:2:b There is no permission "y".',
        'rows.csv:2:c There is no resource "z".',
        'rows.csv:2:b There is no permission "y".',
      ].map((line) => expect.stringContaining(line)),
    );
  });
});

test('the order of the sources does not matter: what comes later may be named before', async () => {
  const sources = [
    '{ file: users.csv, map: [{ user: { id: id, groups: group, roles: [{ role: role, on: { resources: db } }] } }] }',
    '{ file: groups.csv, map: [{ group: { id: id } }] }',
    '{ file: roles.csv, map: [{ role: { id: id, permissions: p } }] }',
    '{ file: permissions.csv, map: [{ permission: { name: id, effects: { value: DataRead } } }] }',
    '{ file: dbs.csv, map: [{ resource: { path: { column: id, list: "." }, type: { value: db }, parentTypes: [server] } }] }',
  ];
  const files = {
    'users.csv': 'id,group,role,db\nu1,G,R,s.d\n',
    'groups.csv': 'id\ng\n',
    'roles.csv': 'id,p\nr,P\n',
    'permissions.csv': 'id\np\n',
    'dbs.csv': 'id\nS.D\n',
  };
  const run = async (order: string[]) => {
    const { wire, said } = await runBoth(
      `application: { name: Shop, type: Shop }\nsources: [${order.join(', ')}]`,
      files,
    );
    expect(said).toEqual([]);
    return wire;
  };
  const wire = await run(sources);
  expect(await run([...sources].reverse())).toEqual(wire);
  expect(wire?.applications[0]).toMatchObject({
    local_users: [{ id: 'u1', groups: ['g'] }],
    local_roles: [{ id: 'r', permissions: ['p'] }],
  });
  expect(wire?.identity_to_permissions).toEqual([
    {
      identity: 'u1',
      identity_type: 'local_user',
      role_assignments: [{ application: 'Shop', role: 'r', apply_to_application: false, resources: ['S.D'] }],
    },
  ]);
});

test('several sources describe one kind, and one entity is described in one of them only, or equally', async () => {
  const mapping = (second: string) =>
    `application: { name: Shop, type: Shop }\nsources:\n  - { file: a.csv, map: [{ user: { id: id, name: name } }] }\n  - { file: b.csv, map: [{ user: { ${second} } }] }`;
  const files = { 'a.csv': 'id,name\n1,Jane\n2,Joe\n', 'b.csv': 'id,name\n2,Joseph\n3,Max\n' };
  const same = await runBoth(mapping('id: id'), { ...files, 'b.csv': 'id,name\n3,Max\n' });
  expect(same.wire?.applications[0]?.local_users).toEqual([
    { id: '1', name: 'Jane' },
    { id: '2', name: 'Joe' },
    { id: '3', name: '3' },
  ]);
  const other = await runBoth(mapping('id: id, name: name'), files);
  expect(other.said).toEqual([
    'b.csv:2 The user "2" was given with other values in a.csv:3: name is "Joseph" and was "Joe".',
  ]);
});
