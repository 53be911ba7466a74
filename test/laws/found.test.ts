// Histories that broke a law once, as short as they could be made.
import { expect, test } from 'vitest';
import type { ApplicationStyle } from './application.ts';
import { outOfBand, play, published, scim, submitted } from './play.ts';
import { everything } from './scim-request.ts';

const byNames: ApplicationStyle = { ids: false, tells: true, repeats: 'keys' };

test('where names are keys, a group that was renamed over SCIM and disbanded goes, though another has its old name', async () => {
  const { application } = await play(byNames, [
    scim({ type: 'rename-group', group: 0, name: 'Dev' }),
    scim({ type: 'create-group', name: 'Sales', members: [] }),
    outOfBand({ type: 'disband', group: 0 }),
  ]);
  expect([...application.teams.values()].map(({ name }) => name)).toEqual(['Ops', 'Sales']);
});

test('where names are keys, a user who was renamed over SCIM and fired goes, though another has the old name', async () => {
  const { application } = await play(byNames, [
    scim({ type: 'rename', who: 0, name: 'bo' }),
    scim({ type: 'create', name: 'jane', title: undefined, email: false }),
    outOfBand({ type: 'fire', who: 0 }),
  ]);
  expect([...application.accounts.values()].map(({ name }) => name)).toEqual(['root', 'kim', 'jane']);
});

test('where names are keys, a base from before does not give the grants of who was renamed to the next one of the name', async () => {
  await play(byNames, [
    { type: 'base', step: 'begin' },
    { type: 'base', step: 'extract' },
    scim({ type: 'rename', who: 0, name: 'bo' }),
    scim({ type: 'create', name: 'jane', title: undefined, email: false }),
    submitted,
    published,
  ]);
});

test.each([
  ['', []],
  [
    ', though the base was begun before another request',
    [{ type: 'base', step: 'begin' }, scim({ type: 'active', who: 0, active: false })],
  ],
] as const)(
  'a group that was renamed before its creation was known, and came in with a base meanwhile, is there once%s',
  async (_, before) => {
    const { process } = await play({ ids: true, tells: true, repeats: 'keys' }, [
      ...before,
      scim({ type: 'create-group', name: 'Qa', members: [] }, 'silent after'),
      outOfBand({ type: 'rename-group', group: 2, name: 'Dev' }),
      submitted,
    ]);
    const { resources } = await process.plain.list('Group', everything);
    expect(resources.map(({ attributes }) => attributes.displayName)).toEqual(['Sales', 'Ops', 'Dev']);
  },
);

test('where names are keys, a group that a base shows renamed before the answer of the adapter is still the same one', async () => {
  const { process, directory } = await play({ ids: false, tells: false, repeats: 'keys' }, [
    scim({ type: 'rename-group', group: 0, name: 'Dev' }, 'silent after'),
    submitted,
  ]);
  const { resources } = await process.plain.list('Group', everything);
  const dev = resources.find(({ attributes }) => attributes.displayName === 'Dev');
  expect(await directory.links('acme').find('Group', dev?.id ?? '')).toMatchObject({ key: 'Sales', state: 'live' });
});

test('where names are keys, who is hired while the end of a deletion is not known is found to be another one', async () => {
  await play({ ids: false, tells: false, repeats: 'keys' }, [
    { type: 'scim', act: { type: 'delete', who: 0 }, faults: ['cut after'], meanwhile: undefined },
    outOfBand({ type: 'hire', name: 'jane', title: undefined, email: false, granted: true }),
    submitted,
    published,
    { type: 'base', step: 'begin' },
  ]);
});

test('where names are keys, a group does not get the name of another that is there for all that SCIM knows', async () => {
  const { application, requests } = await play({ ids: false, tells: false, repeats: 'keys' }, [
    outOfBand({ type: 'disband', group: 0 }),
    scim({ type: 'rename-group', group: 1, name: 'Sales' }),
  ]);
  expect([...requests.values()].map(({ outcome }) => outcome)).toEqual(['refused']);
  expect([...application.teams.values()].map(({ name }) => name)).toEqual(['Ops']);
});

test('where names are keys, of several who were renamed in a row over SCIM the one who was fired goes', async () => {
  await play({ ids: false, tells: false, repeats: 'keys' }, [
    scim({ type: 'all', who: 2, name: 'straße', active: false }),
    outOfBand({ type: 'fire', who: 0 }),
    scim({ type: 'rename', who: 3, name: 'jane' }),
    scim({ type: 'add', group: 0, who: 0 }),
  ]);
});

test('where names are keys, who was created and renamed between two bases is told from the next one of the old name', async () => {
  const { application } = await play(byNames, [
    scim({ type: 'delete', who: 0 }),
    scim({ type: 'create', name: 'straße', title: undefined, email: false }),
    scim({ type: 'all', who: 3, name: 'jane', active: false }),
    scim({ type: 'create', name: 'straße', title: undefined, email: false }),
    { type: 'crash', after: 0 },
  ]);
  expect([...application.accounts.values()].map(({ name }) => name)).toContain('straße');
});

test('a base that is submitted again leaves alone who was created since it was extracted, and whom it shows by chance', async () => {
  const bo = { type: 'create', name: 'bo', title: undefined, email: false } as const;
  await play({ ids: false, tells: false, repeats: 'keys' }, [
    { type: 'scim', act: bo, faults: ['garbage'], meanwhile: undefined },
    scim(bo),
    scim(bo),
    submitted,
    scim({ type: 'replace', group: 0, members: [] }),
    { type: 'clock', ms: 60_000 },
    scim(bo),
    { type: 'base', step: 'submit the same again' },
    scim({ type: 'active', who: 0, active: false }),
  ]);
});

test('where names are keys, who was renamed over SCIM and deleted is not the next one of the old name, in a base from before', async () => {
  const { process } = await play({ ids: false, tells: false, repeats: 'keys' }, [
    published,
    scim({ type: 'rename', who: 0, name: 'bo' }),
    outOfBand({ type: 'hire', name: 'jane', title: undefined, email: false, granted: false }),
    { type: 'base', step: 'begin' },
    { type: 'base', step: 'extract' },
    scim({ type: 'delete', who: 0 }),
    submitted,
    published,
  ]);
  const { resources } = await process.plain.list('User', everything);
  expect(resources.map(({ attributes }) => attributes.userName)).toContain('jane');
});
