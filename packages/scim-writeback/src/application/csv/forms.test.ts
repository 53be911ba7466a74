import { describe, expect, test } from 'vitest';
import { csvApplication, group, member, newGroup, newUser, user } from './test-csv-application.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const head = 'application: { name: Shop, type: Shop }\n';
const ids = `${head}sources:
  - file: people.csv
    when: { column: state, notEquals: gone }
    map:
      - user:
          when: { column: kind, equals: person }
          id: number
          name: login
          identities: { column: mails, list: " " }
      - group: { when: { column: kind, equals: team }, id: number, name: login }
  - file: members.csv
    map: [{ assignment: { user: who, groups: team } }]
writeBack:
  users:
    file: people.csv
    key: number
    where: { kind: person }
    columns: { number: id, login: userName, mails: { attribute: emails, list: " " } }
    delete: { column: state, value: gone }
  groups:
    file: people.csv
    key: number
    where: { kind: team }
    columns: { number: id, login: displayName }
  memberships:
    users: { file: members.csv, member: who, group: team, newRows: { since: today } }
`;
const peopleFile = 'number,kind,login,mails,state\n1,person,jane,jane@example.com,\n2,team,Sales,,\n1,team,One,,\n';

describe('users and groups with ids, in one file, with a row for each membership', () => {
  const files = { 'people.csv': peopleFile, 'members.csv': 'who,team,since\n1,2,2020\n' };
  const jane = user('jane', {}, '1');

  test('are the inverse of their mapping', async () => {
    const { adapter } = await csvApplication(files, ids);
    await adapter.check();
  });

  test('get their SCIM id where they are new, and all of their addresses', async () => {
    const { apply, file } = await csvApplication(files, ids);
    const emails = [{ value: 'b@example.com' }, { value: 'a@example.com', primary: true }];
    expect(await apply({ type: 'create-user', after: newUser('ada', { emails }) })).toEqual({
      type: 'applied',
      nativeId: 'id-ada',
    });
    expect(await file('people.csv')).toBe(`${peopleFile}id-ada,person,ada,a@example.com b@example.com,\n`);
  });

  test('can be renamed, but not to a name that is taken', async () => {
    const { apply, file } = await csvApplication(files, ids);
    await apply({ type: 'create-user', after: newUser('ada') });
    expect(await apply({ type: 'update-user', before: jane, after: user('june', {}, '1') })).toEqual({
      type: 'applied',
    });
    expect(await file('people.csv')).toContain('1,person,june,jane@example.com,\n');
    expect(
      await apply({ type: 'update-user', before: user('june', {}, '1'), after: user('ADA', {}, '1') }),
    ).toMatchObject({ type: 'refused', kind: 'conflict' });
    expect(await apply({ type: 'update-group', before: group('Sales', '2'), after: group('Shop', '2') })).toEqual({
      type: 'applied',
    });
    expect(await file('people.csv')).toContain('2,team,Shop,,\n');
  });

  test('are told apart where a user and a group have the same key', async () => {
    const { apply, file } = await csvApplication(files, ids);
    await apply({ type: 'delete-group', before: group('One', '1') });
    expect(await file('people.csv')).toBe(peopleFile.replace('1,team,One,,\n', ''));
    expect(await file('members.csv')).toBe('who,team,since\n1,2,2020\n');
  });

  test('have rows for their memberships, each once', async () => {
    const { apply, file, read } = await csvApplication(files, ids);
    await apply({ type: 'create-group', after: newGroup('Night') });
    const night = group('Night', 'id-Night');
    const members = [{ ...member('User', 'jane'), nativeId: '1' }];
    for (const _ of [1, 2])
      expect(await apply({ type: 'add-members', group: night, members })).toEqual({ type: 'applied' });
    expect(await file('members.csv')).toBe('who,team,since\n1,2,2020\n1,id-Night,today\n');
    expect((await read()).users[0]).toMatchObject({ id: '1', groups: ['2', 'id-Night'] });
    await apply({ type: 'remove-members', group: group('Sales', '2'), members });
    expect(await file('members.csv')).toBe('who,team,since\n1,id-Night,today\n');
    expect(await apply({ type: 'add-members', group: night, members: [member('Group', 'Sales')] })).toMatchObject({
      type: 'refused',
      reason: 'The application does not take groups as members of groups',
    });
  });

  test('who is deleted is marked, has no memberships, and does not come back with somebody of the same name', async () => {
    const { apply, file, read } = await csvApplication(files, ids);
    expect(await apply({ type: 'delete-user', before: jane })).toEqual({ type: 'applied' });
    expect(await file('people.csv')).toBe(peopleFile.replace('jane@example.com,', 'jane@example.com,gone'));
    expect(await file('members.csv')).toBe('who,team,since\n');
    expect((await read()).users).toEqual([]);
    expect(await apply({ type: 'update-user', before: jane, after: user('june', {}, '1') })).toMatchObject({
      kind: 'not-found',
    });
    expect(await apply({ type: 'create-user', after: newUser('jane') })).toMatchObject({ nativeId: 'id-jane' });
    expect((await read()).users).toMatchObject([{ id: 'id-jane', name: 'jane' }]);
  });

  test('nobody can be deactivated where no column says it', async () => {
    const { apply } = await csvApplication(files, ids);
    expect(await apply({ type: 'deactivate-user', before: jane, after: user('jane', { active: false }, '1') })).toEqual(
      {
        type: 'refused',
        kind: 'invalid',
        reason: 'people.csv cannot say whether a user is active (writeBack.users.columns)',
      },
    );
  });
});

