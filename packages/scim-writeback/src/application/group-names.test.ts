import { expect, onTestFinished, test } from 'vitest';
import { baseOf } from '../base/test-bases.ts';
import { openSqliteDirectory } from '../directory/sqlite.ts';
import { temporaryFile } from '../directory/test-store.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import { context, expectAgreement, group, members, openWriteBack, set, type TestWriteBack } from './test-write-back.ts';

const conflict = { status: 409, scimType: 'uniqueness' };

/** With a group Ops; names are keys where the last base has no ids. */
async function openNamed(how: 'names are keys' | 'ids are keys') {
  const store = await openWriteBack({ callTimeoutMs: 5000 });
  const { acme, application, directory } = store;
  const row = how === 'names are keys' ? { name: 'Base' } : { id: 'base', name: 'Base' };
  await directory.bases('acme').submit(baseOf({ groups: [row] }), { actor: 'connector' });
  const [made] = await acme.changes(0, 1);
  application.groups.set(`native-${made?.id}`, { name: 'Base', members: new Set() });
  return { ...store, ops: await acme.create('Group', group('Ops'), context), store };
}

/** Keeps the adapter from answering. */
function holdUp({ application, intents }: Pick<TestWriteBack, 'application' | 'intents'>) {
  const free = Promise.withResolvers<undefined>();
  const calls = application.calls.length;
  application.before = () => free.promise;
  return {
    /** What it was asked for meanwhile. All requests have been opened, or wait, by then: changes are made in turn. */
    async asked() {
      await intents.forgetClosed();
      return application.calls.slice(calls).map(({ operation }) => operation.type);
    },
    answer: () => free.resolve(undefined),
  };
}

const newName = (store: Awaited<ReturnType<typeof openNamed>>, how: string, name: string) =>
  how === 'a creation'
    ? store.acme.create('Group', group(name), context)
    : store.acme.update('Group', store.ops.id, set({ displayName: name }), context).then(({ resource }) => resource);

test.each([
  ['a creation', 'a creation'],
  ['a creation', 'a rename'],
  ['a rename', 'a creation'],
])('where names are keys, %s and %s that want one name at the same time make one group of it', async (one, other) => {
  const named = await openNamed('names are keys');
  const { acme, application, store } = named;
  const adapter = holdUp(store);
  const first = newName(named, one, 'Sales');
  first.catch(() => undefined);
  await expect.poll(() => adapter.asked()).toHaveLength(1);
  const second = newName(named, other, 'sALES');
  second.catch(() => undefined);
  expect(await adapter.asked()).toHaveLength(1);
  adapter.answer();
  expect((await first).attributes.displayName).toBe('Sales');
  await expect(second).rejects.toMatchObject(conflict);
  const names = [...application.groups.values()].map(({ name }) => name.toLowerCase());
  expect(names.filter((name) => name === 'sales')).toEqual(['sales']);
  // What was reserved is not kept: the name is free with its group.
  const { id } = await first;
  await acme.update('Group', id, set({ displayName: 'Dev' }), context);
  await acme.create('Group', group('sales'), context);
  await expectAgreement(store);
});

test('where names are keys, a name is free again when the application has refused it', async () => {
  const { acme, application, store } = await openNamed('names are keys');
  application.before = async () => ({ type: 'refused', reason: 'Not today.' });
  await expect(acme.create('Group', group('Sales'), context)).rejects.toMatchObject({ status: 400 });
  application.before = async () => undefined;
  await acme.create('Group', group('sales'), context);
  await expectAgreement(store);
});

test('where names are keys, a group may change the case of its name, and its members while others wait', async () => {
  const { acme, application, ops, store } = await openNamed('names are keys');
  await acme.update('Group', ops.id, set({ displayName: 'OPS' }), context);
  const inner = await acme.create('Group', group('Inner'), context);
  const adapter = holdUp(store);
  const adding = acme.update('Group', ops.id, members({ add: [inner.id] }), context);
  await expect.poll(() => adapter.asked()).toEqual(['add-members']);
  await expect(acme.create('Group', group('ops'), context)).rejects.toMatchObject(conflict);
  adapter.answer();
  await adding;
  expect([...application.groups.values()].map(({ name }) => name)).toEqual(['Base', 'OPS', 'Inner']);
});

test('where ids are keys, names may repeat, also at the same time', async () => {
  const { acme, application, store } = await openNamed('ids are keys');
  const adapter = holdUp(store);
  const both = ['Sales', 'sales'].map((name) => acme.create('Group', group(name), context));
  await expect.poll(() => adapter.asked()).toEqual(['create-group', 'create-group']);
  adapter.answer();
  await Promise.all(both);
  expect([...application.groups.values()].map(({ name }) => name)).toEqual(['Base', 'Ops', 'Sales', 'sales']);
  await expectAgreement(store);
});

test('where names are keys and the schema has them unique anyway, a name is reserved once', async () => {
  const { schema, ...type } = groupResourceType;
  const attributes = schema.attributes.map((one) =>
    one.name === 'displayName' ? { ...one, uniqueness: 'server' as const } : one,
  );
  const directory = await openSqliteDirectory({
    file: await temporaryFile(),
    userSchema: new ResourceSchema(userResourceType),
    groupSchema: new ResourceSchema({ ...type, schema: { ...schema, attributes } }),
  });
  onTestFinished(() => directory.close());
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  await directory.bases('acme').submit(baseOf({ groups: [{ name: 'Base' }] }), { actor: 'connector' });
  const intents = directory.intents('acme');
  const request = { type: 'create', kind: 'Group', resource: group('Sales') } as const;
  const opened = await intents.open(request, { context, owner: 'test', leaseMs: 60_000, plan: () => [] });
  if (opened.type !== 'opened') throw new Error(opened.type);
  expect(await intents.apply(opened.intent)).toMatchObject({ resource: { attributes: { displayName: 'Sales' } } });
  await expect(directory.organization('acme').create('Group', group('sALES'), context)).rejects.toMatchObject(conflict);
});
