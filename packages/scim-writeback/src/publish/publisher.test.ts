import { CredentialsError, GuardError, InputError, RemoteError, UnreachableError } from '@oaa-kit/oaa';
import { describe, expect, onTestFinished, test } from 'vitest';
import { formatPair } from './pair.ts';
import { key, openPublishing } from './test-publishing.ts';

async function publishing() {
  const opened = await openPublishing();
  onTestFinished(() => opened.close());
  const view = async () => {
    const found = await opened.publications.view(key);
    if (found === undefined) throw new Error('There is no publication.');
    return found;
  };
  return { ...opened, view, state: async () => (await view()).state };
}

const cut = () => {
  throw new UnreachableError('unreachable', 'The connection was cut.', { mayHaveBeenReceived: true });
};
const guarded = new GuardError('guard', 'too much', { removals: [{ kind: 'users', removed: 35, total: 40 }] });

describe('a publisher', () => {
  test('publishes nothing before a base is accepted: an empty directory must never push an empty application', async () => {
    const { publisher, settle, target, createUser, submitBase } = await publishing();
    const one = publisher();
    await createUser('kim');
    expect(await settle(one)).toBe('no base was accepted yet');
    expect(target.pushes).toBe(0);
    await submitBase(['kim', 'jane']);
    expect(await settle(one)).toBe('everything is published');
    expect(target.users()).toEqual(['jane', 'kim']);
  });

  test('publishes each change, and the base that comes after it, and notes the pair', async () => {
    const { publisher, settle, target, createUser, submitBase, view } = await publishing();
    const one = publisher();
    await submitBase(['kim']);
    await settle(one);
    await createUser('jane');
    const { behindSince: since, now } = await view();
    expect(since).toBe(now);
    await settle(one);
    expect(target.users()).toEqual(['jane', 'kim']);
    await submitBase(['kim', 'jane', 'bo']);
    await settle(one);
    const { state, current, behindSince } = await view();
    expect(target.users()).toEqual(['bo', 'jane', 'kim']);
    expect(formatPair(state.published ?? { revision: 0, generation: 0 })).toBe(`${current.revision}.2`);
    expect([behindSince, target.pushes]).toEqual([undefined, 3]);
  });

  test('waits until it is quiet, but not for longer than the longest wait', async () => {
    const { publisher, target, clock, createUser, submitBase } = await publishing();
    const one = publisher({ quietMs: 2_000, longestWaitMs: 5_000, minimumIntervalMs: 0 });
    await submitBase(['kim']);
    expect(await one.step()).toMatchObject({ did: 'nothing', why: 'changes are going on', waitMs: 2_000 });
    clock.now += 2_000;
    await one.step();
    expect(target.pushes).toBe(1);
    const pushed: number[] = [];
    for (let second = 0; second < 12; second += 1) {
      await createUser(`user-${second}`);
      await one.step();
      if (target.pushes > pushed.length + 1) pushed.push(second);
      clock.now += 1_000;
    }
    expect(pushed).toEqual([5, 11]);
  });

  test('leaves a minute between pushes', async () => {
    const { publisher, settle, target, clock, createUser, submitBase } = await publishing();
    const one = publisher({ quietMs: 0, longestWaitMs: 0 });
    await submitBase(['kim']);
    await settle(one);
    await createUser('jane');
    clock.now += 59_999;
    expect(await one.step()).toMatchObject({ why: 'the last push was a short while ago', waitMs: 1 });
    clock.now += 1;
    expect((await one.step()).did).toBe('pushed');
    expect(target.users()).toEqual(['jane', 'kim']);
  });

  test('publishes once a day what has not changed', async () => {
    const { publisher, settle, target, clock, submitBase } = await publishing();
    const one = publisher();
    await submitBase(['kim']);
    await settle(one);
    clock.now += 24 * 60 * 60 * 1000 - 1;
    await settle(one);
    expect(target.pushes).toBe(1);
    clock.now += 1;
    await settle(one);
    expect(target.pushes).toBe(2);
  });

  test('fills a data source that was made anew under the same name, within ten minutes', async () => {
    const { publisher, settle, target, clock, submitBase, state } = await publishing();
    const one = publisher();
    await submitBase(['kim']);
    await settle(one);
    target.id = undefined;
    target.payload = undefined;
    clock.now += 10 * 60 * 1000;
    await settle(one);
    expect(target.users()).toEqual(['kim']);
    expect((await state()).published?.dataSourceId).toBe('ds-2');
  });

  test('does nothing while it is paused', async () => {
    const { publisher, publications, settle, target, submitBase } = await publishing();
    const one = publisher();
    await one.step();
    await publications.change(key, (current) => ({ ...current, paused: true }));
    await submitBase(['kim']);
    expect(await settle(one)).toBe('paused');
    await publications.change(key, (current) => ({ ...current, paused: false }));
    await settle(one);
    expect(target.users()).toEqual(['kim']);
  });

  test('pushes what is newest when a push has failed, not what it had tried', async () => {
    const { publisher, settle, target, clock, createUser, submitBase, state } = await publishing();
    const one = publisher();
    await submitBase(['kim']);
    target.before = cut;
    expect(await settle(one)).toBe('the last push failed');
    expect(await state()).toMatchObject({
      failures: 1,
      lastError: { message: 'The connection was cut.' },
      hold: undefined,
    });
    target.before = () => undefined;
    await createUser('jane');
    clock.now += 5_000;
    await settle(one);
    expect([target.pushes, target.users()]).toEqual([2, ['jane', 'kim']]);
    expect(await state()).toMatchObject({ failures: 0, retryAt: undefined });
  });

  const refusedAfterwards = () => {
    throw new CredentialsError('credentials-refused', 'Revoked.', { status: 401, mayHaveBeenReceived: true });
  };
  test.each([
    ['', cut],
    [', also where it was refused when it was sent again', refusedAfterwards],
  ])(
    'pushes once more when a push whose answer was lost can no longer arrive on top of the next one%s',
    async (_, fail) => {
      const { publisher, settle, target, clock, createUser, submitBase } = await publishing();
      const one = publisher();
      await submitBase(['kim']);
      let stray: typeof target.payload;
      target.before = (payload) => {
        stray = payload;
        fail();
      };
      await settle(one);
      target.before = () => undefined;
      await createUser('jane');
      clock.now += 5_000;
      await settle(one);
      target.payload = stray;
      clock.now += 294_999;
      expect(await settle(one)).toBe('everything is published');
      clock.now += 1;
      await settle(one);
      expect([target.pushes, target.users()]).toEqual([3, ['jane', 'kim']]);
      clock.now += 300_000;
      await settle(one);
      expect(target.pushes).toBe(3);
    },
  );

  test('waits twice as long after each failure, and a quarter of an hour at most', async () => {
    const { publisher, target, clock, submitBase, state } = await publishing();
    const one = publisher();
    await submitBase(['kim']);
    target.before = cut;
    const waits: number[] = [];
    for (let failure = 0; failure < 10; failure += 1) {
      await one.step();
      const { waitMs } = await one.step();
      const { retryAt = 0 } = await state();
      waits.push((retryAt - clock.now) / 1000);
      expect(waitMs).toBeGreaterThan(0);
      clock.now = retryAt;
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  test('goes on where the clock was set back', async () => {
    const { publisher, settle, target, clock, createUser, submitBase } = await publishing();
    const one = publisher({});
    await submitBase(['kim']);
    await one.step();
    clock.now += 2_000;
    await settle(one);
    clock.now -= 3_600_000;
    await createUser('jane');
    await one.step();
    clock.now += 2_000;
    await settle(one);
    expect(target.users()).toEqual(['jane', 'kim']);
    // Also what is published once a day does not wait for the day that it was.
    clock.now -= 30 * 24 * 3_600_000;
    await settle(one);
    expect(target.pushes).toBe(3);
    expect(await settle(one)).toBe('everything is published');
  });
});

describe('the removal guard', () => {
  const stopping = (request: { readonly acceptRemoval: boolean }) => {
    if (!request.acceptRemoval) throw guarded;
  };

  test('holds a pair until its removals are accepted, and says what would go', async () => {
    const { publisher, publications, settle, target, clock, submitBase, state, log } = await publishing();
    const one = publisher();
    await submitBase(['kim']);
    target.before = (_, request) => stopping(request);
    expect(await settle(one)).toBe('held');
    const { hold } = await state();
    expect(hold).toMatchObject({ kind: 'removal', message: 'would remove 35 of 40 users (88 %)' });
    expect(log).toContain('error publication is held: would remove 35 of 40 users (88 %)');
    clock.now += 3_600_000;
    expect(await settle(one)).toBe('held');
    expect(target.pushes).toBe(1);
    await publications.change(key, (current) => ({ ...current, acceptedRemoval: hold?.pair }));
    await settle(one);
    expect(target.users()).toEqual(['kim']);
    expect(await state()).toMatchObject({ hold: undefined, acceptedRemoval: undefined });
  });

  test('lets a pair that was accepted go, and no later one', async () => {
    const { publisher, publications, settle, target, createUser, submitBase, state } = await publishing();
    const one = publisher();
    await submitBase(['kim']);
    target.before = (_, request) => stopping(request);
    await settle(one);
    const { hold } = await state();
    await publications.change(key, (current) => ({ ...current, acceptedRemoval: hold?.pair }));
    await createUser('jane');
    expect(await settle(one)).toBe('held');
    expect((await state()).hold?.pair.revision).toBe((hold?.pair.revision ?? 0) + 1);
    expect(target.payload).toBeUndefined();
  });
});

describe('a refusal', () => {
  const refusal = (field: string, description: string) =>
    new RemoteError('remote-refused', 'The tenant refuses the payload.', {
      status: 400,
      violations: [{ field, description }],
    });

  test('that names a value leaves out that value, and publishes all else at once', async () => {
    const { publisher, settle, target, createUser, submitBase, state } = await publishing();
    const one = publisher();
    await createUser('jane', { title: 'Head of Everything', nickName: 'J' });
    await createUser('bo', { title: 'Clerk' });
    await submitBase(['kim', 'jane', 'bo']);
    target.before = ({ applications: [application] }) => {
      const isThere = application?.local_users?.some(
        ({ custom_properties: own }) => own?.title === 'Head of Everything',
      );
      if (isThere === true) {
        throw refusal('applications.local_users.custom_properties.title', 'Not allowed (title: Head of Everything)');
      }
    };
    expect(await settle(one)).toBe('everything is published');
    const titles = target.payload?.applications[0]?.local_users?.map(({ name, custom_properties: own }) => [name, own]);
    expect(titles).toEqual([
      ['kim', undefined],
      ['jane', { nick_name: 'J' }],
      ['bo', { title: 'Clerk' }],
    ]);
    expect(await state()).toMatchObject({
      hold: undefined,
      quarantine: { values: [{ kind: 'User', attribute: 'custom_properties.title' }] },
      leftOut: { count: 1 },
    });
  });

  test('is asked again whether it still stands when a new base comes', async () => {
    const { publisher, settle, target, submitBase, state, createUser } = await publishing();
    const one = publisher();
    await createUser('jane', { title: 'Boss' });
    await submitBase(['jane']);
    target.before = ({ custom_property_definition: { applications } }) => {
      if (applications[0]?.local_user_properties?.title !== undefined) {
        throw refusal(
          'custom_property_definition.applications.local_user_properties.title',
          'The type was another one',
        );
      }
    };
    await settle(one);
    expect(target.payload?.applications[0]?.local_users).not.toHaveProperty('[0].custom_properties');
    target.before = () => undefined;
    await createUser('bo');
    await settle(one);
    expect((await state()).quarantine?.values).toHaveLength(1);
    await submitBase(['jane', 'bo']);
    await settle(one);
    expect(target.payload?.applications[0]?.local_users?.[0]?.custom_properties).toEqual({ title: 'Boss' });
    expect((await state()).quarantine).toBeUndefined();
  });

  test.each([
    ['that names nothing', refusal('json_data', 'It is wrong'), 'refused'],
    [
      'of a user, who is no value',
      refusal('applications.local_users.name', 'Not allowed (name: kim.smith)'),
      'refused',
    ],
    ['of a role', refusal('identity_to_permissions.role_assignments.role', 'Unknown role'), 'refused'],
    ['of a payload that is too large', new InputError('payload-too-large', 'Too large.'), 'refused'],
    ['of the key', new CredentialsError('credentials-refused', 'The key is refused.', { status: 401 }), 'credentials'],
    [
      'of the removal guard, whose record of the last push is damaged,',
      new GuardError('baseline-invalid', 'The record is damaged.'),
      'settings',
    ],
    ['of a provider that is not there', new RemoteError('not-found', 'No provider.', { status: 404 }), 'settings'],
  ])('%s holds publication, loudly, and is tried again', async (_title, error, kind) => {
    const { publisher, settle, target, clock, submitBase, state, log } = await publishing();
    const one = publisher();
    await submitBase(['kim']);
    target.before = () => {
      throw error;
    };
    expect(await settle(one)).toBe('the last push failed');
    const { hold, retryAt } = await state();
    expect(hold).toMatchObject({ kind, message: error.message });
    expect(log).toContain(`error publication is held: ${error.message}`);
    target.before = () => undefined;
    clock.now = retryAt ?? 0;
    await settle(one);
    expect(target.users()).toEqual(['kim']);
    expect((await state()).hold).toBeUndefined();
  });
});
