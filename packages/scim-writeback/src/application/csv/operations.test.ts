import { describe, expect, test } from 'vitest';
import { csvApplication, group, member, newGroup, newUser, shopFiles, user } from './test-csv-application.ts';

const [header, jane, kim] = shopFiles['users.csv'].split('\n');

test('the mapping of the tests is its own inverse', async () => {
  const { adapter, names } = await csvApplication();
  await adapter.check();
  expect(await names()).toEqual(['.oaa-write-back', 'grants.csv', 'teams.csv', 'users.csv']);
});

describe('users', () => {
  test('a new user is a new row, with its constants; all other rows stay as they were', async () => {
    const { apply, file, read } = await csvApplication();
    const emails = [{ value: 'ada@example.com', primary: true }];
    expect(await apply({ type: 'create-user', after: newUser('ada', { emails, title: 'CEO' }) })).toEqual({
      type: 'applied',
      nativeId: 'ada',
    });
    expect(await file('users.csv')).toBe(`${shopFiles['users.csv']}ada,ada@example.com,CEO,yes,,new\n`);
    expect((await read()).users.at(-1)).toMatchObject({ name: 'ada', email: 'ada@example.com', is_active: true });
  });

  test('a change writes what changes and nothing else of the row', async () => {
    const { apply, file } = await csvApplication();
    const before = user('jane', { title: 'Head, sales' });
    const after = user('jane', { title: 'Head "of" sales' });
    expect(await apply({ type: 'update-user', before, after })).toEqual({ type: 'applied' });
    expect(await file('users.csv')).toBe(
      [header, 'jane,jane@example.com,"Head ""of"" sales",yes,Sales;All,"x ""y"""', kim, ''].join('\n'),
    );
  });

  test('what somebody edited in the row beside the change stays', async () => {
    const { apply, file } = await csvApplication();
    const before = user('jane', { title: 'Another one', emails: [{ value: 'old@example.com', primary: true }] });
    const after = { ...before, attributes: { ...before.attributes, title: 'CEO' } };
    await apply({ type: 'update-user', before, after });
    expect(await file('users.csv')).toContain('jane,jane@example.com,"CEO",yes');
  });

  test('who is deactivated is so in the file, and can be reactivated', async () => {
    const { apply, file, read } = await csvApplication();
    const [active, inactive] = [user('jane', { active: true }), user('jane', { active: false })];
    expect(await apply({ type: 'deactivate-user', before: active, after: inactive })).toEqual({ type: 'applied' });
    expect(await file('users.csv')).toContain('jane,jane@example.com,"Head, sales",no,');
    expect((await read()).users[0]).toMatchObject({ name: 'jane', is_active: false });
    await apply({ type: 'reactivate-user', before: inactive, after: user('jane') });
    expect(await file('users.csv')).toBe(shopFiles['users.csv']);
  });

  test('a deactivation is done even where the directory took the user for inactive', async () => {
    const { apply, file } = await csvApplication();
    const inactive = user('jane', { active: false });
    await apply({ type: 'deactivate-user', before: inactive, after: inactive });
    expect(await file('users.csv')).toContain('"Head, sales",no,');
  });

  test('a deleted user leaves no row, and no grant that would name nobody', async () => {
    const { apply, file, read } = await csvApplication();
    expect(await apply({ type: 'delete-user', before: user('JANE') })).toEqual({ type: 'applied' });
    expect(await file('users.csv')).toBe([header, kim, ''].join('\n'));
    expect(await file('grants.csv')).toBe('kind,holder,right\nteam,Sales,sell\nuser,kim,sell\n');
    expect((await read()).users.map(({ name }) => name)).toEqual(['kim']);
  });
});

describe('groups', () => {
  test('a group is made, renamed in its letter case, and deleted with all that names it', async () => {
    const { apply, file, read } = await csvApplication();
    expect(await apply({ type: 'create-group', after: newGroup('Night') })).toEqual({
      type: 'applied',
      nativeId: 'Night',
    });
    expect(await apply({ type: 'update-group', before: group('Night'), after: group('NIGHT', 'Night') })).toEqual({
      type: 'applied',
    });
    expect(await file('teams.csv')).toBe('team,part_of\nAll,\nSales,All\nNIGHT,\n');
    await apply({ type: 'delete-group', before: group('All') });
    expect(await file('teams.csv')).toBe('team,part_of\nSales,\nNIGHT,\n');
    await apply({ type: 'delete-group', before: group('Sales') });
    expect(await file('users.csv')).toBe(shopFiles['users.csv'].replace('Sales;All', ''));
    expect(await file('grants.csv')).toBe('kind,holder,right\nuser,jane,sell\nuser,kim,sell\n');
    expect((await read()).groups.map(({ name }) => name)).toEqual(['NIGHT']);
  });

  test('members come and go; those who are there stay as they are written', async () => {
    const { apply, file, read } = await csvApplication();
    const members = [member('User', 'kim'), member('User', 'jane')];
    expect(await apply({ type: 'add-members', group: group('Sales'), members })).toEqual({ type: 'applied' });
    expect(await file('users.csv')).toBe([header, jane, 'kim,,,no,Sales,', ''].join('\n'));
    expect((await read()).users[1]).toMatchObject({ groups: ['Sales'] });
    await apply({ type: 'remove-members', group: group('Sales'), members: [member('User', 'jane')] });
    expect(await file('users.csv')).toContain(',yes,All,');
    await apply({ type: 'add-members', group: group('Sales'), members: [member('Group', 'All')] });
    expect(await file('teams.csv')).toBe('team,part_of\nAll,Sales\nSales,All\n');
  });
});

