import { describe, expect, test } from 'vitest';
import { expectError, patchBody, type ScimClient, userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { errorMessage } from '../support/scim-urns.ts';

describeHosts('1.13 /Me, errors, events', (connect) => {
  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('#131 %s /Me is 501', async (method) => {
    const scim = await connect();
    const body = method === 'GET' || method === 'DELETE' ? undefined : userBody({ userName: 'jane' });
    expectError(await scim.request(method, '/Me', { body }), 501);
  });

  test('#132 an error has schemas, status as a string, detail, and a scimType where there is one', async () => {
    const scim = await connect();
    const missing = await scim.get('/Users/unknown');
    expect(missing.body).toStrictEqual({ schemas: [errorMessage], detail: expect.any(String), status: '404' });
    const invalid = await scim.post('/Users', userBody({}));
    expect(invalid.body).toStrictEqual({
      schemas: [errorMessage],
      scimType: 'invalidValue',
      detail: expect.stringContaining('userName'),
      status: '400',
    });
  });

  describe('keywords', () => {
    const patch = (operation: object) => async (scim: ScimClient) => {
      const { id } = await scim.createUser();
      return scim.request('PATCH', `/Users/${id}`, { body: patchBody(operation) });
    };
    test.each([
      ['invalidFilter', 400, (scim: ScimClient) => scim.get('/Users?filter=nonsense')],
      ['invalidFilter', 400, patch({ op: 'remove', path: 'emails[type xx "a"]' })],
      [
        'uniqueness',
        409,
        async (scim: ScimClient) => {
          const { userName } = await scim.createUser();
          return scim.post('/Users', userBody({ userName }));
        },
      ],
      ['mutability', 400, patch({ op: 'replace', path: 'id', value: 'x' })],
      ['invalidSyntax', 400, (scim: ScimClient) => scim.post('/Users', '{')],
      ['invalidPath', 400, patch({ op: 'replace', path: 'emails[0]', value: 'x' })],
      ['noTarget', 400, patch({ op: 'remove' })],
      ['invalidValue', 400, (scim: ScimClient) => scim.get('/Users?count=many')],
      ['sensitive', 400, (scim: ScimClient) => scim.get('/Users?filter=password%20pr')],
    ] as const)('#133 %s comes with %d', async (scimType, status, ask) => {
      expectError(await ask(await connect()), status, scimType);
    });
  });

  test('#134 the statuses of refusals', async () => {
    const scim = await connect({ limits: { userBodyBytes: 2_000 } });
    const { id } = await scim.createUser();
    const big = userBody({ userName: 'jane', title: 'x'.repeat(3_000) });
    const text = { headers: { 'content-type': 'text/plain' } };
    expectError(await scim.get('/Users', { as: 'nobody' }), 401);
    expectError(await scim.delete(`/Users/${id}`, { as: 'reader' }), 403);
    expectError(await scim.get('/Users/unknown'), 404);
    expectError(await scim.delete('/Users'), 405);
    expectError(await scim.delete(`/Users/${id}`, { headers: { 'if-match': 'W/"other"' } }), 412);
    expectError(await scim.post('/Users', big), 413);
    expectError(await scim.post('/Users', userBody({ userName: 'jane' }), text), 415);
    expectError(await scim.get('/Me'), 501);
    expect((await scim.get('/Users')).body.totalResults).toBe(1);
  });

  test('#134 too many requests of one credential are 429 with Retry-After, and hinder no other', async () => {
    const scim = await connect({ requestsPerCredential: 3 });
    const answers = [];
    for (let sent = 0; sent < 5; sent++) answers.push(await scim.get('/Users'));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(2);
    for (const answer of limited) {
      expectError(answer, 429);
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    }
    expect((await scim.get('/Users', { as: 'reader' })).status).toBe(200);
  });

  test('#135 a fault of the service shows nothing of its inside, and is found by a request id', async () => {
    const scim = await connect({ broken: true });
    const answer = await scim.get('/Users');
    expectError(answer, 500);
    const id = answer.headers.get('x-request-id') ?? '';
    expect(id).toMatch(/^[\w-]{8,}$/);
    expect(JSON.stringify(answer.body)).not.toContain('broken on purpose');
  });

  test('#135 every answer has a request id, none of them twice', async () => {
    const scim = await connect();
    const answers = [await scim.get('/Users'), await scim.get('/nope'), await scim.get('/Users', { as: 'nobody' })];
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    expect(ids.filter((id) => id === null)).toEqual([]);
    expect(new Set(ids).size).toBe(3);
  });

  test('#136 security events and asynchronous requests are neither advertised nor done', async () => {
    const scim = await connect();
    expect(await scim.read('/ServiceProviderConfig')).not.toHaveProperty('securityEvents');
    const answer = await scim.post('/Users', userBody({ userName: 'jane' }), { headers: { prefer: 'respond-async' } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('set-txn')).toBeNull();
  });
});
