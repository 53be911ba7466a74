import { expect, test } from 'vitest';
import { expectError, type ScimAnswer } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { coreUser, enterprise } from '../support/scim-urns.ts';

const work = { value: 'jane@work.example', type: 'work', primary: true };
const home = { value: 'jane@home.example', type: 'home' };
const other = { value: 'o@example.com', type: 'other' };
const jane = {
  userName: 'jane',
  title: 'Clerk',
  name: { givenName: 'Jane', familyName: 'Doe' },
  emails: [work, home],
  [enterprise]: { department: 'Sales', manager: { value: 'm1' } },
};

type Change = readonly [operation: object, expected: object];

/** What a client wrote of a resource. */
const written = ({ schemas, id, meta, active, ...rest }: ScimAnswer['body']) => rest;

describeHosts('1.8 PATCH: every form of path', (connect) => {
  /** Jane becomes what is expected, and stays as she is in all else; undefined: it is gone. */
  const changes = async (operation: object, expected: object) => {
    const scim = await connect();
    const { id } = await scim.createUser(jane);
    expect(written(await scim.patched(`/Users/${id}`, operation))).toEqual({ ...jane, ...expected });
  };
  const refused = async (operation: object, scimType: string) => {
    const scim = await connect();
    const before = await scim.createUser(jane);
    expectError(await scim.patch(`/Users/${before.id}`, [operation]), 400, scimType);
    expect(await scim.read(`/Users/${before.id}`)).toEqual(before);
  };

  const value = { title: 'Boss', name: { givenName: 'Joan' }, emails: [other] };
  const merged = { title: 'Boss', name: { givenName: 'Joan', familyName: 'Doe' } };
  test.each<Change>([
    [
      { op: 'add', value },
      { ...merged, emails: [work, home, other] },
    ],
    [
      { op: 'replace', value },
      { ...merged, emails: [other] },
    ],
  ])('#77 no path: %j', changes);

  test.each([{ op: 'remove' }, { op: 'remove', value }])('#77 no path: %j is 400 noTarget', (operation) =>
    refused(operation, 'noTarget'),
  );

  test.each(['add', 'replace'])('#78 %s without a path reads names as paths', (op) =>
    changes(
      {
        op,
        value: {
          'name.givenName': 'Joan',
          [`${coreUser}:title`]: 'Boss',
          [`${enterprise}:department`]: 'Tours',
          'emails[type eq "work"].value': 'new@example.com',
        },
      },
      {
        ...merged,
        emails: [{ ...work, value: 'new@example.com' }, home],
        [enterprise]: { department: 'Tours', manager: { value: 'm1' } },
      },
    ),
  );

  test.each(['add', 'replace'])('#78 %s without a path takes a whole extension', (op) =>
    changes(
      { op, value: { [enterprise]: { division: 'West' } } },
      {
        [enterprise]: { ...jane[enterprise], division: 'West' },
      },
    ),
  );

  test.each<Change>([
    [{ op: 'add', path: 'userName', value: 'joan' }, { userName: 'joan' }],
    [{ op: 'replace', path: 'USERNAME', value: 'joan' }, { userName: 'joan' }],
    [{ op: 'add', path: 'nickName', value: 'J' }, { nickName: 'J' }],
    [{ op: 'replace', path: 'nickName', value: 'J' }, { nickName: 'J' }],
    [{ op: 'remove', path: 'title' }, { title: undefined }],
  ])('#79 a simple attribute: %j', changes);

  test('#79 a required one cannot be removed: 400 mutability', () =>
    refused({ op: 'remove', path: 'userName' }, 'mutability'));

  test.each<Change>([
    [{ op: 'add', path: 'name', value: { givenName: 'Joan' } }, { name: merged.name }],
    [{ op: 'replace', path: 'name', value: { givenName: 'Joan' } }, { name: merged.name }],
    [{ op: 'remove', path: 'name' }, { name: undefined }],
  ])('#80 a complex attribute: %j', changes);

  test.each<Change>([
    [{ op: 'add', path: 'name.givenName', value: 'Joan' }, { name: merged.name }],
    [{ op: 'replace', path: 'name.givenName', value: 'Joan' }, { name: merged.name }],
    [{ op: 'add', path: 'name.middleName', value: 'A' }, { name: { ...jane.name, middleName: 'A' } }],
    [{ op: 'remove', path: 'name.givenName' }, { name: { familyName: 'Doe' } }],
  ])('#81 a part of it: %j', changes);

  test('#81 a part makes its parent, and the last one takes it along', async () => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'kim' });
    const path = `/Users/${id}`;
    expect((await scim.patched(path, { op: 'replace', path: 'name.givenName', value: 'Kim' })).name).toEqual({
      givenName: 'Kim',
    });
    expect(await scim.patched(path, { op: 'remove', path: 'name.givenName' })).not.toHaveProperty('name');
  });

  test.each<Change>([
    [{ op: 'add', path: 'emails', value: other }, { emails: [work, home, other] }],
    [{ op: 'add', path: 'emails', value: [other, home] }, { emails: [work, home, other] }],
    [{ op: 'replace', path: 'emails', value: [other] }, { emails: [other] }],
    [{ op: 'replace', path: 'emails', value: other }, { emails: [other] }],
    [{ op: 'remove', path: 'emails' }, { emails: undefined }],
    [{ op: 'remove', path: 'emails', value: [{ value: home.value }] }, { emails: [work] }],
    [{ op: 'remove', path: 'emails', value: [{ value: 'nobody' }] }, {}],
  ])('#82 a multi-valued attribute: %j', changes);

  test('#82 remove of members with a list takes out those and nobody else', async () => {
    const scim = await connect();
    const users = [await scim.createUser(), await scim.createUser(), await scim.createUser()];
    const { id } = await scim.createGroup({ members: users.map((user) => ({ value: user.id })) });
    const gone = [{ value: users[1].id }];
    const { members } = await scim.patched(`/Groups/${id}`, { op: 'remove', path: 'members', value: gone });
    expect(members.map((one: { value: string }) => one.value).toSorted()).toEqual(
      [users[0].id, users[2].id].toSorted(),
    );
    const empty = await scim.patched(`/Groups/${id}`, { op: 'remove', path: 'members' });
    expect(empty).not.toHaveProperty('members');
  });

  test.each<Change>([
    [
      { op: 'add', path: 'emails[type eq "work"]', value: { display: 'W' } },
      { emails: [{ ...work, display: 'W' }, home] },
    ],
    [{ op: 'add', path: 'emails[type eq "other"]', value: { value: other.value } }, { emails: [work, home, other] }],
    [
      { op: 'replace', path: 'emails[type eq "home"]', value: { value: 'new@example.com', type: 'home' } },
      { emails: [work, { value: 'new@example.com', type: 'home' }] },
    ],
    [{ op: 'remove', path: 'emails[type eq "work"]' }, { emails: [home] }],
    [{ op: 'remove', path: 'emails[type eq "work" or type eq "home"]' }, { emails: undefined }],
    [{ op: 'remove', path: 'emails[type eq "other"]' }, {}],
  ])('#83 values that a filter chooses: %j', changes);

  test.each<Change>([
    [{ op: 'add', path: 'emails[type eq "work"].value', value: 'n' }, { emails: [{ ...work, value: 'n' }, home] }],
    [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'n' }, { emails: [{ ...work, value: 'n' }, home] }],
    [{ op: 'Add', path: 'emails[type eq "other"].value', value: other.value }, { emails: [work, home, other] }],
    // The profile of the service: Entra ID replaces what it holds to be there.
    [{ op: 'Replace', path: 'emails[type eq "other"].value', value: other.value }, { emails: [work, home, other] }],
    [{ op: 'remove', path: 'emails[type eq "work"].primary' }, { emails: [{ value: work.value, type: 'work' }, home] }],
    [
      { op: 'replace', path: 'emails[type pr].display', value: 'D' },
      { emails: [work, home].map((one) => ({ ...one, display: 'D' })) },
    ],
  ])('#84 a part of values that a filter chooses: %j', changes);

  test('#84 two Adds behind one new filter make one entry', async () => {
    const scim = await connect();
    const { id } = await scim.createUser(jane);
    const after = await scim.patched(
      `/Users/${id}`,
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '1' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].display', value: 'Mobile' },
    );
    expect(after.phoneNumbers).toEqual([{ type: 'mobile', value: '1', display: 'Mobile' }]);
  });

  test.each(['add', 'replace', 'remove'])('#85 %s of a part of all values is 400 invalidPath', (op) =>
    refused({ op, path: 'emails.value', value: 'x' }, 'invalidPath'),
  );

  /** Who of the members a, b and c is left. */
  const left = async (path: (a: string, b: string) => string) => {
    const scim = await connect();
    const users = await Promise.all(['a', 'b', 'c'].map((userName) => scim.createUser({ userName })));
    const group = await scim.createGroup({ members: users.map((user) => ({ value: user.id })) });
    const operation = { op: 'remove', path: path(users[0].id, users[1].id) };
    const { members } = await scim.patched(`/Groups/${group.id}`, operation);
    return members.map(({ display }: { display: string }) => display).toSorted();
  };

  test('#86 remove members[value eq "id"]: the member goes, and nobody is missed who is not one', async () => {
    expect(await left((a) => `members[value eq "${a}"]`)).toEqual(['b', 'c']);
    // Requirements C write ids in single quotes.
    expect(await left((a) => `members[value eq '${a}']`)).toEqual(['b', 'c']);
    expect(await left(() => 'members[value eq "nobody"]')).toEqual(['a', 'b', 'c']);
  });

  test('#87 remove members[value eq "a" or value eq "b"]: both go', async () => {
    expect(await left((a, b) => `members[value eq "${a}" or value eq "${b}"]`)).toEqual(['c']);
  });

  const manager = `${enterprise}:manager`;
  const managed = (id: string) => ({ [enterprise]: { department: 'Sales', manager: { value: id } } });
  const unmanaged = { [enterprise]: { department: 'Sales' } };
  test.each<Change>([
    [{ op: 'add', path: manager, value: { value: 'm2' } }, managed('m2')],
    [{ op: 'Replace', path: manager, value: 'm2' }, managed('m2')],
    [{ op: 'Add', path: manager, value: [{ $ref: null, value: 'm2' }] }, managed('m2')],
    [{ op: 'Replace', path: manager, value: '' }, unmanaged],
    [{ op: 'replace', path: manager, value: null }, unmanaged],
    [{ op: 'remove', path: manager }, unmanaged],
  ])('#88 manager: %j', changes);

  test.each<Change>([
    [{ op: 'add', path: `${manager}.value`, value: 'm2' }, managed('m2')],
    [{ op: 'replace', path: `${manager}.value`, value: 'm2' }, managed('m2')],
  ])('#89 a part of manager: %j', changes);

  test('#89 manager.displayName is 400 mutability', () =>
    refused({ op: 'replace', path: `${manager}.displayName`, value: 'Boss' }, 'mutability'));

  test.each<Change>([
    [
      { op: 'add', path: enterprise, value: { division: 'West' } },
      { [enterprise]: { ...jane[enterprise], division: 'West' } },
    ],
    [
      { op: 'replace', path: enterprise, value: { department: 'R&D' } },
      { [enterprise]: { ...jane[enterprise], department: 'R&D' } },
    ],
    [{ op: 'remove', path: enterprise }, { [enterprise]: undefined }],
  ])('#90 a whole extension: %j', changes);

  test.each<Change>([
    [{ op: 'replace', path: `${coreUser}:title`, value: 'Boss' }, { title: 'Boss' }],
    [{ op: 'replace', path: `${coreUser}:name.givenName`, value: 'Joan' }, { name: merged.name }],
    [{ op: 'remove', path: `${coreUser.toUpperCase()}:emails[type eq "work"]` }, { emails: [home] }],
    [{ op: 'add', path: `${coreUser}:emails`, value: [other] }, { emails: [work, home, other] }],
  ])('#91 the URN of the core schema changes nothing: %j', changes);

  test.each<Change>([
    [{ op: 'remove', path: `${manager}[value eq "m1"]` }, unmanaged],
    [{ op: 'remove', path: `${manager}[value eq "m2"]` }, {}],
    [{ op: 'replace', path: `${manager}[value eq "m1"].value`, value: 'm2' }, managed('m2')],
  ])('#92 a filter behind a single complex attribute: %j', changes);

  test.each<Change>([
    [{ op: 'replace', path: 'title', value: null }, { title: undefined }],
    [{ op: 'add', path: 'title', value: null }, { title: undefined }],
    [{ op: 'replace', path: 'name.givenName', value: null }, { name: { familyName: 'Doe' } }],
    [{ op: 'replace', path: 'emails', value: null }, { emails: undefined }],
    [{ op: 'replace', value: { title: null, nickName: null } }, { title: undefined }],
  ])('#93 null unassigns: %j', changes);

  test.each([
    'emails[0]',
    'emails[0].value',
    'emails..value',
    '.value',
    'emails.',
    '/emails/0/value',
    'emails[type eq "work"]value',
    'emails[type eq "work"].value.x',
    '',
  ])('#94 the path %j is 400 invalidPath', (path) => refused({ op: 'replace', path, value: 'x' }, 'invalidPath'));

  test.each([
    'emails[]',
    'emails[type eq]',
    'emails[type xx "work"]',
    'emails[type eq "work"',
    'emails[primary gt true]',
  ])('#94 the filter in %j is 400 invalidFilter', (path) =>
    refused({ op: 'replace', path, value: 'x' }, 'invalidFilter'),
  );

  test('#95 a URN that leaves schemas takes its data along, and later operations see it gone', async () => {
    const scim = await connect();
    const { id } = await scim.createUser(jane);
    const after = await scim.patched(
      `/Users/${id}`,
      { op: 'remove', path: 'schemas', value: [enterprise] },
      { op: 'add', path: `${enterprise}:division`, value: 'West' },
    );
    expect(after[enterprise]).toEqual({ division: 'West' });
    expect(after.schemas).toEqual([coreUser, enterprise]);
  });

  test.each([
    { op: 'remove', path: 'schemas' },
    { op: 'remove', path: 'schemas', value: [coreUser] },
    { op: 'replace', path: 'schemas', value: [enterprise] },
  ])('#95 the base schema cannot go: %j', (operation) => refused(operation, 'mutability'));
});