describe('an operation that was done', () => {
  test.each([
    [{ type: 'create-user', after: newUser('ada') }],
    [{ type: 'create-group', after: newGroup('Night') }],
    [{ type: 'update-user', before: user('jane'), after: user('jane', { title: 'CEO' }) }],
    [{ type: 'deactivate-user', before: user('jane'), after: user('jane', { active: false }) }],
    [{ type: 'delete-user', before: user('jane') }],
    [{ type: 'delete-group', before: group('Sales') }],
    [{ type: 'add-members', group: group('Sales'), members: [member('User', 'kim')] }],
    [{ type: 'remove-members', group: group('Sales'), members: [member('User', 'jane')] }],
  ] as const)('is known to be done, and does nothing when it is asked for again: $type', async (operation) => {
    const { adapter, apply, file } = await csvApplication();
    const call = { idempotencyKey: 'key', attempt: 2, signal: new AbortController().signal };
    const state = async () => [await file('users.csv'), await file('teams.csv'), await file('grants.csv')];
    expect(await adapter.probe(operation, call)).toEqual({ type: 'not-applied' });
    const before = await state();
    const first = await apply(operation, 'key');
    const after = await state();
    expect(after).not.toEqual(before);
    expect(await adapter.probe(operation, call)).toEqual(first);
    expect(await apply(operation, 'key')).toEqual(first);
    expect(await state()).toEqual(after);
  });
});

test('an operation that comes again late does not undo what was done since', async () => {
  const { apply, file } = await csvApplication();
  const creation = { type: 'create-user', after: newUser('ada') } as const;
  const deletion = { type: 'delete-user', before: user('ada') } as const;
  for (const key of ['first', 'second']) {
    expect(await apply(creation, `create ${key}`)).toEqual({ type: 'applied', nativeId: 'ada' });
    await apply(deletion, `delete ${key}`);
  }
  await apply(creation, 'create third');
  const state = await file('users.csv');
  expect(await apply(deletion, 'delete first')).toEqual({ type: 'applied' });
  expect(await apply(creation, 'create second')).toEqual({ type: 'applied', nativeId: 'ada' });
  expect(await file('users.csv')).toBe(state);
});

describe('what the files cannot say is refused, and nothing is written', () => {
  const emails = [{ value: 'a@example.com', primary: true }, { value: 'b@example.com' }];
  test.each([
    ['a second address', { type: 'create-user', after: newUser('ada', { emails }) }, 'invalid', 'cannot say emails'],
    ['outer spaces', { type: 'create-user', after: newUser('ada', { title: ' CEO' }) }, 'invalid', 'cannot say title'],
    ['a formula', { type: 'create-user', after: newUser('=ada') }, 'invalid', 'begins like a formula'],
    ['half a character', { type: 'create-user', after: newUser('ada\ud800') }, 'invalid', 'the encoding of the file'],
    ['no name', { type: 'create-user', after: newUser('') }, 'invalid', 'could not be found again'],
    ['a name that is taken', { type: 'create-user', after: newUser('JANE') }, 'conflict', 'login "JANE" already'],
    [
      'another key',
      { type: 'update-user', before: user('jane'), after: user('june', {}, 'jane') },
      'invalid',
      'found by "login"',
    ],
    [
      'nobody',
      { type: 'update-user', before: user('bo'), after: user('bo', { title: 'x' }) },
      'not-found',
      'login "bo"',
    ],
    [
      'a member that is not there',
      { type: 'add-members', group: group('Sales'), members: [member('User', 'bo')] },
      'not-found',
      'login "bo"',
    ],
    [
      'a group that is not there',
      { type: 'add-members', group: group('Void'), members: [member('User', 'kim')] },
      'not-found',
      'team "Void"',
    ],
  ] as const)('%s', async (_, operation, kind, reason) => {
    const { apply, file, names } = await csvApplication();
    expect(await apply(operation)).toEqual({ type: 'refused', kind, reason: expect.stringContaining(reason) });
    for (const [name, content] of Object.entries(shopFiles)) expect(await file(name)).toBe(content);
    expect(await names()).toEqual(['.oaa-write-back', 'grants.csv', 'teams.csv', 'users.csv']);
  });
});
