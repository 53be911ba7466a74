import { GuardError, InputError, UsageError } from '@oaa-kit/oaa';
import { describe, expect, test } from 'vitest';
import { baseOf, readGrants, titled, useBases } from './test-bases.ts';

const jane = titled('jane', 'Engineer');
const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => titled(`user-${from + index}`, 'x', { id: String(from + index) }));

async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('It was not refused.');
}

describe('a base is refused, and nothing is changed', () => {
  test('when it is not a valid payload: all problems are told', async () => {
    const { submit, bases } = await useBases();
    const wrong = baseOf({ users: [titled('jane', 'x', { groups: ['nobody'] }), jane] });
    const error = await refusalOf(submit(wrong, { asOf: undefined }));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: 'payload-invalid', exitCode: 3 });
    const codes = error instanceof InputError ? error.diagnostics.map(({ code }) => code) : [];
    expect(codes.toSorted()).toEqual(['dangling-group', 'duplicate-key']);
    expect(await bases.list()).toEqual([]);
  });

  test.each([
    ['text', 'x'],
    ['null', null],
    ['of no application', { ...baseOf({}), applications: [] }],
    ['incremental', { ...baseOf({}), incremental_change: true }],
    ['another template', { name: 'x', idp_type: 'y', domains: [{ name: 'z' }], users: [] }],
  ])('when it is %s', async (_what, payload) => {
    const { bases } = await useBases();
    const error = await refusalOf(bases.submit(payload, { actor: 'connector' }));
    expect(error).toMatchObject({ code: 'payload-invalid', exitCode: 3 });
  });

  test('when it describes several applications', async () => {
    const { bases } = await useBases();
    const [one, other] = [baseOf({}), baseOf({ application: 'Shop US' })];
    const both = { ...one, applications: [...one.applications, ...other.applications] };
    const error = await refusalOf(bases.submit(both, { actor: 'connector' }));
    expect(error).toMatchObject({ code: 'payload-invalid', message: expect.stringContaining('describes 2') });
  });

  test('when it is of another application than before', async () => {
    const { submit, revision } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const error = await refusalOf(submit(baseOf({ application: 'Shop US', users: [jane] })));
    expect(error).toMatchObject({ code: 'base-foreign', exitCode: 3, message: expect.stringContaining('"Shop US"') });
    expect(await revision()).toBe(1);
  });

  test('when its extraction began before that of the last one', async () => {
    const { submit, scim, bases } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const old = await bases.begin();
    await scim.create('User', { userName: 'kim' }, 'kim');
    await submit(baseOf({ users: [jane, titled('kim', 'x')] }));
    const error = await refusalOf(submit(baseOf({ users: [jane] }), old));
    expect(error).toMatchObject({ code: 'base-superseded', exitCode: 3 });
  });

  test('also where nothing was changed in between', async () => {
    const { submit, bases } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const old = await bases.begin();
    await submit(baseOf({ users: [jane] }));
    await submit(baseOf({ users: [jane] }));
    expect(await refusalOf(submit(baseOf({}), old))).toMatchObject({ code: 'base-superseded' });
  });

  test('when it does not say when its extraction began, but for the first', async () => {
    const { submit } = await useBases();
    await submit(baseOf({ users: [jane] }), { asOf: undefined });
    const error = await refusalOf(submit(baseOf({}), { asOf: undefined }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ code: 'setting-missing', hint: expect.stringContaining('oaa scim base begin') });
  });

  test.each(['2.0', '0.2', '99.1'])('when it began in the future, as after a restore: %s', async (asOf) => {
    const { submit } = await useBases();
    await submit(baseOf({ users: [jane] }), { asOf: undefined });
    const error = await refusalOf(submit(baseOf({ users: [jane] }), { asOf }));
    expect(error).toMatchObject({ code: 'setting-invalid', message: expect.stringContaining('stands at 1.1') });
  });

  test.each(['', '1', '-1.0', '1.0 ', '01.0', '1e3.0', 'x'])('when its as-of is no such text: %j', async (asOf) => {
    const { submit } = await useBases();
    expect(await refusalOf(submit(baseOf({}), { asOf }))).toMatchObject({ code: 'setting-invalid', exitCode: 2 });
  });

  test.each([-1, 101, Number.NaN])('when the largest removal is no percentage: %d', async (maxRemovalPercent) => {
    const { submit } = await useBases();
    expect(await refusalOf(submit(baseOf({}), { maxRemovalPercent }))).toMatchObject({ code: 'usage' });
  });
});

