import { expect, onTestFinished, test } from 'vitest';
import { baseOf, titled } from '../base/test-bases.ts';
import { sqliteStore, temporaryFile } from '../directory/test-store.ts';
import { TestApplication } from './test-application.ts';
import { context, user } from './test-write-back.ts';
import { withWriteBack } from './with-write-back.ts';

const base = baseOf({ users: [{ id: '1', ...titled('jane', 'Clerk') }] });

/** Of first contact, the settings say that it is by nothing; gives the notices of a base with a user whom SCIM has made. */
async function submitWith(options: { readonly link?: { readonly users: readonly ['userName'] } | undefined }) {
  const directory = await sqliteStore(await temporaryFile()).open();
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  await directory.organization('acme').create('User', user('jane'), context);
  const written = withWriteBack(
    directory,
    new Map([['acme', { adapter: new TestApplication(), link: { users: [] } }]]),
  );
  onTestFinished(() => written.close());
  const { notices } = await written.bases('acme').submit(base, { actor: 'connector', ...options });
  return notices.map(({ code }) => code);
}

test.each([
  ['that say nothing of it', {}],
  ['that leave it open', { link: undefined }],
])('bases are linked as the settings say with options %s', async (_what, options) => {
  expect(await submitWith(options)).toEqual(['link.ambiguous']);
});

test('bases are linked as they are submitted where that is said', async () => {
  expect(await submitWith({ link: { users: ['userName'] } })).toEqual([]);
});
