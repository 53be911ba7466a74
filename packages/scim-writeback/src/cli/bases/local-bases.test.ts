import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { TestApplication } from '../../application/test-application.ts';
import { withWriteBack } from '../../application/with-write-back.ts';
import { baseOf, titled } from '../../base/test-bases.ts';
import { sqliteStore, temporaryFile } from '../../directory/test-store.ts';
import { localBases } from './local-bases.ts';

const base = baseOf({ users: [{ id: '1', ...titled('jane', 'x') }] });

/** A directory in which SCIM has made jane, of whom the application told no native id. */
async function openDirectory() {
  const file = await temporaryFile();
  const directory = await sqliteStore(file).open();
  onTestFinished(() => directory.close());
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  const context = { actor: 'tenant', requestId: '1', origin: 'scim' } as const;
  const { id } = await directory.organization('acme').create('User', { attributes: { userName: 'jane' } }, context);
  return { directory, cwd: dirname(file), jane: id };
}

const settings = (link: string) => `writeBack:
  - organization: acme
    provider: Shop
    dataSource: shop.test
    application: { name: Shop EU, type: Shop }
    adapter: { type: csv, mapping: shop.yaml }
    link: ${link}
`;

test('bases that are submitted on this machine are linked as the settings say', async () => {
  const { directory, cwd, jane } = await openDirectory();
  await writeFile(join(cwd, 'oaa.config.yaml'), settings('{ users: [emails] }'));
  const bases = localBases({ cwd, configFile: undefined }, directory, 'acme', 'connector');
  expect((await bases.submit(base, {})).notices).toEqual([expect.objectContaining({ code: 'link.ambiguous' })]);
  await writeFile(join(cwd, 'oaa.config.yaml'), settings('{ users: [userName] }'));
  const { asOf } = await bases.begin();
  expect((await bases.submit(base, { asOf })).notices).toEqual([]);
  expect((await directory.bases('acme').last())?.linking.users).toEqual([jane]);
});

test('bases that are submitted on this machine are of the application that the settings name, the first one too', async () => {
  const { directory, cwd } = await openDirectory();
  await writeFile(join(cwd, 'oaa.config.yaml'), settings('{}'));
  const bases = localBases({ cwd, configFile: undefined }, directory, 'acme', 'connector');
  await expect(bases.submit(baseOf({ application: 'Shop US' }), {})).rejects.toMatchObject({
    code: 'base-foreign',
    message: expect.stringContaining('"Shop US" (Shop), and the settings name "Shop EU" (Shop)'),
  });
  expect(await directory.bases('acme').list()).toEqual([]);
  expect((await bases.submit(base, {})).base.application).toEqual({ name: 'Shop EU', type: 'Shop' });
});

test('bases that a service accepts are linked as its settings say', async () => {
  const { directory } = await openDirectory();
  const adapter = new TestApplication();
  const served = withWriteBack(directory, new Map([['acme', { adapter, link: { users: [] } }]]));
  const bases = served.bases('acme');
  const { notices } = await bases.submit(base, { actor: 'connector' });
  expect(notices).toEqual([expect.objectContaining({ code: 'link.ambiguous' })]);
  expect(await bases.last()).toMatchObject({ linking: { users: [null] } });
  expect(await bases.list()).toHaveLength(1);
  await served.close();
});
