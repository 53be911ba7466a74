import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { rawRequest } from '../support/scim-raw-request.ts';
import { enterprise } from '../support/scim-urns.ts';

const filterPath = (filter: string) => `/Users?filter=${encodeURIComponent(filter)}`;

describeHosts('4 Security: in operation', (connect) => {
  test('S15 no known way to remove one member removes the others, nor does adding one', async () => {
    const scim = await connect();
    const users = [];
    for (let made = 0; made < 6; made++) users.push(await scim.createUser());
    const ids: string[] = users.map(({ id }) => id);
    const group = await scim.createGroup({ members: ids.slice(0, 5).map((value) => ({ value })) });
    const operations = [
      { op: 'remove', path: 'members', value: [{ value: ids[0] }] },
      { op: 'Remove', path: 'members', value: [{ $ref: null, value: ids[1] }] },
      { op: 'remove', path: `members[value eq "${ids[2]}"]` },
      { op: 'remove', path: 'members', value: { value: ids[3] } },
      { op: 'add', value: { members: [{ value: ids[5] }] } },
    ];
    let left = 5;
    for (const operation of operations) {
      const { members } = await scim.patched(`/Groups/${group.id}`, operation);
      left += operation.op === 'add' ? 1 : -1;
      expect(members).toHaveLength(left);
    }
    const { members } = await scim.read(`/Groups/${group.id}`);
    expect(members.map(({ value }: { value: string }) => value).toSorted()).toEqual([ids[4], ids[5]].toSorted());
  });

  test('S16 adds and removals of members at the same time are all done', async () => {
    const scim = await connect();
    const ids = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => (await scim.createUser({ userName: `p${n}` })).id as string),
    );
    const group = await scim.createGroup({ members: ids.slice(0, 15).map((value) => ({ value })) });
    await Promise.all(
      ids.map((id, n) =>
        scim.patch(`/Groups/${group.id}`, [
          n < 15
            ? { op: 'remove', path: `members[value eq "${id}"]` }
            : { op: 'add', path: 'members', value: [{ value: id }] },
        ]),
      ),
    );
    const { members } = await scim.read(`/Groups/${group.id}`);
    expect(members.map(({ value }: { value: string }) => value).toSorted()).toEqual(ids.slice(15).toSorted());
  });

  test('S18 URLs in resources are not fetched', async () => {
    let asked = 0;
    const trap = createServer((_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise((resolve) => trap.close(() => resolve())));
    const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/`;
    const scim = await connect();
    const { id } = await scim.createUser({
      profileUrl: url,
      photos: [{ value: url, type: 'photo' }],
      [enterprise]: { manager: { value: 'm', $ref: url } },
    });
    await scim.createGroup({ members: [{ value: id, $ref: url }] });
    await scim.read(`/Users/${id}`);
    expect(asked).toBe(0);
  });

  describe('whose name is in URLs', () => {
    test('S19 forwarded headers of strangers change no URL', async () => {
      const scim = await connect();
      const headers = {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        'x-forwarded-prefix': '/evil',
        'x-forwarded-for': '127.0.0.1',
        forwarded: 'host=evil.example;proto=https',
        'x-original-url': '/evil',
      };
      const answer = await scim.post('/Users', userBody({ userName: 'jane' }), { headers });
      expect(answer.headers.get('location')).toBe(`${scim.baseUrl}/Users/${answer.body.id}`);
      expect(JSON.stringify(answer.body)).not.toContain('evil');
    });

    test('S19 those of a trusted proxy do', async () => {
      const scim = await connect({ trustedProxies: ['127.0.0.0/8'] });
      const headers = { 'x-forwarded-host': 'scim.example.com', 'x-forwarded-proto': 'https' };
      const { meta } = (await scim.post('/Users', userBody({ userName: 'jane' }), { headers })).body;
      expect(meta.location).toMatch(/^https:\/\/scim[.]example[.]com\//);
    });

    test('S19 with a public base URL not even Host does, and a Host that is none is refused or passed over', async () => {
      const scim = await connect({ baseUrl: 'https://scim.example.com/v2' });
      const { body } = await rawRequest(scim, 'GET', '/ResourceTypes/User', { host: 'evil.example' });
      expect(body.meta.location).toBe('https://scim.example.com/v2/ResourceTypes/User');
      const other = await connect();
      const answer = await rawRequest(other, 'GET', '/ResourceTypes/User', { host: 'evil.example/path?"<x>' });
      expect(JSON.stringify(answer.body)).not.toContain('<x>');
    });

    test('S30 hosts that are asked at the same time each find their own name', async () => {
      const scim = await connect();
      const hosts = Array.from({ length: 20 }, (_, n) => `h${n % 4}.example:${8000 + n}`);
      const answers = await Promise.all(hosts.map((host) => rawRequest(scim, 'GET', '/ResourceTypes/User', { host })));
      const prefix = new URL(scim.baseUrl).pathname;
      expect(answers.map(({ body }) => body.meta.location)).toEqual(
        hosts.map((host) => `http://${host}${prefix}/ResourceTypes/User`),
      );
    });
  });

  test('S21 what is told of a request names no filter, no id and no token', async () => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'secret-jane' });
    await scim.get(`/Users/${id}`);
    await scim.get(filterPath('userName eq "secret-jane"'));
    await scim.get('/Users/secret-id');
    await scim.post('/Users', '{"userName":"secret-jane"');
    await scim.get('/nope/secret-path');
    const told = scim.host.told.slice(-6);
    expect(told.map((line) => JSON.parse(line).status)).toEqual([201, 200, 200, 404, 400, 404]);
    for (const word of ['secret', id, scim.credentials.writer.slice(7), 'filter']) {
      expect(told.join('\n')).not.toContain(word);
    }
  });

  test('S23 no page of another origin may read answers', async () => {
    const scim = await connect();
    const headers = { origin: 'https://evil.example' };
    const answers = [
      await scim.get('/Users', { headers }),
      await scim.get('/Schemas', { headers }),
      await scim.request('OPTIONS', '/Users', { headers }),
    ];
    for (const answer of answers) expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});
