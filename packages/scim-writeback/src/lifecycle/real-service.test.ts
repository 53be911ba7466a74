import { createServer } from 'node:http';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createScimClient } from '../client/create-scim-client.ts';
import type { DialectName } from '../client/dialects.ts';
import type { ScimClient } from '../client/scim-client.ts';
import { all, instantSeams, rejection } from '../client/test-service.ts';
import { createScimService } from '../server/create-scim-service.ts';
import { nodeHandler } from '../server/node-handler.ts';
import type { Principal } from '../server/scim-service.ts';
import { openTestDirectory } from '../server/test-service.ts';
import { createEntitlement } from './create-entitlement.ts';
import { deleteIdentity } from './delete-identity.ts';
import { deprovisionIdentity } from './deprovision-identity.ts';
import { applyTransformers } from './formatter/index.ts';
import { addToGroup, removeFromGroup } from './manage-relationships.ts';
import { syncIdentity } from './sync-identity.ts';

const principal: Principal = {
  organization: 'acme',
  credentialId: 'tenant',
  label: 'tenant',
  scopes: new Set(['scim:read', 'scim:write']),
};

/** Our own service over SQLite, on a port of this machine until the test ends, and a client of it. */
async function startReal(dialect: DialectName): Promise<ScimClient> {
  const service = createScimService({
    directory: await openTestDirectory(),
    authenticator: { challenges: ['Bearer'], authenticate: async () => principal },
    mountPath: '/scim',
  });
  const server = createServer(nodeHandler(service, { mountPath: '/scim' }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return createScimClient({
    url: `http://127.0.0.1:${port}/scim/v2`,
    auth: { type: 'bearer', token: 'any' },
    dialect,
    seams: instantSeams(),
  });
}

const email = 'jane.doe@example.com';
const attributes = {
  user_name: email,
  given_name: 'Jane',
  family_name: 'Doe',
  display_name: 'Jane Doe',
  emails: email,
};

describe.each<DialectName>(['standard', 'veza'])('our own service, dialect %s', (dialect) => {
  test('plays the life of a user: made, updated, in a group and out of it, deactivated, deleted', async () => {
    const scim = await startReal(dialect);
    const made = await syncIdentity(scim, { attributes });
    expect(made).toMatchObject({ outcome: 'created', userName: email });
    const user = { id: made.id ?? '' };
    expect(await syncIdentity(scim, { attributes })).toMatchObject({ outcome: 'unchanged', id: user.id });
    const changed = { ...attributes, user_name: email.toUpperCase(), title: 'Boss', emails: '' };
    expect(await syncIdentity(scim, { attributes: changed })).toMatchObject({ outcome: 'updated', id: user.id });
    const { attributes: shown } = await scim.get('Users', user.id);
    expect(shown).toMatchObject({ userName: email, title: 'Boss', active: true, displayName: 'Jane Doe' });
    expect(shown).not.toHaveProperty('emails');

    const group = { id: (await createEntitlement(scim, { displayName: 'Engineering' })).id ?? '' };
    const bystander = await syncIdentity(scim, {
      attributes: { ...attributes, user_name: 'kim@example.com', emails: 'kim@example.com' },
    });
    const members = async () => (await scim.get('Groups', group.id)).attributes.members;
    await addToGroup(scim, { user: { userName: 'kim@example.com' }, group: { displayName: 'engineering' } });
    await addToGroup(scim, { user, group });
    await addToGroup(scim, { user, group });
    expect(await members()).toHaveLength(2);
    await removeFromGroup(scim, { user, group });
    await removeFromGroup(scim, { user, group });
    expect(await members()).toMatchObject([{ value: bystander.id }]);

    await deprovisionIdentity(scim, user);
    await deprovisionIdentity(scim, { userName: email });
    expect((await scim.get('Users', user.id)).attributes.active).toBe(false);
    const reactivated = await syncIdentity(scim, {
      attributes: { user_name: email },
      reactivate: true,
      ifUnchanged: true,
    });
    expect(reactivated).toMatchObject({ outcome: 'updated', id: user.id });
    expect((await scim.get('Users', user.id)).attributes.active).toBe(true);

    await deleteIdentity(scim, user);
    expect(await rejection(deleteIdentity(scim, user))).toMatchObject({ code: 'not-found' });
    expect(await rejection(scim.get('Users', user.id))).toMatchObject({ code: 'not-found' });
    expect(await rejection(deprovisionIdentity(scim, user))).toMatchObject({ code: 'not-found' });
  });

  test('lists everybody, over several pages', async () => {
    const scim = await startReal(dialect);
    for (let user = 0; user < 7; user += 1) {
      await scim.create('Users', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: `user-${user}`,
        active: user % 2 === 0,
      });
    }
    const names = async (filter?: string) =>
      (await all(scim.list('Users', { filter, pageSize: 2 }))).map((user) => user.attributes.userName).sort();
    expect(await names()).toHaveLength(7);
    expect(await names('active eq false')).toEqual(['user-1', 'user-3', 'user-5']);
  });

  test('keeps every one of many memberships that are changed at once', async () => {
    const scim = await startReal(dialect);
    const group = { id: (await createEntitlement(scim, { displayName: 'All' })).id ?? '' };
    const users = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        scim.create('Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: `u${index}` }),
      ),
    );
    await Promise.all(users.map(({ id }) => addToGroup(scim, { user: { id }, group })));
    expect((await scim.get('Groups', group.id)).attributes.members).toHaveLength(16);
    await Promise.all(users.slice(1).map(({ id }) => removeFromGroup(scim, { user: { id }, group })));
    expect((await scim.get('Groups', group.id)).attributes.members).toMatchObject([{ value: users[0]?.id }]);
  });
});

