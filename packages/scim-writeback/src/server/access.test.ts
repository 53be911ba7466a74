import { describe, expect, test } from 'vitest';
import { createGroup, createUser, groupBody, patchBody, startService, userBody } from './test-service.ts';

describe('whoever has no credential', () => {
  test.each(['/ServiceProviderConfig', '/ResourceTypes', '/ResourceTypes/Group', '/Schemas'])(
    '#115 reads %s',
    async (path) => {
      const { call, records } = await startService();
      expect((await call('GET', path, { token: null })).status).toBe(200);
      expect(records).toMatchObject([{ status: 200, organization: undefined, credential: undefined }]);
    },
  );

  test.each([
    ['GET', '/Users'],
    ['POST', '/Users'],
    ['GET', '/Groups/1'],
    ['DELETE', '/Users/1'],
    ['GET', '/Me'],
    ['POST', '/Bulk'],
    ['GET', '/'],
    ['GET', '/Nothing'],
  ])('is answered 401 to %s %s', async (method, path) => {
    const { call } = await startService();
    expect((await call(method, path, { token: null })).status).toBe(401);
  });
});

test('#6 a credential for reading cannot write, and its body is not read', async () => {
  const service = await startService();
  const id = await createUser(service, 'jane');
  for (const [method, path] of [
    ['POST', '/Users'],
    ['PUT', `/Users/${id}`],
    ['PATCH', `/Users/${id}`],
    ['DELETE', `/Users/${id}`],
  ] as const) {
    const answer = await service.call(method, path, { token: 'acme-reader', text: 'not even JSON' });
    expect(answer).toMatchObject({
      status: 403,
      body: { status: '403', detail: expect.stringContaining('scim:write') },
    });
  }
  expect((await service.call('GET', `/Users/${id}`, { token: 'acme-reader' })).status).toBe(200);
});

test('#6 a credential for writing cannot read', async () => {
  const service = await startService();
  const id = await createUser(service, 'jane');
  for (const [method, path] of [
    ['GET', '/Users'],
    ['HEAD', `/Users/${id}`],
  ] as const) {
    expect((await service.call(method, path, { token: 'acme-writer' })).status).toBe(403);
  }
  expect((await service.call('DELETE', `/Users/${id}`, { token: 'acme-writer' })).status).toBe(204);
});

test('a credential that asks too often is answered 429 with the seconds to wait', async () => {
  const asked: string[] = [];
  const rateLimiter = {
    take: (credentialId: string) => {
      asked.push(credentialId);
      return asked.length > 1 ? 0.2 : undefined;
    },
  };
  const { call } = await startService({ rateLimiter });
  expect((await call('GET', '/Users')).status).toBe(200);
  expect(await call('GET', '/Users')).toMatchObject({
    status: 429,
    headers: { 'retry-after': '1' },
    body: { status: '429' },
  });
  expect((await call('GET', '/Schemas', { token: null })).status).toBe(200);
  expect((await call('GET', '/Users', { token: 'unknown' })).status).toBe(401);
  expect(asked).toEqual(['acme', 'acme']);
});

describe('what another organization has', () => {
  test('is not there: the same 404 as for an id that nobody has', async () => {
    const service = await startService();
    const user = await createUser(service, 'jane');
    const group = await createGroup(service, 'Staff', [user]);
    for (const [path, body] of [
      ['/Users', userBody('eve')],
      ['/Groups', groupBody('Eve')],
    ] as const) {
      const patch = patchBody({ op: 'replace', path: 'displayName', value: 'Eve' });
      for (const [method, sent] of [['GET'], ['PUT', body], ['PATCH', patch], ['DELETE']] as const) {
        const id = path === '/Users' ? user : group;
        const answers = await Promise.all(
          [id, 'unknown'].map((one) => service.call(method, `${path}/${one}`, { body: sent, token: 'globex' })),
        );
        expect(answers[0]).toMatchObject({ status: 404 });
        expect(answers[0]?.text).toBe(answers[1]?.text);
      }
    }
    expect((await service.call('GET', `/Groups/${group}`)).body).toMatchObject({
      displayName: 'Staff',
      members: [{ value: user }],
    });
  });

  test('is in no list, takes no names, and cannot be a member', async () => {
    const service = await startService();
    const jane = await createUser(service, 'jane');
    const mine = await service.call('POST', '/Users', { body: userBody('jane'), token: 'globex' });
    expect(mine.status).toBe(201);
    const list = await service.call('GET', '/Users', { token: 'globex' });
    expect(list.body.Resources.map(({ id }: { id: string }) => id)).toEqual([mine.body.id]);
    const answer = await service.call('POST', '/Groups', { body: groupBody('Staff', [jane]), token: 'globex' });
    expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(answer.text).not.toContain(jane);
    expect((await service.call('GET', '/Groups', { token: 'globex' })).body.totalResults).toBe(0);
  });

  test('is in no history of ours: changes name the credential and the request', async () => {
    const service = await startService();
    await service.call('POST', '/Users', { body: userBody('jane'), headers: { 'x-request-id': 'req-7' } });
    expect(await service.directory.organization('acme').changes(0, 10)).toMatchObject([
      { revision: 1, actor: 'acme', requestId: 'req-7', origin: 'scim', operation: 'create' },
    ]);
    expect(await service.directory.organization('globex').changes(0, 10)).toEqual([]);
  });
});
