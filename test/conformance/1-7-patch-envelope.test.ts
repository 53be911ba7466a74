import { describe, expect, test } from 'vitest';
import { expectError, patchBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { badge, coreUser, enterprise, patchOp } from '../support/scim-urns.ts';

const work = { value: 'jane@work.example', type: 'work', primary: true };
const home = { value: 'jane@home.example', type: 'home' };
const jane = { userName: 'jane', title: 'Clerk', emails: [work, home], [enterprise]: { department: 'Sales' } };
const operation = { op: 'replace', path: 'title', value: 'Boss' };

describeHosts('1.7 PATCH: envelope', (connect) => {
  test.each([
    ['no schemas', { Operations: [operation] }],
    ['another schema', { schemas: [coreUser], Operations: [operation] }],
    ['no operations', { schemas: [patchOp] }],
    ['an empty list', { schemas: [patchOp], Operations: [] }],
    ['operations that are no list', { schemas: [patchOp], Operations: operation }],
    ['an operation without op', patchBody({ path: 'title', value: 'Boss' })],
    ['an unknown op', patchBody({ ...operation, op: 'move' })],
    ['one good and one bad operation', patchBody(operation, { ...operation, op: 'copy' })],
    ['an operation that is no object', patchBody('replace')],
    ['operations in two spellings', { schemas: [patchOp], Operations: [operation], operations: [operation] }],
  ])('#67 %s is 400 invalidSyntax, without effect', async (_what, body) => {
    const scim = await connect();
    const before = await scim.createUser(jane);
    expectError(await scim.request('PATCH', `/Users/${before.id}`, { body }), 400, 'invalidSyntax');
    expect(await scim.read(`/Users/${before.id}`)).toEqual(before);
  });

  test.each(['add', 'Add', 'ADD', 'replace', 'Replace', 'rEpLaCe'])('#67 op may be spelt %s', async (op) => {
    const scim = await connect();
    const { id } = await scim.createUser(jane);
    expect((await scim.patched(`/Users/${id}`, { ...operation, op })).title).toBe('Boss');
    expect(await scim.patched(`/Users/${id}`, { op: 'Remove', path: 'title' })).not.toHaveProperty('title');
  });

  test('#67 so may the names of the envelope', async () => {
    const scim = await connect();
    const { id } = await scim.createUser(jane);
    const body = { SCHEMAS: [patchOp], operations: [{ OP: 'replace', Path: 'title', Value: 'Boss' }] };
    expect((await scim.request('PATCH', `/Users/${id}`, { body })).body.title).toBe('Boss');
  });

  test('#68 operations run in order, each on the result of the last', async () => {
    const scim = await connect();
    const { id } = await scim.createUser(jane);
    const after = await scim.patched(
      `/Users/${id}`,
      { op: 'remove', path: 'emails' },
      { op: 'add', path: 'emails', value: [{ value: 'a@example.com', type: 'work' }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@example.com' },
      { op: 'add', path: 'title', value: 'first' },
      { op: 'add', path: 'title', value: 'second' },
    );
    expect(after).toMatchObject({ emails: [{ value: 'b@example.com', type: 'work' }], title: 'second' });
  });

  test('#68 one failure leaves everything as it was', async () => {
    const scim = await connect();
    await scim.createUser({ userName: 'kim' });
    const before = await scim.createUser(jane);
    const path = `/Users/${before.id}`;
    expectError(await scim.patch(path, [operation, { op: 'remove', path: 'shoeSize' }]), 400, 'invalidPath');
    expectError(
      await scim.patch(path, [operation, { op: 'replace', path: 'userName', value: 'KIM' }]),
      409,
      'uniqueness',
    );
    expectError(
      await scim.patch(path, [operation, { op: 'replace', path: 'active', value: 'x' }]),
      400,
      'invalidValue',
    );
    expect(await scim.read(path)).toEqual(before);
  });

  test('#68 of a group too: neither name nor members', async () => {
    const scim = await connect();
    const [a, b] = [await scim.createUser(), await scim.createUser()];
    const group = await scim.createGroup({ displayName: 'Staff', members: [{ value: a.id }] });
    const path = `/Groups/${group.id}`;
    const changes = [
      { op: 'replace', path: 'displayName', value: 'Crew' },
      { op: 'add', path: 'members', value: [{ value: b.id }] },
      { op: 'remove', path: `members[value eq "${a.id}"]` },
    ];
    expectError(await scim.patch(path, [...changes, { op: 'add', path: 'nope', value: 1 }]), 400, 'invalidPath');
    const unknown = { op: 'add', path: 'members', value: [{ value: 'nobody' }] };
    expectError(await scim.patch(path, [...changes, unknown]), 400, 'invalidValue');
    expect(await scim.read(path)).toEqual(group);
    expect(await scim.read(`/Users/${b.id}`)).not.toHaveProperty('groups');
  });

  test('#69 a user is answered whole with 200 and ETag, a group with 204 and ETag', async () => {
    const scim = await connect();
    const user = await scim.createUser(jane);
    const answer = await scim.patch(`/Users/${user.id}`, [operation]);
    expect([answer.status, answer.body.title]).toEqual([200, 'Boss']);
    expect(answer.body).toEqual(await scim.read(`/Users/${user.id}`));
    expect(answer.headers.get('etag')).toBe(answer.body.meta.version);
    const { id } = await scim.createGroup();
    const group = await scim.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: [{ value: user.id }] }]);
    expect(group.status).toBe(204);
    expect(group.headers.get('etag')).toBe((await scim.read(`/Groups/${id}`)).meta.version);
  });

  test.each([
    ['the same value', { op: 'replace', path: 'title', value: 'Clerk' }],
    ['the same list', { op: 'replace', path: 'emails', value: [work, home] }],
    ['a value that is there', { op: 'add', path: 'emails', value: [home] }],
    ['nothing removed', { op: 'remove', path: 'nickName' }],
    ['no match removed', { op: 'remove', path: 'emails[type eq "other"]' }],
    ['active as a string', { op: 'Replace', path: 'active', value: 'True' }],
    ['the same object', { op: 'replace', value: { userName: 'jane', active: true } }],
  ])('#70 %s changes neither version nor lastModified', async (_what, same) => {
    const scim = await connect();
    const before = await scim.createUser(jane);
    const answer = await scim.patch(`/Users/${before.id}`, [same]);
    expect([answer.status, answer.body]).toEqual([200, before]);
    expect(answer.headers.get('etag')).toBe(before.meta.version);
    expect(await scim.read(`/Users/${before.id}`)).toEqual(before);
  });

  test('#70 nor does a group that has the member, or lacks it', async () => {
    const scim = await connect();
    const [a, b] = [await scim.createUser(), await scim.createUser()];
    const before = await scim.createGroup({ members: [{ value: a.id }] });
    for (const same of [
      { op: 'add', path: 'members', value: [{ value: a.id }] },
      { op: 'replace', path: 'members', value: [{ value: a.id }, { value: a.id }] },
      { op: 'remove', path: 'members', value: [{ value: b.id }] },
      { op: 'remove', path: `members[value eq "${b.id}"]` },
    ]) {
      expect(await scim.patched(`/Groups/${before.id}`, same)).toEqual(before);
    }
  });

  test.each([
    ['added', { op: 'add', path: 'emails', value: [{ value: 'new@example.com', primary: true }] }],
    ['set by path', { op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
    ['merged', { op: 'add', path: 'emails[type eq "home"]', value: { primary: 'True' } }],
  ])('#71 a new primary (%s) takes it from the old one', async (_how, change) => {
    const scim = await connect();
    const { id } = await scim.createUser(jane);
    const { emails } = await scim.patched(`/Users/${id}`, change);
    const primaries = emails.filter(({ primary }: { primary?: boolean }) => primary === true);
    expect(primaries.map(({ value }: { value: string }) => value)).not.toContain(work.value);
    expect(primaries).toHaveLength(1);
  });

  test('#71 two of them in one body are 400 invalidValue', async () => {
    const scim = await connect();
    const before = await scim.createUser(jane);
    const emails = [work, { ...home, primary: true }];
    const path = `/Users/${before.id}`;
    expectError(await scim.patch(path, [{ op: 'replace', path: 'emails', value: emails }]), 400, 'invalidValue');
    expectError(await scim.post('/Users', { schemas: [coreUser], userName: 'kim', emails }), 400, 'invalidValue');
    expect(await scim.read(path)).toEqual(before);
  });

  test('#72 the URN of an extension comes with its first attribute and goes with its last', async () => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'jane' });
    const path = `/Users/${id}`;
    const added = await scim.patched(path, { op: 'add', path: `${enterprise}:department`, value: 'Sales' });
    expect(added.schemas).toEqual([coreUser, enterprise]);
    const removed = await scim.patched(path, { op: 'remove', path: `${enterprise}:department` });
    expect(removed.schemas).toEqual([coreUser]);
    expect(removed).not.toHaveProperty([enterprise]);
  });

  describe('mutability', () => {
    test.each([
      { op: 'replace', path: 'id', value: 'other' },
      { op: 'remove', path: 'id' },
      { op: 'add', path: 'groups', value: [{ value: 'g1' }] },
      { op: 'replace', path: 'meta.version', value: 'W/"0"' },
      { op: 'replace', path: 'meta.created', value: '2001-01-01T00:00:00Z' },
      { op: 'replace', path: `${enterprise}:manager.displayName`, value: 'Boss' },
    ])('#73 $op $path is 400 mutability', async (change) => {
      const scim = await connect();
      const before = await scim.createUser(jane);
      expectError(await scim.patch(`/Users/${before.id}`, [change]), 400, 'mutability');
      expect(await scim.read(`/Users/${before.id}`)).toEqual(before);
    });

    test('#73 its own value passes, and so do readOnly members of an object', async () => {
      const scim = await connect();
      const before = await scim.createUser(jane);
      const path = `/Users/${before.id}`;
      expect(await scim.patched(path, { op: 'replace', path: 'id', value: before.id })).toEqual(before);
      const value = { id: 'other', groups: [], meta: { version: 'x' } };
      expect(await scim.patched(path, { op: 'replace', value })).toEqual(before);
    });

    test('#74 immutable: add where it is unset, the same value, nothing else', async () => {
      const scim = await connect();
      const { id } = await scim.createUser(jane);
      const path = `/Users/${id}`;
      const number = (op: string, value?: string) => ({ op, path: `${badge}:number`, value });
      expect((await scim.patched(path, number('add', 'B-1')))[badge]).toEqual({ number: 'B-1' });
      expect((await scim.patched(path, number('replace', 'B-1')))[badge]).toEqual({ number: 'B-1' });
      for (const change of [
        number('replace', 'B-2'),
        number('add', 'b-1'),
        number('remove'),
        { op: 'remove', path: badge },
      ]) {
        expectError(await scim.patch(path, [change]), 400, 'mutability');
      }
      expect((await scim.read(path))[badge]).toEqual({ number: 'B-1' });
    });
  });

  test.each(['shoeSize', 'name.shoe', 'emails[type eq "work"].shoe', 'urn:x:User:userName', 'userName.x', 'members'])(
    '#75 the unknown path %s is 400 invalidPath',
    async (path) => {
      const scim = await connect();
      const before = await scim.createUser(jane);
      for (const op of ['add', 'replace', 'remove']) {
        expectError(await scim.patch(`/Users/${before.id}`, [{ op, path, value: 'x' }]), 400, 'invalidPath');
      }
      expect(await scim.read(`/Users/${before.id}`)).toEqual(before);
    },
  );

  test('#75 unknown names in an object are left out', async () => {
    const scim = await connect();
    const before = await scim.createUser(jane);
    const after = await scim.patched(`/Users/${before.id}`, { op: 'add', value: { shoeSize: 42, title: 'Boss' } });
    expect(after).toEqual({ ...before, title: 'Boss', meta: after.meta });
  });

  test.each([
    ['userName', 7],
    ['active', 'yes'],
    ['title', { value: 'Boss' }],
    ['name', 'Jane'],
    ['emails[type eq "work"]', 7],
    [`${badge}:level`, 1.5],
    [`${badge}:issuedAt`, 'yesterday'],
    [enterprise, 'Sales'],
  ])('#76 %s takes no %j: 400 invalidValue', async (path, value) => {
    const scim = await connect();
    const before = await scim.createUser(jane);
    expectError(await scim.patch(`/Users/${before.id}`, [{ op: 'replace', path, value }]), 400, 'invalidValue');
    expect(await scim.read(`/Users/${before.id}`)).toEqual(before);
  });
});
