import { expect, test } from 'vitest';
import type { Sandbox } from './index.ts';
import { call, makeTarget, providersPath, startSandbox } from './test-support.ts';

async function makeProviders(sandbox: Sandbox, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    const name = `Provider ${String(number).padStart(3, '0')}`;
    await call(sandbox, 'POST', providersPath, { name, custom_template: number % 2 === 0 ? 'hris' : 'application' });
  }
}

async function namesOfAllPages(sandbox: Sandbox, query: string): Promise<{ pages: number[]; names: string[] }> {
  const pages: number[] = [];
  const names: string[] = [];
  for (let token = '', more = true; more; ) {
    const { body } = await call(sandbox, 'GET', `${providersPath}?${query}${token}`);
    pages.push(body.values.length);
    names.push(...body.values.map((provider: { name: string }) => provider.name));
    expect(body.next_page_token).not.toBe('');
    token = `&page_token=${encodeURIComponent(body.next_page_token)}`;
    more = body.has_more;
  }
  return { pages, names };
}

test('a page holds at most 100, whatever is asked for, and the token leads through all of them', async () => {
  const sandbox = await startSandbox();
  await makeProviders(sandbox, 205);
  const { pages, names } = await namesOfAllPages(sandbox, 'page_size=250');
  expect(pages).toEqual([100, 100, 5]);
  expect(new Set(names).size).toBe(205);
});

test('the cap can be set, and an empty page may come in between', async () => {
  const sandbox = await startSandbox({ paging: { maximumPageSize: 2, emptyPages: true } });
  await makeProviders(sandbox, 5);
  expect((await namesOfAllPages(sandbox, 'page_size=250')).pages).toEqual([2, 0, 2, 0, 1]);
});

test('a token of one list is refused by another', async () => {
  const sandbox = await startSandbox({ paging: { maximumPageSize: 1 } });
  await makeProviders(sandbox, 3);
  const { body } = await call(sandbox, 'GET', providersPath);
  const other = await call(
    sandbox,
    'GET',
    `${providersPath}?order_by=name&page_token=${encodeURIComponent(body.next_page_token)}`,
  );
  expect(other.status).toBe(400);
});

test('filters may be joined, negated, and encoded with plus or %20', async () => {
  const sandbox = await startSandbox();
  await makeProviders(sandbox, 4);
  const names = async (query: string) => (await namesOfAllPages(sandbox, query)).names;
  expect(await names('filter=name%20eq%20%22Provider%20003%22')).toEqual(['Provider 003']);
  expect(await names('filter=custom_template+eq+%22hris%22+and+name+ne+%22Provider+002%22')).toEqual(['Provider 004']);
  expect(await names('order_by=name+desc')).toEqual(['Provider 004', 'Provider 003', 'Provider 002', 'Provider 001']);
  expect(await names('filter=state+eq+%22DELETING%22')).toEqual([]);
});

test('a quote in a name is found when it is escaped', async () => {
  const sandbox = await startSandbox();
  await call(sandbox, 'POST', providersPath, { name: 'The "new" one', custom_template: 'application' });
  const query = new URLSearchParams({ filter: 'name eq "The \\"new\\" one"' });
  expect((await call(sandbox, 'GET', `${providersPath}?${query}`)).body.values).toHaveLength(1);
});

test('the list over all providers can be narrowed to one', async () => {
  const sandbox = await startSandbox();
  const first = await makeTarget(sandbox, { provider: 'A' });
  await makeTarget(sandbox, { provider: 'B', template: 'hris' });
  const all = '/api/v1/providers/datasources';
  expect((await call(sandbox, 'GET', all)).body.values).toHaveLength(2);
  const one = await call(sandbox, 'GET', `${all}?filter=provider_id+eq+%22${first.providerId}%22`);
  expect(one.body.values.map(({ id }: { id: string }) => id)).toEqual([first.dataSourceId]);
  const byType = await call(sandbox, 'GET', `${all}?filter=datasource_type+eq+%22CUSTOM_HRIS%22&order_by=name`);
  expect(byType.body.values).toHaveLength(1);
});
