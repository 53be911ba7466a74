import { describe, expect, onTestFinished, test } from 'vitest';
import type { Directory } from '../../directory.ts';
import { sqliteStore, temporaryFile } from '../../test-store.ts';
import type { Intent, IntentRequest, Opened, OpenOptions } from '../../write-back.ts';

const context = { actor: 'tenant', requestId: 'request-1', origin: 'scim' } as const;
const options: OpenOptions = {
  context,
  owner: 'node',
  leaseMs: 1000,
  plan: (effect) => (effect.type === 'create' ? [{ type: 'create-user', after: effect.after }] : []),
};

async function open({ clock }: { clock?: () => Date } = {}) {
  const directory = await sqliteStore(await temporaryFile()).open({ clock });
  onTestFinished(() => directory.close());
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  await directory.organizations.create({ id: 'globex', name: 'Globex' });
  return { directory, acme: directory.organization('acme'), intents: directory.intents('acme') };
}

const createUser = (userName: string): IntentRequest => ({
  type: 'create',
  kind: 'User',
  resource: { attributes: { schemas: [], userName } },
});
const rename = (id: string, userName: string): IntentRequest => ({
  type: 'update',
  kind: 'User',
  id,
  decide: ({ attributes }) => ({ attributes: { ...attributes, userName } }),
});

function opened(outcome: Opened): Intent {
  if (outcome.type !== 'opened') throw new Error(outcome.type);
  return outcome.intent;
}

const makeUser = (directory: Directory, userName: string) =>
  directory.organization('acme').create('User', { attributes: { schemas: [], userName } }, context);

describe('an intent that is open', () => {
  test('has changed nothing but what is taken: neither resource nor revision nor count is there', async () => {
    const { directory, acme, intents } = await open();
    const { resourceId } = opened(await intents.open(createUser('jane'), options));
    expect(await acme.get('User', resourceId)).toBeUndefined();
    expect(await acme.revision()).toBe(0);
    expect(await directory.size()).toEqual([]);
    await expect(makeUser(directory, 'JANE')).rejects.toMatchObject({ status: 409 });
  });

  test('keeps a name that is being given up until it is written', async () => {
    const { directory, intents } = await open();
    const jane = await makeUser(directory, 'jane');
    const intent = opened(await intents.open(rename(jane.id, 'kim'), options));
    for (const name of ['jane', 'kim']) {
      await expect(makeUser(directory, name)).rejects.toMatchObject({ status: 409 });
    }
    await intents.apply(intent);
    await expect(makeUser(directory, 'kim')).rejects.toMatchObject({ status: 409 });
    await makeUser(directory, 'jane');
  });

  test('gives back exactly what it took when it is refused', async () => {
    const { directory, intents } = await open();
    const jane = await makeUser(directory, 'jane');
    const intent = opened(await intents.open(rename(jane.id, 'kim'), options));
    expect(await intents.refuse(intent, { kind: 'invalid', reason: 'No.' })).toBe(true);
    await expect(makeUser(directory, 'jane')).rejects.toMatchObject({ status: 409 });
    await makeUser(directory, 'kim');
    expect(await intents.list()).toEqual([]);
    expect(await intents.get(intent.id)).toMatchObject({ state: 'refused', refusal: { reason: 'No.' } });
  });

  test('locks its resource for other requests, and joins the same one', async () => {
    const { directory, intents } = await open();
    const jane = await makeUser(directory, 'jane');
    const intent = opened(await intents.open(rename(jane.id, 'kim'), options));
    const locked = (joins: boolean) => ({ type: 'locked', by: { id: intent.id }, joins });
    expect(await intents.open(rename(jane.id, 'kim'), options)).toMatchObject(locked(true));
    expect(await intents.open(rename(jane.id, 'joe'), options)).toMatchObject(locked(false));
    // What is so already may be otherwise when the intent is closed.
    expect(await intents.open(rename(jane.id, 'jane'), options)).toMatchObject(locked(false));
    const another = { ...options, context: { ...context, actor: 'another' } };
    expect(await intents.open(rename(jane.id, 'kim'), another)).toMatchObject(locked(false));
    expect(await intents.open(createUser('kim'), options)).toMatchObject(locked(false));
    await expect(intents.open(createUser('jane'), options)).rejects.toMatchObject({ status: 409 });
  });

  test('is seen in its organization only', async () => {
    const { directory, intents } = await open();
    const intent = opened(await intents.open(createUser('jane'), options));
    const globex = directory.intents('globex');
    expect(await globex.list()).toEqual([]);
    expect(await globex.get(intent.id)).toBeUndefined();
    expect(await globex.refuse(intent, { kind: 'invalid', reason: 'No.' })).toBe(false);
    expect(await globex.apply(intent)).toBeUndefined();
    expect(await globex.seize(intent.id, 'other', 1000)).toBeUndefined();
    expect((await globex.open(createUser('jane'), options)).type).toBe('opened');
  });

  test('does not overwrite what a base has changed in other attributes meanwhile', async () => {
    const { directory, acme, intents } = await open();
    const jane = await makeUser(directory, 'jane');
    const intent = opened(await intents.open(rename(jane.id, 'kim'), options));
    const extraction = { ...context, origin: 'extraction' } as const;
    await acme.update(
      'User',
      jane.id,
      ({ attributes }) => ({ attributes: { ...attributes, title: 'CEO' } }),
      extraction,
    );
    await intents.apply(intent);
    expect((await acme.get('User', jane.id))?.attributes).toMatchObject({ userName: 'kim', title: 'CEO' });
    expect((await acme.changes(2, 1))[0]?.facts).toEqual({ attributes: { userName: 'kim' } });
  });

  test('of a resource that a base has taken away is closed without a change', async () => {
    const { directory, acme, intents } = await open();
    const jane = await makeUser(directory, 'jane');
    const intent = opened(await intents.open(rename(jane.id, 'kim'), options));
    await acme.delete('User', jane.id, () => undefined, { ...context, origin: 'extraction' });
    expect(await intents.apply(intent)).toEqual({ resource: undefined, facts: {} });
    expect(await intents.list()).toEqual([]);
    await makeUser(directory, 'kim');
  });
});

