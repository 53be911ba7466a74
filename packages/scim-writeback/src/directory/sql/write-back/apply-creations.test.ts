import { expect, test } from 'vitest';
import { baseOf, titled, useBases } from '../../../base/test-bases.ts';

test('somebody new whose id is the key that another one has for ever gets an id, and with it a key, of their own', async () => {
  const { submit, scim, bases, links, named } = await useBases();
  await submit(baseOf({ users: [titled('jane', 'Boss')] }));
  const bo = (await named('jane'))?.id ?? '';
  await scim.set('User', bo, { userName: 'bo' });
  await submit(baseOf({ users: [titled('bo', 'Boss')] }));
  // From here on the connector extracts ids, which are what the names are.
  const users = [
    { id: 'bo', ...titled('bo', 'Boss') },
    { id: 'jane', ...titled('jane', 'Intern') },
  ];
  await submit(baseOf({ users }));
  const jane = (await named('jane'))?.id ?? '';
  expect((await bases.last())?.linking.users).toEqual([bo, jane]);
  expect(
    (await links()).toSorted((one, other) => (one.key === 'jane' ? -1 : other.key === 'jane' ? 1 : 0)),
  ).toMatchObject([
    { id: bo, key: 'jane', nativeId: 'bo', state: 'live' },
    { id: jane, key: jane, nativeId: 'jane', state: 'live' },
  ]);
  expect(await submit(baseOf({ users }))).toMatchObject({
    notices: [],
    drifts: [],
    changes: { created: 0, updated: 0 },
  });
});