test('namesakes get the names of the fallback formatters, and each its own again', async () => {
  const scim = await startReal('standard');
  const transformer = {
    attribute: 'user_name',
    formatter: '{first}.{last}',
    thenApply: '| ASCII | LOWER',
    fallbacks: ['{first}.{last}{| NEXT_NUMBER, 2, 3}'],
  };
  const { attributes, fallbackUserNames } = applyTransformers([transformer], {
    attributes: { first: 'Zoë', last: 'Ohm' },
  });
  const names: unknown[] = [];
  for (const employee of ['1', '2', '3', '2']) {
    const input = { attributes: { ...attributes, external_id: employee }, fallbackUserNames };
    const { outcome, userName } = await syncIdentity(scim, input);
    names.push([outcome, userName]);
  }
  expect(names).toEqual([
    ['created', 'zoe.ohm'],
    ['created', 'zoe.ohm2'],
    ['created', 'zoe.ohm3'],
    ['unchanged', 'zoe.ohm2'],
  ]);
});

test('after a sync there is nothing left to sync, whatever the attributes are', async () => {
  const scim = await startReal('standard');
  const text = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.constantFrom('', ' x ', null));
  const addresses = fc.array(fc.record({ value: fc.emailAddress(), type: fc.constantFrom('work', 'home') }), {
    maxLength: 3,
  });
  const anything = fc.record(
    {
      title: text,
      display_name: text,
      given_name: text,
      formatted_name: text,
      external_id: text,
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department': text,
      emails: fc.uniqueArray(fc.emailAddress(), { maxLength: 3 }),
      phone_numbers: addresses.map((list) => JSON.stringify(list)),
    },
    { requiredKeys: [] },
  );
  let person = 0;
  await fc.assert(
    fc.asyncProperty(anything, anything, async (first, second) => {
      person += 1;
      const userName = `person-${person}`;
      for (const some of [first, { ...second, external_id: first.external_id }]) {
        const input = { attributes: { ...some, user_name: userName } };
        expect(['created', 'updated', 'unchanged']).toContain((await syncIdentity(scim, input)).outcome);
        expect(await syncIdentity(scim, input)).toMatchObject({ outcome: 'unchanged' });
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
