import { describe, expect, test } from 'vitest';
import { protectedUserNames } from './protect.ts';
import { TestApplication } from './test-application.ts';
import { anyway, context, group, members, openWriteBack, set, user } from './test-write-back.ts';

describe('a protected user', () => {
  const options = { isProtected: protectedUserNames(['Break-Glass']) };
  const forbidden = { status: 403, scimType: undefined };

  test('is neither deactivated nor deleted nor renamed, and the application is not asked', async () => {
    const { acme, application } = await openWriteBack(options);
    const { id } = await acme.create('User', user('break-glass'), context);
    await expect(acme.update('User', id, set({ active: false }), context)).rejects.toMatchObject(forbidden);
    await expect(acme.update('User', id, set({ userName: 'other' }), context)).rejects.toMatchObject(forbidden);
    await expect(acme.delete('User', id, anyway, context)).rejects.toMatchObject(forbidden);
    expect(application.effects).toEqual(['create-user break-glass']);
  });

  test('is changed in all else, and others in everything', async () => {
    const { acme } = await openWriteBack(options);
    const { id } = await acme.create('User', user('break-glass'), context);
    await acme.update('User', id, set({ title: 'In case of fire', active: true, userName: 'BREAK-glass' }), context);
    const jane = await acme.create('User', user('jane'), context);
    await acme.update('User', jane.id, set({ active: false }), context);
    await acme.delete('User', jane.id, anyway, context);
  });

  test('does not keep a precondition from being told first', async () => {
    const { acme } = await openWriteBack(options);
    const { id } = await acme.create('User', user('break-glass'), context);
    const tooOld = () => {
      throw new Error('412');
    };
    await expect(acme.delete('User', id, tooOld, context)).rejects.toThrow('412');
  });
});

describe('a credential that takes away more than it may within an hour', () => {
  test('gets 503 until the hour is over, with an alarm; others and other changes go on', async () => {
    let now = new Date('2026-11-22T12:00:00Z').getTime();
    const { acme, events, application } = await openWriteBack({
      removalLimits: { users: 2 },
      directory: { clock: () => new Date(now) },
    });
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) ids.push((await acme.create('User', user(name), context)).id);
    const [a = '', b = '', c = '', d = ''] = ids;
    await acme.update('User', a, set({ active: false }), context);
    now += 600_000;
    await acme.delete('User', b, anyway, context);
    const refused = { status: 503, retryAfterSeconds: 3000 };
    await expect(acme.delete('User', c, anyway, context)).rejects.toMatchObject(refused);
    await expect(acme.update('User', c, set({ active: false }), context)).rejects.toMatchObject(refused);
    expect(events).toEqual([
      { type: 'removal-limit', actor: 'tenant', kind: 'users', limit: 2 },
      { type: 'removal-limit', actor: 'tenant', kind: 'users', limit: 2 },
    ]);
    await acme.update('User', c, set({ title: 'still here' }), context);
    await acme.delete('User', d, anyway, { ...context, actor: 'another' });
    now += 3_000_000;
    await acme.delete('User', c, anyway, context);
    expect(application.users.size).toBe(1);
  });

  test('counts members that are taken out of groups one by one, and groups by themselves', async () => {
    const { acme } = await openWriteBack({ removalLimits: { memberships: 2, groups: 1 } });
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) ids.push((await acme.create('User', user(name), context)).id);
    const team = await acme.create('Group', group('Team', ids), context);
    const remove = (some: readonly string[]) => acme.update('Group', team.id, members({ remove: some }), context);
    await expect(remove(ids)).rejects.toMatchObject({ status: 503 });
    await remove(ids.slice(0, 2));
    await expect(remove(ids)).rejects.toMatchObject({ status: 503 });
    const other = await acme.create('Group', group('Other'), context);
    await acme.delete('Group', team.id, anyway, context);
    await expect(acme.delete('Group', other.id, anyway, context)).rejects.toMatchObject({ status: 503 });
  });

  test('may go on where the clock was set back, after two hours at most', async () => {
    let now = new Date('2026-11-22T12:00:00Z').getTime();
    const { acme } = await openWriteBack({ removalLimits: { users: 1 }, directory: { clock: () => new Date(now) } });
    const [a, b, c] = [
      await acme.create('User', user('a'), context),
      await acme.create('User', user('b'), context),
      await acme.create('User', user('c'), context),
    ];
    await acme.delete('User', a.id, anyway, context);
    now -= 3_600_000;
    const refused = { status: 503, retryAfterSeconds: 7200 };
    await expect(acme.delete('User', b.id, anyway, context)).rejects.toMatchObject(refused);
    now -= 30 * 86_400_000;
    await acme.delete('User', b.id, anyway, context);
    await expect(acme.delete('User', c.id, anyway, context)).rejects.toMatchObject({ retryAfterSeconds: 3600 });
  });

  test('is not counted what the application refused', async () => {
    const application = new TestApplication();
    const { acme } = await openWriteBack({ application, removalLimits: { users: 1 } });
    const jane = await acme.create('User', user('jane'), context);
    application.before = async () => ({ type: 'refused', reason: 'No.' });
    for (let round = 0; round < 3; round++) {
      await expect(acme.delete('User', jane.id, anyway, context)).rejects.toMatchObject({ status: 400 });
    }
    application.before = async () => undefined;
    await acme.delete('User', jane.id, anyway, context);
  });

  test('cannot get past the limit by asking for many at once', async () => {
    const { acme, application } = await openWriteBack({ removalLimits: { users: 3 } });
    const ids: string[] = [];
    for (let index = 0; index < 10; index++) ids.push((await acme.create('User', user(`u${index}`), context)).id);
    const outcomes = await Promise.allSettled(ids.map((id) => acme.delete('User', id, anyway, context)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(application.users.size).toBe(7);
  });
});