describe('the removal guard', () => {
  test('stops a base that would take too many users away, unless told that it may', async () => {
    const { submit, revision, bases } = await useBases();
    await submit(baseOf({ users: people(50) }));
    const error = await refusalOf(submit(baseOf({ users: people(39) })));
    expect(error).toBeInstanceOf(GuardError);
    expect(error).toMatchObject({
      code: 'guard',
      exitCode: 8,
      removals: [{ kind: 'users', removed: 11, total: 50 }],
      message: expect.stringContaining('11 of 50 users (22 %)'),
      hint: expect.stringContaining('--max-removal 22'),
    });
    expect([await revision(), (await bases.list()).length]).toEqual([50, 1]);
    expect((await submit(baseOf({ users: people(39) }), { maxRemovalPercent: 22 })).changes.deleted).toBe(11);
  });

  test('lets ten go in any case', async () => {
    const { submit } = await useBases();
    await submit(baseOf({ users: people(12) }));
    expect((await submit(baseOf({ users: people(2) }))).changes.deleted).toBe(10);
  });

  test('counts memberships of what is deleted', async () => {
    const { submit } = await useBases();
    const groups = [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ];
    await submit(baseOf({ users: people(40).map((user) => ({ ...user, groups: ['a', 'b'] })), groups }));
    const error = await refusalOf(
      submit(baseOf({ users: people(40).map((user) => ({ ...user, groups: ['b'] })), groups: groups.slice(1) })),
    );
    expect(error).toMatchObject({ removals: [{ kind: 'memberships', removed: 40, total: 80 }] });
  });

  test('counts grants, but not those of whom SCIM has deleted', async () => {
    const { submit, scim } = await useBases();
    const users = people(60);
    const withGrants = (count: number, from = 0) =>
      baseOf({ users: users.slice(from), grants: readGrants(users.slice(from, from + count)) });
    await submit(withGrants(60));
    const error = await refusalOf(submit(withGrants(40)));
    expect(error).toMatchObject({ removals: [{ kind: 'grants', removed: 20, total: 60 }] });
    for (let index = 0; index < 20; index += 1) await scim.delete('User', String(index));
    expect((await submit(withGrants(40, 20))).changes.deleted).toBe(0);
  });

  test('counts what a confirmed drift would delete', async () => {
    const { submit, scim } = await useBases();
    await submit(baseOf({ users: people(2) }));
    for (let index = 0; index < 11; index += 1) await scim.create('User', { userName: `scim-${index}` }, `n${index}`);
    expect((await submit(baseOf({ users: people(2) }))).drifts.length).toBe(11);
    const error = await refusalOf(submit(baseOf({ users: people(2) })));
    expect(error).toMatchObject({ removals: [{ kind: 'users', removed: 11, total: 13 }] });
  });
});

test('organizations see nothing of each other', async () => {
  const one = await useBases();
  const other = await useBases(one.directory);
  await one.submit(baseOf({ users: [{ id: '1', ...jane }] }));
  await other.submit(baseOf({ users: [{ id: '1', ...jane }], application: 'Shop US' }));
  await one.submit(baseOf({}));
  expect(Object.keys((await other.facts()).users)).toEqual(['jane']);
  expect((await other.bases.list()).length).toBe(1);
  expect(await other.links()).toMatchObject([{ state: 'live' }]);
});
