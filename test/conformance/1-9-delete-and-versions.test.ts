import { describe, expect, test } from 'vitest';
import { expectError, groupBody, patchBody, userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';

const boss = [{ op: 'replace', path: 'title', value: 'Boss' }];

/** The opaque part of a tag, as a strong one. */
const strong = (tag: string) => tag.replace(/^W\//, '');

describeHosts('1.9 DELETE, versions', (connect) => {
  describe('DELETE', () => {
    test('#96 204, then 404 for everything, the second DELETE included', async () => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'jane' });
      await scim.createUser({ userName: 'kim' });
      const path = `/Users/${id}`;
      expect((await scim.delete(path)).status).toBe(204);
      expectError(await scim.get(path), 404);
      expectError(await scim.put(path, userBody({ userName: 'jane' })), 404);
      expectError(await scim.patch(path, boss), 404);
      expectError(await scim.delete(path), 404);
      expectError(await scim.delete(path), 404);
      for (const query of ['', '?count=0', '?count=1']) {
        expect((await scim.read(`/Users${query}`)).totalResults).toBe(1);
      }
      expect(await scim.find('userName pr')).toEqual(['kim']);
    });

    test('#96 of a group too', async () => {
      const scim = await connect();
      const { id } = await scim.createGroup();
      const path = `/Groups/${id}`;
      expect((await scim.delete(path)).status).toBe(204);
      expectError(await scim.get(path), 404);
      expectError(await scim.put(path, groupBody({ displayName: 'Staff' })), 404);
      expectError(await scim.patch(path, [{ op: 'remove', path: 'members' }]), 404);
      expectError(await scim.delete(path), 404);
      expect((await scim.read('/Groups?count=0')).totalResults).toBe(0);
    });

    test('#97 a deleted user is in no group any more, and the group has a new version', async () => {
      const scim = await connect();
      const [jane, kim] = [await scim.createUser({ userName: 'jane' }), await scim.createUser({ userName: 'kim' })];
      const before = await scim.createGroup({ members: [{ value: jane.id }, { value: kim.id }] });
      await scim.delete(`/Users/${jane.id}`);
      const after = await scim.read(`/Groups/${before.id}`);
      expect(after.members).toMatchObject([{ value: kim.id }]);
      expect(after.meta.version).not.toBe(before.meta.version);
      expect(await scim.find(`members.value eq "${jane.id}"`, '/Groups')).toEqual([]);
    });

    test('#97 a deleted group is in no user and no group any more, and its members stay', async () => {
      const scim = await connect();
      const jane = await scim.createUser({ userName: 'jane' });
      const inner = await scim.createGroup({ displayName: 'Inner', members: [{ value: jane.id }] });
      const outer = await scim.createGroup({ displayName: 'Outer', members: [{ value: inner.id }] });
      expect((await scim.read(`/Users/${jane.id}`)).groups).toHaveLength(2);
      expect((await scim.delete(`/Groups/${inner.id}`)).status).toBe(204);
      expect(await scim.read(`/Users/${jane.id}`)).toEqual(jane);
      expect(await scim.read(`/Groups/${outer.id}`)).not.toHaveProperty('members');
    });

    test('#97 who is deleted while being added is in no group afterwards', async () => {
      const scim = await connect();
      const group = await scim.createGroup();
      const users = await Promise.all(Array.from({ length: 20 }, (_, n) => scim.createUser({ userName: `p${n}` })));
      const answers = await Promise.all(
        users.flatMap(({ id }) => [
          scim.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: [{ value: id }] }]),
          scim.delete(`/Users/${id}`),
        ]),
      );
      for (const { status } of answers) expect([204, 400]).toContain(status);
      expect(await scim.read(`/Groups/${group.id}`)).not.toHaveProperty('members');
      expect((await scim.read('/Users?count=0')).totalResults).toBe(0);
    });
  });

  describe('ETag', () => {
    test('#98 the header is meta.version, and changes with the state and only then', async () => {
      const scim = await connect();
      const { id, meta } = await scim.createUser({ userName: 'jane' });
      const path = `/Users/${id}`;
      const tag = async (query = '') => (await scim.get(`${path}${query}`)).headers.get('etag');
      expect(meta.version).toMatch(/^W\/"[^"]+"$/);
      expect(await tag()).toBe(meta.version);
      expect(await tag('?attributes=userName')).toBe(meta.version);
      expect(await tag('?excludedAttributes=meta')).toBe(meta.version);
      const versions = [
        meta.version,
        (await scim.patch(path, boss)).body.meta.version,
        (await scim.put(path, userBody({ userName: 'joan' }))).body.meta.version,
        (await scim.patched(path, { op: 'replace', path: 'active', value: false })).meta.version,
      ];
      expect(new Set(versions).size).toBe(4);
      expect(await tag()).toBe(versions[3]);
    });

    test('#98 a change of membership is one of the group and not of the member', async () => {
      const scim = await connect();
      const user = await scim.createUser();
      const before = await scim.createGroup();
      const after = await scim.patched(`/Groups/${before.id}`, {
        op: 'add',
        path: 'members',
        value: [{ value: user.id }],
      });
      expect(after.meta.version).not.toBe(before.meta.version);
      expect((await scim.read(`/Users/${user.id}`)).meta).toEqual(user.meta);
    });

    test('#99 If-None-Match: 304 while nothing changed', async () => {
      const scim = await connect();
      const { id, meta } = await scim.createUser();
      const path = `/Users/${id}`;
      const get = (tag: string) => scim.get(`${path}?excludedAttributes=groups`, { headers: { 'if-none-match': tag } });
      for (const tag of [meta.version, '*', `"x", ${meta.version}`]) {
        const answer = await get(tag);
        expect(answer.status).toBe(304);
        expect(answer.headers.get('etag')).toBe(meta.version);
      }
      expect((await get('W/"other"')).status).toBe(200);
      await scim.patched(path, ...boss);
      expect((await get(meta.version)).status).toBe(200);
      expectError(await scim.get('/Users/unknown', { headers: { 'if-none-match': '*' } }), 404);
    });

    test('#99 If-None-Match keeps no membership from a client that reads the groups of a user', async () => {
      const scim = await connect();
      const { id, meta } = await scim.createUser();
      const group = await scim.createGroup({ displayName: 'Staff', members: [{ value: id }] });
      const answer = await scim.get(`/Users/${id}`, { headers: { 'if-none-match': meta.version } });
      expect(answer.status).toBe(200);
      expect(answer.body.groups).toMatchObject([{ value: group.id }]);
    });

    test.each(['PUT', 'PATCH', 'DELETE'])(
      '#99 If-Match of another version: %s is 412, without effect',
      async (method) => {
        const scim = await connect();
        const first = await scim.createUser({ userName: 'jane' });
        const path = `/Users/${first.id}`;
        const before = await scim.patched(path, ...boss);
        const bodies = new Map([
          ['PUT', userBody({ userName: 'joan' })],
          ['PATCH', patchBody({ op: 'remove', path: 'title' })],
        ]);
        const headers = { 'if-match': first.meta.version };
        const answer = await scim.request(method, path, { body: bodies.get(method), headers });
        expectError(answer, 412);
        expect(await scim.read(path)).toEqual(before);
      },
    );

    test('#99 If-Match: the version, *, or a list with it lets pass', async () => {
      const scim = await connect();
      let user = await scim.createUser({ userName: 'jane' });
      const path = `/Users/${user.id}`;
      const match = (tag: string) => ({ headers: { 'if-match': tag } });
      user = (await scim.patch(path, boss, match(user.meta.version))).body;
      expect(user.title).toBe('Boss');
      user = (await scim.put(path, userBody({ userName: 'joan' }), match(`"x", ${user.meta.version}`))).body;
      expect(user.userName).toBe('joan');
      user = (await scim.patch(path, boss, match('*'))).body;
      expect((await scim.delete(path, match(user.meta.version))).status).toBe(204);
    });

    test('#99 of groups too', async () => {
      const scim = await connect();
      const group = await scim.createGroup({ displayName: 'Staff' });
      const path = `/Groups/${group.id}`;
      const rename = [{ op: 'replace', path: 'displayName', value: 'Crew' }];
      const match = (tag: string) => ({ headers: { 'if-match': tag } });
      expectError(await scim.patch(path, rename, match('W/"other"')), 412);
      expectError(await scim.put(path, groupBody({ displayName: 'Crew' }), match('W/"other"')), 412);
      expectError(await scim.delete(path, match('W/"other"')), 412);
      expect((await scim.patch(path, rename, match(group.meta.version))).status).toBe(204);
      expectError(await scim.patch(path, rename, match(group.meta.version)), 412);
    });

    test('#99 on what is not there: 404', async () => {
      const scim = await connect();
      const options = { headers: { 'if-match': '*' } };
      expectError(await scim.put('/Users/unknown', userBody({ userName: 'jane' }), options), 404);
      expectError(await scim.patch('/Users/unknown', boss, options), 404);
      expectError(await scim.delete('/Users/unknown', options), 404);
    });

    test('#100 tags are compared weakly', async () => {
      const scim = await connect();
      const { id, meta } = await scim.createUser();
      const path = `/Users/${id}`;
      const known = { headers: { 'if-none-match': strong(meta.version) } };
      expect((await scim.get(`${path}?excludedAttributes=groups`, known)).status).toBe(304);
      expect((await scim.patch(path, boss, { headers: { 'if-match': strong(meta.version) } })).status).toBe(200);
    });
  });

  describe('changes at the same time', () => {
    test('#101 parallel adds of one member each are all kept', async () => {
      const scim = await connect();
      const users = await Promise.all(Array.from({ length: 40 }, (_, n) => scim.createUser({ userName: `p${n}` })));
      const { id } = await scim.createGroup();
      const answers = await Promise.all(
        users.map((user) => scim.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: [{ value: user.id }] }])),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
      const { members } = await scim.read(`/Groups/${id}`);
      expect(members.map(({ value }: { value: string }) => value).toSorted()).toEqual(
        users.map((user) => user.id).toSorted(),
      );
    });

    test('#101 parallel changes of one user are all kept, each with a version of its own', async () => {
      const scim = await connect();
      const { id } = await scim.createUser();
      const values = Array.from({ length: 30 }, (_, n) => `e${n}@example.com`);
      const answers = await Promise.all(
        values.map((value) => scim.patch(`/Users/${id}`, [{ op: 'add', path: 'emails', value: [{ value }] }])),
      );
      expect(new Set(answers.map(({ body }) => body.meta.version)).size).toBe(values.length);
      const { emails } = await scim.read(`/Users/${id}`);
      expect(emails.map(({ value }: { value: string }) => value).toSorted()).toEqual(values.toSorted());
    });

    test('#101 of parallel changes with one If-Match one wins', async () => {
      const scim = await connect();
      const { id, meta } = await scim.createUser();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: `t${n}` }], {
            headers: { 'if-match': meta.version },
          }),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
    });
  });
});
