import { expect, test } from 'vitest';
import { entraClient, entraGroup, entraUser } from '../../support/scim-entra-client.ts';
import { describeHosts } from '../../support/scim-host.ts';
import { coreUser, enterprise } from '../../support/scim-urns.ts';

describeHosts('3.1 Entra ID, what its validators ask', (connect) => {
  test('Validator, users: the list of scimvalidator.microsoft.com, in its order', async () => {
    const scim = await connect();
    const entra = entraClient(scim);
    const find = (userName: string) => entra.find('/Users', `userName eq "${userName}"`);

    // Create user; create duplicate.
    const { status, body: user } = await entra.send('POST', '/Users', entraUser);
    expect([status, user.userName]).toEqual([201, 'Test_User_ab6490ee']);
    expect((await entra.send('POST', '/Users', entraUser)).status).toBe(409);
    const path = `/Users/${user.id}`;

    // Filter existing, non-existing, with different case.
    expect((await find('Test_User_ab6490ee')).body).toMatchObject({ totalResults: 1, Resources: [user] });
    expect((await find('nobody@nowhere.example')).body).toMatchObject({ totalResults: 0, Resources: [] });
    expect((await find('tEST_uSER_AB6490EE')).body.Resources).toEqual([user]);

    // Replace attributes; replace userName; disable.
    await entra.patch(
      path,
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@example.com' },
      { op: 'replace', path: 'emails[type eq "work"].primary', value: true },
      { op: 'replace', value: { displayName: 'New', 'name.givenName': 'N', [`${enterprise}:division`]: 'West' } },
    );
    expect(await scim.read(path)).toMatchObject({
      emails: [{ value: 'new@example.com', type: 'work', primary: true }],
      displayName: 'New',
      name: { givenName: 'N', familyName: 'familyName' },
      [enterprise]: { division: 'West' },
    });
    await entra.patch(path, { op: 'replace', path: 'userName', value: 'renamed@example.com' });
    expect((await find('renamed@example.com')).body.totalResults).toBe(1);
    await entra.patch(path, { op: 'replace', path: 'active', value: false });
    expect((await find('renamed@example.com')).body.Resources).toMatchObject([{ id: user.id, active: false }]);

    // Several operations on different attributes, one of them removing what is unset.
    const mixed = await entra.patch(
      path,
      { op: 'remove', path: 'nickName' },
      { op: 'add', path: 'title', value: 'Clerk' },
      { op: 'replace', path: 'displayName', value: 'Newer' },
    );
    expect([200, 204]).toContain(mixed.status);
    expect(await scim.read(path)).toMatchObject({ title: 'Clerk', displayName: 'Newer' });

    // Several operations on one attribute, in order.
    await entra.patch(
      path,
      { op: 'remove', path: 'title' },
      { op: 'add', path: 'title', value: 'a' },
      { op: 'replace', path: 'title', value: 'b' },
    );
    expect((await scim.read(path)).title).toBe('b');

    // Delete non-existing; delete twice.
    expect((await entra.send('DELETE', '/Users/5b7b3a1e-nobody')).status).toBe(404);
    expect((await entra.send('DELETE', path)).status).toBe(204);
    expect((await entra.send('DELETE', path)).status).toBe(404);
  });

  // The one point of the list that this service answers otherwise: RFC 7643 s4.2 does not make the name of a group unique,
  // groups of an application may share one, and Entra ID looks for a group by its name before it creates one.
  test('Validator, groups: a duplicate is another group of the same name, and is found next to the first', async () => {
    const scim = await connect();
    const entra = entraClient(scim);
    const first = await entra.send('POST', '/Groups', entraGroup);
    const second = await entra.send('POST', '/Groups', entraGroup);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).not.toBe(first.body.id);
    const found = await entra.find('/Groups', 'displayName eq "displayName"', 'excludedAttributes=members&');
    const ids = found.body.Resources.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([first.body.id, second.body.id].toSorted());

    // Each goes its own way.
    await entra.patch(`/Groups/${second.body.id}`, { op: 'Replace', path: 'displayName', value: 'renamed' });
    expect((await scim.read(`/Groups/${first.body.id}`)).displayName).toBe('displayName');
    expect((await entra.send('DELETE', `/Groups/${second.body.id}`)).status).toBe(204);
    expect((await scim.read(`/Groups/${first.body.id}`)).id).toBe(first.body.id);
  });

  test('Validator, groups: the same list but for duplicates', async () => {
    const scim = await connect();
    const entra = entraClient(scim);
    const find = (displayName: string) =>
      entra.find('/Groups', `displayName eq "${displayName}"`, 'excludedAttributes=members&');

    const { status, body: group } = await entra.send('POST', '/Groups', entraGroup);
    expect(status).toBe(201);
    const path = `/Groups/${group.id}`;
    expect((await find('displayName')).body).toMatchObject({ totalResults: 1, Resources: [{ id: group.id }] });
    expect((await find('nothing')).body).toMatchObject({ totalResults: 0, Resources: [] });
    expect((await find('DISPLAYNAME')).body.totalResults).toBe(1);

    await entra.patch(path, { op: 'Replace', path: 'displayName', value: 'renamed' });
    await entra.patch(path, { op: 'Replace', path: 'externalId', value: 'other' });
    expect(await scim.read(path)).toMatchObject({ displayName: 'renamed', externalId: 'other' });

    const { id } = (await entra.send('POST', '/Users', entraUser)).body;
    expect((await entra.patch(path, { op: 'Add', path: 'members', value: [{ value: id }] })).status).toBe(204);
    expect((await scim.read(path)).members).toMatchObject([{ value: id }]);
    expect((await entra.patch(path, { op: 'Remove', path: 'members', value: [{ value: id }] })).status).toBe(204);
    expect(await scim.read(path)).not.toHaveProperty('members');

    expect((await entra.send('DELETE', '/Groups/5b7b3a1e-nobody')).status).toBe(404);
    expect((await entra.send('DELETE', path)).status).toBe(204);
    expect((await entra.send('DELETE', path)).status).toBe(404);
  });

  test('Gallery validation: attributes that are set to "" and then to null are empty', async () => {
    const scim = await connect();
    const entra = entraClient(scim);
    const { id } = (await entra.send('POST', '/Users', entraUser)).body;
    const paths = [
      'title',
      'displayName',
      'name.formatted',
      'emails[type eq "work"].display',
      `${enterprise}:department`,
    ];
    await entra.patch(`/Users/${id}`, ...paths.map((path) => ({ op: 'Add', path, value: 'x' })));
    for (const value of ['', null]) {
      const answer = await entra.patch(`/Users/${id}`, ...paths.map((path) => ({ op: 'Replace', path, value })));
      expect([200, 204]).toContain(answer.status);
    }
    const user = await scim.read(`/Users/${id}`);
    expect([
      user.title ?? '',
      user.displayName ?? '',
      user.name.formatted ?? '',
      user[enterprise]?.department ?? '',
    ]).toEqual(['', '', '', '']);
    expect(user.emails[0].display ?? '').toBe('');
  });

  test('Gallery validation: eleven users in pages of five', async () => {
    const scim = await connect();
    for (let made = 0; made < 11; made++) await scim.createUser();
    const pages = [];
    for (const startIndex of [1, 6, 11]) pages.push(await scim.read(`/Users?startIndex=${startIndex}&count=5`));
    expect(pages.map((page) => [page.startIndex, page.itemsPerPage, page.totalResults])).toEqual([
      [1, 5, 11],
      [6, 5, 11],
      [11, 1, 11],
    ]);
    const ids = pages.flatMap((page) => page.Resources.map((one: { id: string }) => one.id));
    expect(new Set(ids).size).toBe(11);
  });

  test('Gallery validation: a manager is set, changed and removed', async () => {
    const scim = await connect();
    const entra = entraClient(scim);
    const { id } = (await entra.send('POST', '/Users', entraUser)).body;
    const [first, second] = [await scim.createUser(), await scim.createUser()];
    const path = `${enterprise}:manager`;
    const managerAfter = async (operation: object) => {
      await entra.patch(`/Users/${id}`, { ...operation, path });
      return (await scim.read(`/Users/${id}`))[enterprise]?.manager?.value;
    };
    expect(await managerAfter({ op: 'Add', value: first.id })).toBe(first.id);
    expect(await managerAfter({ op: 'Replace', value: second.id })).toBe(second.id);
    expect(await managerAfter({ op: 'Replace', value: '' })).toBeUndefined();
  });

  test('Gallery validation: every attribute that Entra ID maps is in /Schemas', async () => {
    const scim = await connect();
    const { Resources } = await scim.read('/Schemas');
    const names: string[] = Resources.flatMap(
      (schema: { id: string; attributes: { name: string; subAttributes?: { name: string }[] }[] }) =>
        schema.attributes.flatMap(({ name, subAttributes = [] }) => {
          const full = schema.id === coreUser ? name : `${schema.id}:${name}`;
          return [full, ...subAttributes.map((sub) => `${full}.${sub.name}`)];
        }),
    );
    const mapped = [
      'userName',
      'active',
      'displayName',
      'title',
      'preferredLanguage',
      'name.givenName',
      'name.familyName',
      'name.formatted',
      'emails.type',
      'emails.value',
      'emails.primary',
      'phoneNumbers.type',
      'phoneNumbers.value',
      'addresses.type',
      'addresses.streetAddress',
      'addresses.locality',
      'addresses.region',
      'addresses.postalCode',
      'addresses.country',
      'addresses.formatted',
      `${enterprise}:employeeNumber`,
      `${enterprise}:department`,
      `${enterprise}:manager`,
    ];
    expect(mapped.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('Gallery validation: Entra ID reads everything by its watermark', async () => {
    const scim = await connect();
    await scim.createUser({ userName: 'kim' });
    await scim.createUser({ userName: 'otto', active: false });
    const entra = entraClient(scim);
    const between = (from: string, to: string) =>
      entra.send(
        'GET',
        `/Users?filter=${encodeURIComponent(`Active eq true and (Meta.lastModified ge "${from}" and Meta.lastModified le "${to}")`)}&count=100&startIndex=1`,
      );
    expect((await entra.send('GET', '/Users?count=1')).body).toMatchObject({ totalResults: 2, itemsPerPage: 1 });
    expect((await between('2020-01-01T00:00:00Z', '2990-01-01T00:00:00Z')).body).toMatchObject({
      totalResults: 1,
      Resources: [{ userName: 'kim' }],
    });
    expect((await between('1999-01-01T00:00:00Z', '2000-01-01T00:00:00Z')).body.totalResults).toBe(0);
  });
});
