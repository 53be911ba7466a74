import { describe, expect, test } from 'vitest';
import { expectError, patchBody, userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { coreUser } from '../support/scim-urns.ts';

describeHosts('1.1 Transport, media types, auth', (connect) => {
  describe('media types', () => {
    test.each([
      'application/scim+json',
      'application/json',
      'application/scim+json; charset=utf-8',
      'application/json;charset=UTF-8',
      'Application/SCIM+JSON',
    ])('#1 a body of %s is taken', async (type) => {
      const scim = await connect();
      const answer = await scim.post('/Users', userBody({ userName: 'jane' }), { headers: { 'content-type': type } });
      expect(answer.status).toBe(201);
    });

    test.each([
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'application/scim+jsonx',
      'application',
    ])('#1 a body of %s is 415 and has no effect', async (type) => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'kim', title: 'Clerk' });
      const headers = { 'content-type': type };
      expectError(await scim.post('/Users', userBody({ userName: 'jane' }), { headers }), 415);
      expectError(await scim.put(`/Users/${id}`, userBody({ userName: 'jane' }), { headers }), 415);
      expectError(await scim.patch(`/Users/${id}`, [{ op: 'remove', path: 'title' }], { headers }), 415);
      expect(await scim.find('userName pr')).toEqual(['kim']);
      expect(await scim.read(`/Users/${id}`)).toMatchObject({ title: 'Clerk' });
    });

    test.each([
      'application/scim+json',
      'application/json',
      '*/*',
      'application/json, text/plain, */*',
      'application/scim+json;q=0.9, application/json;q=0.8',
    ])('#2 Accept: %s is answered', async (accept) => {
      const scim = await connect();
      expect((await scim.get('/Users', { headers: { accept } })).status).toBe(200);
    });

    test('#3 every body is application/scim+json without parameters', async () => {
      const scim = await connect();
      const { id } = await scim.createUser();
      const body = userBody({ userName: 'user-1' });
      // The client asserts the content type of each answer that has a body.
      const answers = await Promise.all([
        scim.get(`/Users/${id}`),
        scim.get('/Users'),
        scim.get('/Schemas'),
        scim.post('/Users', '{'),
        scim.get('/Users', { as: 'nobody' }),
        scim.post('/Users', body, { as: 'reader' }),
        scim.get('/Users/unknown'),
        scim.request('OPTIONS', '/Users'),
        scim.post('/Users', body),
        scim.get('/Me'),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 400, 401, 403, 404, 405, 409, 501]);
    });
  });

  describe('text', () => {
    test('#4 UTF-8 goes in and comes out', async () => {
      const scim = await connect();
      const attributes = { userName: 'jürgen@exämple.de', displayName: 'Jürgen 李 Ωμέγα \u{1f600} \u2028 "\\/' };
      const user = await scim.createUser(attributes);
      expect(user).toMatchObject(attributes);
      expect(await scim.read(`/Users/${user.id}`)).toMatchObject(attributes);
      expect(await scim.find('displayName co "李 ωμέγα \u{1f600}"')).toEqual([attributes.userName]);
    });

    test.each([
      ['nothing', ''],
      ['half an object', '{"schemas":["urn:'],
      ['an object and more', '{"userName":"jane"}}'],
      ['a trailing comma', '{"userName":"jane",}'],
      ['a comment', '{"userName":"jane"} // jane'],
      ['single quotes', "{'userName':'jane'}"],
      ['a control character in a string', '{"userName":"ja\nne"}'],
      ['bytes that are no UTF-8', Buffer.from('{"userName":"j\xe4ne"}', 'latin1')],
      ['NaN', '{"userName":NaN}'],
      ['a list', '[]'],
      ['a string', '"jane"'],
      ['null', 'null'],
      ['a number', '7'],
    ])('#4 a body of %s is 400 invalidSyntax', async (_what, body) => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'kim' });
      expectError(await scim.post('/Users', body), 400, 'invalidSyntax');
      expectError(await scim.put(`/Users/${id}`, body), 400, 'invalidSyntax');
      expectError(await scim.request('PATCH', `/Users/${id}`, { body }), 400, 'invalidSyntax');
      expect(await scim.find('userName pr')).toEqual(['kim']);
    });
  });

  describe('credentials', () => {
    test.each([
      ['none', 'nobody'],
      ['an empty token', 'Bearer '],
      ['no token', 'Bearer'],
      ['a token that nobody has', `Bearer ${'x'.repeat(60)}`],
      ['another scheme', 'Digest username="jane"'],
      ['Basic that is no base64', 'Basic !!!'],
      ['Basic without a colon', `Basic ${Buffer.from('jane').toString('base64')}`],
      ['a wrong password', `Basic ${Buffer.from('jane:wrong').toString('base64')}`],
    ])('#5 with %s every request is 401 with WWW-Authenticate, and has no effect', async (_what, as) => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'kim' });
      const body = userBody({ userName: 'jane' });
      const answers = await Promise.all([
        scim.get('/Users', { as }),
        scim.get(`/Users/${id}`, { as }),
        scim.get('/Users/unknown', { as }),
        scim.get('/Groups', { as }),
        scim.post('/Users', body, { as }),
        scim.put(`/Users/${id}`, body, { as }),
        scim.patch(`/Users/${id}`, [{ op: 'remove', path: 'active' }], { as }),
        scim.delete(`/Users/${id}`, { as }),
      ]);
      for (const answer of answers) expectError(answer, 401);
      expect(await scim.find('userName pr')).toEqual(['kim']);
    });

    test('#5 a token with one character changed is 401', async () => {
      const scim = await connect();
      const { writer } = scim.credentials;
      const last = writer.at(-1) === 'a' ? 'b' : 'a';
      expectError(await scim.get('/Users', { as: `${writer.slice(0, -1)}${last}` }), 401);
      expectError(await scim.get('/Users', { as: `${writer}a` }), 401);
      expectError(await scim.get('/Users', { as: writer.slice(0, -1) }), 401);
    });

    test('#5 the name of the scheme may be in any case', async () => {
      const scim = await connect();
      const token = scim.credentials.writer.replace(/^Bearer /, '');
      expect((await scim.get('/Users', { as: `bearer ${token}` })).status).toBe(200);
      expect((await scim.get('/Users', { as: `BEARER ${token}` })).status).toBe(200);
    });

    test('#5 WWW-Authenticate names each scheme that ServiceProviderConfig offers', async () => {
      const scim = await connect();
      const challenges = (await scim.get('/Users', { as: 'nobody' })).headers.get('www-authenticate') ?? '';
      const { authenticationSchemes } = await scim.read('/ServiceProviderConfig');
      const offered: string[] = authenticationSchemes.map(({ type }: { type: string }) =>
        type === 'httpbasic' ? 'Basic' : 'Bearer',
      );
      expect(offered).not.toEqual([]);
      expect(challenges.match(/\b(Basic|Bearer)\b/g)?.toSorted()).toEqual(offered.toSorted());
    });

    test('#6 who may only read is 403 for what writes, without effect', async () => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'kim', title: 'Clerk' });
      const as = 'reader';
      expect((await scim.get('/Users', { as })).body.totalResults).toBe(1);
      expect((await scim.get(`/Users/${id}`, { as })).status).toBe(200);
      expectError(await scim.post('/Users', userBody({ userName: 'jane' }), { as }), 403);
      expectError(await scim.put(`/Users/${id}`, userBody({ userName: 'kim' }), { as }), 403);
      expectError(await scim.patch(`/Users/${id}`, [{ op: 'remove', path: 'title' }], { as }), 403);
      expectError(await scim.delete(`/Users/${id}`, { as }), 403);
      expectError(await scim.delete('/Users/unknown', { as }), 403);
      expect(await scim.find('title eq "Clerk"')).toEqual(['kim']);
    });

    test("#6 what is another organization's is 404", async () => {
      const [acme, globex] = [await connect(), await connect()];
      const { id } = await acme.createUser();
      expectError(await globex.get(`/Users/${id}`), 404);
    });
  });

  describe('URLs', () => {
    test.each(['?aadOptscim062020', '?foo=bar&baz', '?%20', '?=', '?a=1&a=2'])(
      '#8 the unknown parameter %s is passed over',
      async (query) => {
        const scim = await connect();
        expect((await scim.get(`/Users${query}`)).status).toBe(200);
        const created = await scim.post(`/Users${query}`, userBody({ userName: 'jane' }));
        expect(created.status).toBe(201);
        const path = `/Users/${created.body.id}${query}`;
        expect((await scim.get(path)).status).toBe(200);
        expect((await scim.put(path, { schemas: [coreUser], userName: 'jane' })).status).toBe(200);
        expect((await scim.request('PATCH', path, { body: patchBody({ op: 'remove', path: 'title' }) })).status).toBe(
          200,
        );
        expect((await scim.delete(path)).status).toBe(204);
      },
    );

    test('#9 slashes at the end and doubled ones change nothing', async () => {
      const scim = await connect();
      const { id } = await scim.createUser();
      for (const path of [`/Users/${id}/`, `//Users/${id}`, `/Users//${id}`, `//Users//${id}//`]) {
        expect((await scim.get(path)).body).toMatchObject({ id });
      }
      expect((await scim.get('/Users/?count=1')).body.totalResults).toBe(1);
      expect((await scim.get('//ServiceProviderConfig/')).status).toBe(200);
      const made = await scim.post('/Users/', userBody({ userName: 'jane' }));
      expect(made.body.meta.location).toBe(`${scim.baseUrl}/Users/${made.body.id}`);
    });

    test.each([
      ['POST', '/Users/x'],
      ['PUT', '/Users'],
      ['PATCH', '/Users'],
      ['DELETE', '/Users'],
      ['DELETE', '/Groups'],
      ['OPTIONS', '/Users'],
      ['OPTIONS', '/Groups/x'],
      ['PROPFIND', '/Users/x'],
    ])('#10 %s %s is 405 and names what is allowed', async (method, path) => {
      const scim = await connect();
      const body = method === 'OPTIONS' || method === 'DELETE' ? undefined : userBody({ userName: 'jane' });
      const answer = await scim.request(method, path, { body });
      expectError(answer, 405);
      const allowed = answer.headers.get('allow')?.split(/, */);
      expect(allowed).toContain('GET');
      expect(allowed).not.toContain(method);
    });

    test('#10 HEAD is GET without the body', async () => {
      const scim = await connect();
      const { id, meta } = await scim.createUser();
      const head = await scim.request('HEAD', `/Users/${id}`);
      expect(head.status).toBe(200);
      expect(head.headers.get('etag')).toBe(meta.version);
      expect((await scim.request('HEAD', '/Users/unknown')).status).toBe(404);
    });

    test.each(['/Nope', '/User', '/Users/x/y', '/Groups/x/members', '/Schemas/a/b', '/Users.json', '/admin'])(
      '#10 %s is no endpoint: 404',
      async (path) => {
        const scim = await connect();
        expectError(await scim.get(path), 404);
        expectError(await scim.post(path, userBody({ userName: 'jane' })), 404);
      },
    );
  });
});
