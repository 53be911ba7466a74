import { describe, expect, test, vi } from 'vitest';
import { resolveIntent } from './resolve-intent.ts';
import { TestApplication } from './test-application.ts';
import { context, expectAgreement, openWriteBack, user } from './test-write-back.ts';

describe.each([
  ['looked up', { probes: true }],
  ['repeated', { probes: false, repeatable: true }],
])('what was left and can be %s', (_how, abilities) => {
  /** Opened, asked for and never known; then so much time goes by. */
  async function leave(idleMs: number) {
    let now = new Date('2026-11-22T12:00:00Z').getTime();
    const application = new TestApplication(abilities);
    const store = await openWriteBack({ application, directory: { clock: () => new Date(now) } });
    application.before = async () => {
      throw new Error('connection reset');
    };
    await expect(store.acme.create('User', user('jane'), context)).rejects.toMatchObject({ status: 503 });
    application.before = async () => undefined;
    now += idleMs;
    store.acme.start();
    return store;
  }

  test('is done within the hour', async () => {
    const store = await leave(3_000_000);
    await vi.waitFor(async () => expect(await store.intents.list()).toEqual([]), { timeout: 10_000, interval: 10 });
    await expectAgreement(store);
  });

  test('is left to people after that: in a restored database it may have been done and undone since', async () => {
    const { acme, intents, application, events } = await leave(3_700_000);
    await vi.waitFor(() => expect(events.at(-1)?.type).toBe('needs-attention'), { timeout: 10_000, interval: 10 });
    expect(application.calls).toHaveLength(1);
    const [stuck] = await intents.list();
    expect(await resolveIntent(intents, stuck?.id ?? '', 'not-applied', { owner: 'somebody' })).toBe('refused');
    await acme.create('User', user('jane'), context);
    expect(application.effects).toEqual(['create-user jane']);
  });
});
