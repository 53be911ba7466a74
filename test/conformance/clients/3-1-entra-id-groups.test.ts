import { expect, test } from 'vitest';
import type { ScimAnswer } from '../../support/scim-client.ts';
import { entraClient, entraGroup, entraUser } from '../../support/scim-entra-client.ts';
import { describeHosts, type HostClient } from '../../support/scim-host.ts';
import { badge, coreGroup, coreUser, enterprise } from '../../support/scim-urns.ts';

/** A group with members. */
async function team(
  scim: HostClient,
  size: number,
): Promise<{ readonly path: string; readonly ids: readonly string[] }> {
  const ids: string[] = [];
  for (let made = 0; made < size; made++) ids.push((await scim.createUser({ userName: `m${made}` })).id);
  const group = await scim.createGroup({ members: ids.map((value) => ({ value })) });
  return { path: `/Groups/${group.id}`, ids };
}

const memberIds = ({ members = [] }: ScimAnswer['body']): readonly string[] =>
  members.map(({ value }: { value: string }) => value).toSorted();

describeHosts('3.1 Entra ID, groups and the rest', (connect) => {
  test('Group create: with its own URN, and without members', async () => {
    const scim = await connect();
    const answer = await entraClient(scim).send('POST', '/Groups', entraGroup);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      schemas: [coreGroup],
      id: expect.stringMatching(/./),
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      displayName: 'displayName',
      meta: { resourceType: 'Group' },
    });
  });

  test('Group read: without members, by id, by name and by a member', async () => {
    const scim = await connect();
    const entra = entraClient(scim);
    const { path, ids } = await team(scim, 2);
    const alone = await entra.send('GET', `${path}?excludedAttributes=members`);
    expect(alone.status).toBe(200);
    expect(alone.body).not.toHaveProperty('members');
    const byName = await entra.find('/Groups', 'displayName eq "staff"', 'excludedAttributes=members&');
    expect(byName.body).toMatchObject({ totalResults: 1, Resources: [{ id: alone.body.id }] });
    expect(byName.body.Resources[0]).not.toHaveProperty('members');
    const isMember = (user: string) =>
      entra.find('/Groups', `id eq "${alone.body.id}" and members eq "${user}"`, 'excludedAttributes=members&');
    expect((await isMember(ids[0] ?? '')).body.totalResults).toBe(1);
    expect((await isMember('nobody')).body.totalResults).toBe(0);
  });

  test('Members add: several in one request, with $ref null, is 204', async () => {
    const scim = await connect();
    const { path, ids } = await team(scim, 1);
    const added = [await scim.createUser({ userName: 'a' }), await scim.createUser({ userName: 'b' })];
    const value = added.map(({ id }) => ({ $ref: null, value: id }));
    const answer = await entraClient(scim).patch(path, { op: 'Add', path: 'members', value });
    expect(answer.status).toBe(204);
    expect(memberIds(await scim.read(path))).toEqual([...ids, ...added.map(({ id }) => id)].toSorted());
  });

  test('Members add: many requests at the same time lose nobody', async () => {
    const scim = await connect();
    const { path, ids } = await team(scim, 0);
    const added = await Promise.all(Array.from({ length: 25 }, (_, n) => scim.createUser({ userName: `p${n}` })));
    const answers = await Promise.all(
      added.map(({ id }) =>
        entraClient(scim).patch(path, { op: 'Add', path: 'members', value: [{ $ref: null, value: id }] }),
      ),
    );
    expect(answers.every(({ status }) => status === 204)).toBe(true);
    expect(memberIds(await scim.read(path))).toEqual([...ids, ...added.map(({ id }) => id)].toSorted());
  });

  test('Members remove, default: only those of the value list go', async () => {
    const scim = await connect();
    const { path, ids } = await team(scim, 4);
    const value = ids.slice(0, 2).map((id) => ({ $ref: null, value: id }));
    expect((await entraClient(scim).patch(path, { op: 'Remove', path: 'members', value })).status).toBe(204);
    expect(memberIds(await scim.read(path))).toEqual(ids.slice(2).toSorted());
    expect((await entraClient(scim).patch(path, { op: 'Remove', path: 'members', value })).status).toBe(204);
    expect(memberIds(await scim.read(path))).toEqual(ids.slice(2).toSorted());
  });

  test('Members remove, flag: the one of the value path goes', async () => {
    const scim = await connect();
    const { path, ids } = await team(scim, 3);
    const entra = entraClient(scim, '?aadOptscim062020');
    expect((await entra.patch(path, { op: 'remove', path: `members[value eq "${ids[1]}"]` })).status).toBe(204);
    expect(memberIds(await scim.read(path))).toEqual([ids[0], ids[2]].toSorted());
  });

  test('Group delete: 204, then 404, and the members stay', async () => {
    const scim = await connect();
    const { path, ids } = await team(scim, 1);
    expect((await entraClient(scim).send('DELETE', path)).status).toBe(204);
    expect((await entraClient(scim).send('DELETE', path)).status).toBe(404);
    expect(await scim.read(`/Users/${ids[0]}`)).not.toHaveProperty('groups');
  });

  test('Schema: a list of every schema, custom extensions included, without nulls', async () => {
    const entra = entraClient(await connect());
    const answer = await entra.send('GET', '/Schemas');
    expect(answer.status).toBe(200);
    const ids = answer.body.Resources.map(({ id }: { id: string }) => id);
    expect(ids.toSorted()).toEqual([badge, coreGroup, coreUser, enterprise].toSorted());
    expect(JSON.stringify(answer.body)).not.toContain('null');
    expect(JSON.stringify(answer.body)).toContain('"multiValued":false');
  });

  test('Values: they are stored as they are sent', async () => {
    const scim = await connect();
    const entra = entraClient(scim);
    const { id } = (await entra.send('POST', '/Users', entraUser)).body;
    const phone = ' +1 (425) 555-0100 x 7 ';
    await entra.patch(
      `/Users/${id}`,
      { op: 'Add', path: 'phoneNumbers[type eq "work"].value', value: phone },
      { op: 'Add', path: 'displayName', value: 'Ünïcode  name' },
      { op: 'Add', path: 'addresses[type eq "work"].country', value: 'united states' },
    );
    expect(await scim.read(`/Users/${id}`)).toMatchObject({
      phoneNumbers: [{ type: 'work', value: phone }],
      displayName: 'Ünïcode  name',
      addresses: [{ type: 'work', country: 'united states' }],
    });
  });

  test('Auth: a bearer token, and 401 with an error body without one', async () => {
    const scim = await connect();
    expect((await entraClient(scim).send('GET', '/Users?count=1')).status).toBe(200);
    const refused = await scim.get('/Users?count=1', { as: 'Bearer expired' });
    expect([refused.status, refused.body.status]).toEqual([401, '401']);
  });

  test('Rate: 25 requests at once are answered, and those above a limit are 429 with Retry-After', async () => {
    const scim = await connect();
    const burst = await Promise.all(Array.from({ length: 25 }, () => entraClient(scim).send('GET', '/Users?count=1')));
    expect(burst.every(({ status }) => status === 200)).toBe(true);
    const limited = entraClient(await connect({ requestsPerCredential: 25 }));
    const answers = await Promise.all(Array.from({ length: 30 }, () => limited.send('GET', '/Users?count=1')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    for (const { headers } of refused) expect(headers.get('retry-after')).toMatch(/^\d+$/);
  });
});
