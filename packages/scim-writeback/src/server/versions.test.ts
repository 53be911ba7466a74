import { describe, expect, test } from 'vitest';
import { createGroup, createUser, groupBody, membersOf, patchBody, startService, userBody } from './test-service.ts';

const rename = patchBody({ op: 'replace', path: 'displayName', value: 'New' });

test('#98 the tag changes with every change, and is the same whatever is shown', async () => {
  const service = await startService();
  const id = await createUser(service, 'jane');
  await service.call('PATCH', `/Users/${id}`, { body: rename });
  const whole = await service.call('GET', `/Users/${id}`);
  expect([whole.headers.etag, whole.body.meta.version]).toEqual(['W/"2"', 'W/"2"']);
  expect((await service.call('GET', `/Users/${id}?attributes=userName`)).headers.etag).toBe('W/"2"');
});

test('#98 a group has another tag when a member comes, goes, or is deleted', async () => {
  const service = await startService();
  const [jane, joe] = [await createUser(service, 'jane'), await createUser(service, 'joe')];
  const group = await createGroup(service, 'Staff', [jane]);
  const add = patchBody({ op: 'add', path: 'members', value: [{ value: joe }] });
  expect((await service.call('PATCH', `/Groups/${group}`, { body: add })).headers.etag).toBe('W/"2"');
  await service.call('DELETE', `/Users/${joe}`);
  const { headers, body } = await service.call('GET', `/Groups/${group}`);
  expect({ etag: headers.etag, members: body.members.length }).toEqual({ etag: 'W/"3"', members: 1 });
});

describe('#99 If-None-Match', () => {
  test.each(['W/"1"', '"1"', '*', 'W/"7", W/"1"'])('%s is answered 304 without a body', async (tag) => {
    const service = await startService();
    for (const path of [
      `/Users/${await createUser(service, 'jane')}?excludedAttributes=groups`,
      `/Groups/${await createGroup(service, 'Staff')}`,
    ]) {
      const answer = await service.call('GET', path, { headers: { 'if-none-match': tag } });
      expect(answer).toMatchObject({ status: 304, text: '', headers: { etag: 'W/"1"' } });
      expect(answer.headers).not.toHaveProperty('content-type');
    }
  });

  test('does not keep from a client that a user came to a group, or left one', async () => {
    const service = await startService();
    const id = await createUser(service, 'jane');
    const headers = { 'if-none-match': 'W/"1"' };
    const group = await createGroup(service, 'Staff', [id]);
    for (const query of ['', '?attributes=groups', '?attributes=userName,groups.value']) {
      const { status, body } = await service.call('GET', `/Users/${id}${query}`, { headers });
      expect([status, body.groups]).toEqual([200, [expect.objectContaining({ value: group })]]);
    }
    await service.call('DELETE', `/Groups/${group}`);
    const left = await service.call('GET', `/Users/${id}`, { headers });
    expect([left.status, left.headers.etag, left.body.groups]).toEqual([200, 'W/"1"', undefined]);
    const matching = await service.call('PATCH', `/Users/${id}`, { body: rename, headers: { 'if-match': 'W/"1"' } });
    expect(matching.status).toBe(200);
  });

  test('another version is answered 200', async () => {
    const service = await startService();
    const path = `/Users/${await createUser(service, 'jane')}?excludedAttributes=groups`;
    expect((await service.call('GET', path, { headers: { 'if-none-match': 'W/"2"' } })).status).toBe(200);
  });
});

describe('#99 If-Match', () => {
  const changes = [
    ['PUT', userBody('jane', { displayName: 'New' })],
    ['PATCH', rename],
    ['DELETE', undefined],
  ] as const;

  test.each(changes)('%s of another version is answered 412 and changes nothing', async (method, body) => {
    const service = await startService();
    const path = `/Users/${await createUser(service, 'jane')}`;
    const { text: before } = await service.call('GET', path);
    for (const tag of ['W/"2"', '""', '"x", "y"']) {
      const answer = await service.call(method, path, { body, headers: { 'if-match': tag } });
      expect(answer).toMatchObject({ status: 412, body: { status: '412' } });
    }
    expect((await service.call('GET', path)).text).toBe(before);
  });

  test.each(changes)('%s of this version, or of any, is done', async (method, body) => {
    for (const tag of ['W/"1"', '"1"', '"9", W/"1"', '*']) {
      const service = await startService();
      const path = `/Users/${await createUser(service, 'jane')}`;
      expect((await service.call(method, path, { body, headers: { 'if-match': tag } })).status).toBeLessThan(300);
    }
  });

  test('what is not there is answered 404', async () => {
    const { call } = await startService();
    for (const [method, body] of changes) {
      expect((await call(method, '/Users/unknown', { body, headers: { 'if-match': '*' } })).status).toBe(404);
    }
  });

  test('of many at once with the same version, one is done', async () => {
    const service = await startService();
    const path = `/Groups/${await createGroup(service, 'Staff')}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        service.call('PUT', path, { body: groupBody(`Staff ${index}`), headers: { 'if-match': 'W/"1"' } }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(19).fill(412)]);
    const done = answers.find(({ status }) => status === 200);
    expect((await service.call('GET', path)).text).toBe(done?.text);
  });
});

describe('#68 a PATCH is done as a whole or not at all', () => {
  test('of a user', async () => {
    const service = await startService();
    const path = `/Users/${await createUser(service, 'jane')}`;
    const { text: before } = await service.call('GET', path);
    const body = patchBody({ op: 'add', path: 'title', value: 'Boss' }, { op: 'remove', path: 'userName' });
    expect(await service.call('PATCH', path, { body })).toMatchObject({
      status: 400,
      body: { scimType: 'mutability' },
    });
    expect((await service.call('GET', path)).text).toBe(before);
  });

  test('of a group, name and members together', async () => {
    const service = await startService();
    const jane = await createUser(service, 'jane');
    const group = await createGroup(service, 'Staff', [jane]);
    const { text: before } = await service.call('GET', `/Groups/${group}`);
    const body = patchBody(
      { op: 'replace', path: 'displayName', value: 'New' },
      { op: 'remove', path: `members[value eq "${jane}"]` },
      { op: 'add', path: 'members', value: [{ value: 'nobody' }] },
    );
    expect(await service.call('PATCH', `/Groups/${group}`, { body })).toMatchObject({
      status: 400,
      body: { scimType: 'invalidValue' },
    });
    expect((await service.call('GET', `/Groups/${group}`)).text).toBe(before);
  });

  test('of a group with a name and members that are good', async () => {
    const service = await startService();
    const [jane, joe] = [await createUser(service, 'jane'), await createUser(service, 'joe')];
    const group = await createGroup(service, 'Staff', [jane]);
    const body = patchBody(
      { op: 'replace', value: { id: group, displayName: 'New' } },
      { op: 'remove', path: `members[value eq "${jane}"]` },
      { op: 'add', path: 'members', value: [{ value: joe, display: 'Joe' }] },
    );
    const { status, headers } = await service.call('PATCH', `/Groups/${group}`, { body });
    expect({ status, etag: headers.etag }).toEqual({ status: 204, etag: 'W/"2"' });
    expect(await membersOf(service, group)).toEqual([joe]);
  });
});