describe('members in the row of their group', () => {
  const mapping = `${head}sources:
  - file: users.csv
    map: [{ user: { name: login } }]
  - file: teams.csv
    csv: { shortRows: pad }
    map: [{ group: { name: team, members: { column: members, list: "," } } }]
writeBack:
  users: { file: users.csv, key: login, columns: { login: userName } }
  groups: { file: teams.csv, key: team, columns: { team: displayName } }
  memberships: { users: { groupColumn: members, list: "," } }
`;
  const files = { 'users.csv': 'login\njane\nkim\nbo\n', 'teams.csv': 'team,members,note\nAll,"jane, kim",x\nSales\n' };

  test('come and go, also in a row that is short', async () => {
    const { adapter, apply, file, read } = await csvApplication(files, mapping);
    await adapter.check();
    const members = [member('User', 'bo'), member('User', 'kim')];
    expect(await apply({ type: 'add-members', group: group('Sales'), members })).toEqual({ type: 'applied' });
    expect(await apply({ type: 'add-members', group: group('All'), members })).toEqual({ type: 'applied' });
    expect(await file('teams.csv')).toBe('team,members,note\nAll,"jane, kim,bo",x\nSales,"bo,kim",\n');
    await apply({ type: 'delete-user', before: user('kim') });
    expect(await file('teams.csv')).toBe('team,members,note\nAll,"jane,bo",x\nSales,"bo",\n');
    expect((await read()).users.map(({ name, groups }) => [name, groups])).toEqual([
      ['jane', ['All']],
      ['bo', ['All', 'Sales']],
    ]);
  });
});

describe('a column that takes one group', () => {
  const mapping = `${head}sources:
  - file: users.csv
    map: [{ user: { name: login, groups: team } }]
  - file: teams.csv
    map: [{ group: { name: team } }]
writeBack:
  users: { file: users.csv, key: login, columns: { login: userName } }
  groups: { file: teams.csv, key: team, columns: { team: displayName } }
  memberships: { users: { column: team } }
`;
  const files = { 'users.csv': 'login,team\njane,All\nkim,\n', 'teams.csv': 'team\nAll\nSales\n' };

  test('takes no second one', async () => {
    const { adapter, apply, file } = await csvApplication(files, mapping);
    await adapter.check();
    const both = [member('User', 'kim'), member('User', 'jane')];
    expect(await apply({ type: 'add-members', group: group('Sales'), members: both })).toEqual({
      type: 'refused',
      kind: 'conflict',
      reason: 'users.csv: team takes one value, and would have ["All","Sales"]',
    });
    expect(await file('users.csv')).toBe(files['users.csv']);
    expect(await apply({ type: 'add-members', group: group('Sales'), members: both.slice(0, 1) })).toEqual({
      type: 'applied',
    });
    await apply({ type: 'remove-members', group: group('Sales'), members: both });
    expect(await file('users.csv')).toBe('login,team\njane,All\nkim,\n');
  });
});

describe('values in forms of their own', () => {
  const mapping = `${head}properties: { user: { user_type: STRING, department: STRING } }
sources:
  - file: users.csv
    encoding: windows-1252
    csv: { delimiter: ;, columns: [login, type, unit], skipLines: 1, formulaGuard: true }
    map:
      - user:
          name: login
          properties: { user_type: { column: type, map: { E: Employee, C: Contractor } }, department: unit }
writeBack:
  users:
    file: users.csv
    key: login
    columns:
      login: userName
      type: { attribute: userType, map: { Employee: E, Contractor: C } }
      unit: ${enterprise}:department
`;

  test('are written as the sources read them, in the encoding of the file and below its first lines', async () => {
    const { adapter, apply, bytes, read } = await csvApplication(
      { 'users.csv': 'list of users\r\njane;E;\r\n' },
      mapping,
    );
    await adapter.check();
    const after = newUser('Zoë', { userType: 'Contractor', [enterprise]: { department: '=Süd' } });
    expect(await apply({ type: 'create-user', after })).toMatchObject({ type: 'applied' });
    expect((await bytes('users.csv')).toString('latin1')).toBe("list of users\r\njane;E;\r\nZoë;C;'=Süd\r\n");
    expect((await read()).users[1]).toMatchObject({
      custom_properties: { user_type: 'Contractor', department: '=Süd' },
    });
    expect(await apply({ type: 'create-user', after: newUser('名') })).toMatchObject({
      type: 'refused',
      reason: expect.stringContaining('the encoding of the file'),
    });
  });
});
