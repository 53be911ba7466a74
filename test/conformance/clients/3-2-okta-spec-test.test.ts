import { expect, test } from 'vitest';
import { describeHosts } from '../../support/scim-host.ts';
import { oktaClient } from '../../support/scim-okta-client.ts';
import { coreUser, errorMessage, listResponse } from '../../support/scim-urns.ts';

describeHosts("3.2 Okta's spec test", (connect) => {
  test('Spec test: its twelve requests', async () => {
    const scim = await connect();
    const okta = oktaClient(scim);
    const existing = await scim.createUser({
      userName: 'existing@example.com',
      name: { givenName: 'Exi', familyName: 'Sting' },
      emails: [{ value: 'existing@example.com', type: 'work', primary: true }],
    });
    const shown = {
      id: existing.id,
      userName: expect.stringMatching(/./),
      name: { familyName: expect.stringMatching(/./), givenName: expect.stringMatching(/./) },
      active: expect.any(Boolean),
      emails: [{ value: expect.stringMatching(/./) }],
    };
    const find = (userName: string) => okta('GET', `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
    const nobody = { schemas: [listResponse], totalResults: 0 };
    const error = (status: string) => ({ schemas: [errorMessage], status, detail: expect.stringMatching(/./) });

    // 1 Users endpoint
    const users = await okta('GET', '/Users?count=1&startIndex=1');
    expect(users.status).toBe(200);
    expect(users.body).toMatchObject({
      schemas: [listResponse],
      totalResults: expect.any(Number),
      itemsPerPage: expect.any(Number),
      startIndex: expect.any(Number),
      Resources: [shown],
    });
    // 2 A user by id
    const user = await okta('GET', `/Users/${users.body.Resources[0].id}`);
    expect([user.status, user.body]).toMatchObject([200, shown]);
    // 3 An invalid user by name
    const invalid = await find('abcdefgh@atko.com');
    expect([invalid.status, invalid.body]).toMatchObject([200, nobody]);
    // 4 An invalid user by id
    const missing = await okta('GET', '/Users/010101001010101011001010101011');
    expect([missing.status, missing.body]).toMatchObject([404, error('404')]);
    // 5 A random user does not exist
    const userName = 'runscope300xtzdrjbhd@atko.com';
    const random = await find(userName);
    expect([random.status, random.body]).toMatchObject([200, nobody]);
    // 6 Create it
    const body = {
      schemas: [coreUser],
      userName,
      name: { givenName: 'Runscope', familyName: 'Test' },
      emails: [{ primary: true, value: userName, type: 'work' }],
      displayName: 'Runscope Test',
      active: true,
    };
    const json = { 'content-type': 'application/json', 'user-agent': 'OKTA SCIM Integration' };
    const created = await scim.post('/Users', body, { headers: json });
    expect([created.status, created.body]).toMatchObject([201, { ...body, id: expect.stringMatching(/./) }]);
    // 7 It was created
    const verified = await okta('GET', `/Users/${created.body.id}`);
    expect([verified.status, verified.body]).toMatchObject([200, body]);
    // 8 Creating it again fails
    expect((await scim.post('/Users', body, { headers: json })).status).toBe(409);
    // 9 Case of user names
    const upper = await find(userName.toUpperCase());
    expect([upper.status, upper.body]).toMatchObject([200, { totalResults: 1, Resources: [{ id: created.body.id }] }]);
    // 10 Groups endpoint; answers within 600 ms
    const startedAt = performance.now();
    expect((await okta('GET', '/Groups')).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(600);
    // 11 A bad token
    const unauthorized = await scim.get(`/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`, {
      as: 'Bearer 12345678901234567890',
    });
    expect([unauthorized.status, unauthorized.body]).toMatchObject([401, error('401')]);
    // 12 404
    const gone = await okta('GET', '/Users/00919288221112222');
    expect([gone.status, gone.body]).toMatchObject([404, error('404')]);
  });
});
