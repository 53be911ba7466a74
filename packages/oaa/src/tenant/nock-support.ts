import nock from 'nock';
import { afterEach, beforeEach, expect } from 'vitest';
import { instantSeams, testApiKey } from '../http/test-support.ts';
import { Tenant } from './tenant.ts';

export const host = 'https://acme.vezacloud.com';
/** Where all calls go. */
export const base = '/api/v1/providers/custom';
const unmatched: string[] = [];
const onNoMatch = (request: Request): void => {
  unmatched.push(`${request.method} ${request.url}`);
};

/** Lets nothing but nock answer during each test of a file; a request nobody expects, or one that never came, fails it. */
export function mockTenant(): void {
  beforeEach(() => {
    unmatched.length = 0;
    nock.disableNetConnect();
    nock.emitter.on('no match', onNoMatch);
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.emitter.off('no match', onNoMatch);
    nock.cleanAll();
    nock.restore();
    nock.activate();
    nock.enableNetConnect();
    expect({ unmatched, pending }).toEqual({ unmatched: [], pending: [] });
  });
}

/** A client of the mocked tenant that never really waits. */
export function tenant(): Tenant {
  return new Tenant({
    url: 'acme.vezacloud.com/',
    apiKey: testApiKey,
    seams: instantSeams(),
    retryPolicy: { retries: 2 },
  });
}

/** Expectations: every call must carry the key. */
export function api(): nock.Scope {
  return nock(host, { reqheaders: { authorization: `Bearer ${testApiKey}` } });
}

/** All items of a list. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