describe('who has lost an intent', () => {
  test('writes nothing about it any more', async () => {
    const { acme, intents } = await open();
    const intent = opened(await intents.open(createUser('jane'), { ...options, leaseMs: 0 }));
    const [taken] = await intents.takeOver('other', 1000, 10, []);
    expect(taken).toMatchObject({ id: intent.id, owner: 'other', attempt: 2, asked: true });
    expect(await intents.renew(intent, 1000)).toBe(false);
    expect(await intents.advance(intent, { operations: 1 }, 1000)).toBe(false);
    expect(await intents.turnBack(intent, [], { kind: 'invalid', reason: 'No.' })).toBe(false);
    expect(await intents.refuse(intent, { kind: 'invalid', reason: 'No.' })).toBe(false);
    expect(await intents.needAttention(intent, 'No.')).toBe(false);
    expect(await intents.apply(intent)).toBeUndefined();
    expect(await acme.revision()).toBe(0);
    expect(await intents.get(intent.id)).toMatchObject({ state: 'open', owner: 'other', done: 0, reason: undefined });
  });

  test('has not lost what is leased still, or is excepted', async () => {
    const { intents } = await open();
    await intents.open(createUser('jane'), options);
    const expired = opened(await intents.open(createUser('joe'), { ...options, leaseMs: 0 }));
    expect(await intents.takeOver('other', 1000, 10, [expired.id])).toEqual([]);
    expect((await intents.takeOver('other', 1000, 10, [])).map(({ id }) => id)).toEqual([expired.id]);
  });

  test('has lost as many as may be taken at once, the oldest first', async () => {
    let now = Date.parse('2026-11-22T12:00:00Z');
    const { intents } = await open({ clock: () => new Date(now) });
    const ids: string[] = [];
    for (const name of ['c', 'a', 'b']) {
      ids.push(opened(await intents.open(createUser(name), { ...options, leaseMs: 0 })).id);
      now += 1;
    }
    expect((await intents.takeOver('other', 1000, 2, [])).map(({ id }) => id)).toEqual(ids.slice(0, 2));
  });
});

describe('the link of a resource', () => {
  const links = (directory: Directory) => directory.intents('acme');

  test('is made with the SCIM id as key and what the application calls it, and known to later changes', async () => {
    const { directory, acme } = await open();
    const intents = links(directory);
    const intent = opened(await intents.open(createUser('jane'), options));
    const applied = await intents.apply(intent, 'native-1');
    expect(applied).toMatchObject({ resource: { id: intent.resourceId, version: 1 }, facts: { attributes: {} } });
    let seen: unknown;
    await intents.open(rename(intent.resourceId, 'kim'), {
      ...options,
      plan: (effect) => {
        seen = effect;
        return [];
      },
    });
    expect(seen).toMatchObject({
      type: 'update',
      before: { key: intent.resourceId, nativeId: 'native-1', attributes: { userName: 'jane' } },
      after: { key: intent.resourceId, nativeId: 'native-1', attributes: { userName: 'kim' } },
    });
    expect(await acme.revision()).toBe(1);
  });
});

test('closed intents are forgotten after a while, and those that took something away after an hour', async () => {
  let now = Date.parse('2026-11-22T12:00:00Z');
  const { intents, directory } = await open({ clock: () => new Date(now) });
  const made = opened(await intents.open(createUser('jane'), options));
  await intents.apply(made);
  const deletion = opened(
    await intents.open({ type: 'delete', kind: 'User', id: made.resourceId, check: () => undefined }, options),
  );
  await intents.apply(deletion);
  const stuck = opened(await intents.open(createUser('joe'), options));
  await intents.forgetClosed();
  expect(await intents.get(made.id)).toBeDefined();
  now += 600_001;
  await intents.forgetClosed();
  expect(await intents.get(made.id)).toBeUndefined();
  expect(await intents.get(deletion.id)).toBeDefined();
  now += 3_600_000;
  await intents.forgetClosed();
  expect(await intents.get(deletion.id)).toBeUndefined();
  expect((await intents.list()).map(({ id }) => id)).toEqual([stuck.id]);
  await directory.organization('acme').revision();
});
