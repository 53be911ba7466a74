// Where names are keys, and a rename has not come to its end: histories that broke a law once.
import { expect, test } from 'vitest';
import type { ApplicationStyle } from './application.ts';
import { outOfBand, play, published, scim, submitted } from './play.ts';
import { everything } from './scim-request.ts';

const byNames: ApplicationStyle = { ids: false, tells: false, repeats: 'keys' };
const another = (name: string) => outOfBand({ type: 'hire', name, title: undefined, email: true, granted: true });

test('who is hired under the old name of somebody who is being renamed does not get the grants of that one, nor the other way', async () => {
  const { process, application } = await play(byNames, [
    submitted,
    published,
    scim({ type: 'rename', who: 0, name: 'bo' }, 'cut after'),
    another('Jane'),
    submitted,
    published,
    submitted,
    published,
  ]);
  const { resources } = await process.plain.list('User', everything);
  const links = process.directory.links('acme');
  const renamed = resources.find(({ attributes }) => attributes.userName === 'bo');
  expect(await links.find('User', renamed?.id ?? '')).toMatchObject({ key: 'jane', nativeId: 'bo' });
  expect(application.accountNamed('bo')?.id).toBe('n2');
});

test('who is hired under the new name of somebody who is being renamed does not get the grants of that one', async () => {
  await play(byNames, [
    submitted,
    published,
    scim({ type: 'rename', who: 0, name: 'bo' }, 'cut before'),
    another('bo'),
    submitted,
    published,
    submitted,
    published,
  ]);
});

test('a team that is founded under the old name of one that is being renamed is another one', async () => {
  const { process } = await play(byNames, [
    submitted,
    scim({ type: 'rename-group', group: 0, name: 'Dev' }, 'cut after'),
    outOfBand({ type: 'found', name: 'Sales' }),
    submitted,
    submitted,
    published,
  ]);
  const { resources } = await process.plain.list('Group', everything);
  const links = process.directory.links('acme');
  const keys = await Promise.all(
    resources.map(async ({ id, attributes }) => [
      attributes.displayName,
      (await links.find('Group', id))?.key === 'Sales',
    ]),
  );
  expect(keys).toEqual([
    ['Dev', true],
    ['Ops', false],
    ['Sales', false],
  ]);
});

test('a name that is on its way to a team is not given to a second one meanwhile', async () => {
  const { application } = await play(byNames, [
    scim({ type: 'create-group', name: 'Dev', members: [] }, 'cut before'),
    scim({ type: 'create-group', name: 'dev', members: [0] }),
    scim({ type: 'rename-group', group: 0, name: 'DEV' }),
  ]);
  expect([...application.teams.values()].map(({ name }) => name)).toEqual(['Sales', 'Ops', 'Dev']);
});
