import { describe, expect, test } from 'vitest';
import { expectError, type ScimClient } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { badge, coreUser, enterprise } from '../support/scim-urns.ts';

/** `userName` of the users of a page, in its order. */
async function names(scim: ScimClient, query: string): Promise<readonly string[]> {
  const { Resources } = await scim.read(`/Users?${query}`);
  return Resources.map(({ userName }: { userName: string }) => userName);
}

async function makeUsers(scim: ScimClient, count: number): Promise<void> {
  for (let made = 1; made <= count; made++) await scim.createUser({ userName: `u${String(made).padStart(2, '0')}` });
}

describeHosts('1.5 Sort and pages', (connect) => {
  describe('sort', () => {
    test('#48 by a simple attribute, ascending unless it is said', async () => {
      const scim = await connect();
      for (const userName of ['delta', 'Alpha', 'charlie', 'Bravo']) await scim.createUser({ userName });
      const ascending = ['Alpha', 'Bravo', 'charlie', 'delta'];
      expect(await names(scim, 'sortBy=userName')).toEqual(ascending);
      expect(await names(scim, 'sortBy=USERNAME&sortOrder=ascending')).toEqual(ascending);
      expect(await names(scim, `sortBy=${coreUser}:userName`)).toEqual(ascending);
      expect(await names(scim, 'sortBy=userName&sortOrder=descending')).toEqual(ascending.toReversed());
    });

    test('#48 by parts, extensions, numbers and times', async () => {
      const scim = await connect();
      const rows = [
        ['a', 'Zoe', 'R&D', 10],
        ['b', 'adam', 'Sales', 9],
        ['c', 'Mia', 'Board', 100],
      ] as const;
      for (const [userName, givenName, department, level] of rows) {
        await scim.createUser({ userName, name: { givenName }, [enterprise]: { department }, [badge]: { level } });
      }
      expect(await names(scim, 'sortBy=name.givenName')).toEqual(['b', 'c', 'a']);
      expect(await names(scim, `sortBy=${enterprise}:department`)).toEqual(['c', 'a', 'b']);
      expect(await names(scim, `sortBy=${badge}:level`)).toEqual(['b', 'a', 'c']);
      expect(await names(scim, 'sortBy=meta.created&sortOrder=descending')).toHaveLength(3);
    });

    test('#48 externalId by code point, since its case counts', async () => {
      const scim = await connect();
      for (const externalId of ['b', 'A', 'a', 'B'])
        await scim.createUser({ userName: `u-${externalId}-${externalId === externalId.toLowerCase()}`, externalId });
      const { Resources } = await scim.read('/Users?sortBy=externalId');
      expect(Resources.map((one: { externalId: string }) => one.externalId)).toEqual(['A', 'B', 'a', 'b']);
    });

    test('#48 what has no value comes last when ascending and first when descending', async () => {
      const scim = await connect();
      await scim.createUser({ userName: 'none' });
      await scim.createUser({ userName: 'boss', title: 'Boss' });
      await scim.createUser({ userName: 'clerk', title: 'clerk' });
      expect(await names(scim, 'sortBy=title')).toEqual(['boss', 'clerk', 'none']);
      expect(await names(scim, 'sortBy=title&sortOrder=descending')).toEqual(['none', 'clerk', 'boss']);
    });

    test('#48 of several values the primary counts, else the first', async () => {
      const scim = await connect();
      await scim.createUser({
        userName: 'primary-b',
        emails: [{ value: 'z@x.example' }, { value: 'b@x.example', primary: true }],
      });
      await scim.createUser({ userName: 'first-c', emails: [{ value: 'c@x.example' }, { value: 'a@x.example' }] });
      await scim.createUser({ userName: 'only-a', emails: [{ value: 'A@x.example' }] });
      expect(await names(scim, 'sortBy=emails.value')).toEqual(['only-a', 'primary-b', 'first-c']);
      expect(await names(scim, 'sortBy=emails')).toEqual(['only-a', 'primary-b', 'first-c']);
    });

    test.each(['up', 'asc', 'ASCENDINGLY', '1'])('#49 sortOrder=%s is 400 invalidValue', async (order) => {
      const scim = await connect();
      expectError(await scim.get(`/Users?sortBy=userName&sortOrder=${order}`), 400, 'invalidValue');
    });

    test('#49 ServiceProviderConfig says that sorting works', async () => {
      const scim = await connect();
      expect((await scim.read('/ServiceProviderConfig')).sort).toEqual({ supported: true });
    });

    test.each(['', 'sortBy=title&', 'sortBy=userType&sortOrder=descending&', 'filter=title%20eq%20%22Clerk%22&'])(
      '#50 pages of %s"count=3" are parts of one order',
      async (query) => {
        const scim = await connect();
        for (let made = 0; made < 10; made++) await scim.createUser({ title: 'Clerk', userType: `t${made % 2}` });
        const whole = await names(scim, `${query}count=100`);
        expect(new Set(whole).size).toBe(10);
        for (const count of [1, 3, 4]) {
          const pages: string[] = [];
          for (let start = 1; start <= 10; start += count) {
            pages.push(...(await names(scim, `${query}startIndex=${start}&count=${count}`)));
          }
          expect(pages).toEqual(whole);
        }
      },
    );
  });

  describe('pages', () => {
    test.each([0, -1, -999])('#51 startIndex=%d is read as 1', async (startIndex) => {
      const scim = await connect();
      await makeUsers(scim, 2);
      const page = await scim.read(`/Users?startIndex=${startIndex}`);
      expect(page).toMatchObject({ totalResults: 2, startIndex: 1, itemsPerPage: 2 });
    });

    test.each([3, 1000, '9'.repeat(30)])('#51 startIndex=%s beyond the end is an empty page', async (startIndex) => {
      const scim = await connect();
      await makeUsers(scim, 2);
      const page = await scim.read(`/Users?startIndex=${startIndex}`);
      expect(page).toMatchObject({ totalResults: 2, itemsPerPage: 0, Resources: [] });
      expect(page.startIndex).toBeTypeOf('number');
    });

    test('#51 startIndex is answered as it was asked', async () => {
      const scim = await connect();
      await makeUsers(scim, 11);
      const page = await scim.read('/Users?startIndex=6&count=5');
      expect(page).toMatchObject({ totalResults: 11, startIndex: 6, itemsPerPage: 5 });
    });

    test.each([
      ['0', 0],
      ['-1', 0],
      ['2', 2],
      ['3', 3],
      ['1000000', 3],
    ])('#52 count=%s gives %d of 3', async (count, items) => {
      const scim = await connect();
      await makeUsers(scim, 3);
      const page = await scim.read(`/Users?count=${count}`);
      expect([page.totalResults, page.itemsPerPage, page.Resources.length]).toEqual([3, items, items]);
      const found = await scim.read(`/Users?filter=userName%20sw%20%22u%22&count=${count}`);
      expect([found.totalResults, found.itemsPerPage]).toEqual([3, items]);
    });

    test.each(['ten', '1.5', '0x10', '1e2', 'NaN', '%00'])('#52 count=%s is 400 invalidValue', async (value) => {
      const scim = await connect();
      expectError(await scim.get(`/Users?count=${value}`), 400, 'invalidValue');
      expectError(await scim.get(`/Users?startIndex=${value}`), 400, 'invalidValue');
    });

    test('#53 no count gives a page of the service, and no count gives more than filter.maxResults', async () => {
      const scim = await connect({ limits: { defaultCount: 3, maxCount: 5 } });
      await makeUsers(scim, 7);
      expect((await scim.read('/ServiceProviderConfig')).filter.maxResults).toBe(5);
      expect((await scim.read('/Users')).itemsPerPage).toBe(3);
      expect((await scim.read('/Users?count=4')).itemsPerPage).toBe(4);
      expect((await scim.read('/Users?count=6')).itemsPerPage).toBe(5);
      expect((await scim.read('/Users?count=6')).totalResults).toBe(7);
    });

    test('#58 index pages are what a plain GET gives', async () => {
      const scim = await connect();
      await makeUsers(scim, 3);
      const page = await scim.read('/Users?count=2');
      expect(page).toMatchObject({ startIndex: 1, itemsPerPage: 2, totalResults: 3 });
      expect(page).not.toHaveProperty('nextCursor');
    });

    test('#61 cursor pages are not advertised', async () => {
      const scim = await connect();
      const { pagination } = await scim.read('/ServiceProviderConfig');
      expect(pagination?.cursor ?? false).toBe(false);
      expect(pagination?.index ?? true).toBe(true);
    });

    test.each(['cursor', 'cursor=', 'cursor=abc', 'cursor=&count=2'])(
      '#61 a client that reads by cursors is told that there are none, not given page one: ?%s',
      async (query) => {
        const scim = await connect();
        await makeUsers(scim, 3);
        const answer = await scim.get(`/Users?${query}`);
        expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidCursor']);
      },
    );
  });
});
