import { OaaError } from '@oaa-kit/oaa';
import type { HttpSeams } from '@oaa-kit/oaa/http';
import nock from 'nock';
import { afterEach, beforeEach, expect } from 'vitest';
import { createScimClient } from './create-scim-client.ts';
import type { ScimClient, ScimClientOptions } from './scim-client.ts';

export const host = 'https://scim.example.com';
export const base = '/scim/v2';
/** A token that must never be seen in any output. */
export const testToken = 'token-ZXCVB-0123456789-never-show-me';
const unmatched: string[] = [];
const onNoMatch = (request: Request): void => {
  unmatched.push(`${request.method} ${request.url}`);
};

/** Lets nothing but nock answer during each test of a file; a request nobody expects, or one that never came, fails it. */
export function mockService(): void {
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

/** Seams that never wait: `sleeps` collects what would have been waited. */
export function instantSeams(): HttpSeams & { readonly sleeps: number[] } {
  const sleeps: number[] = [];
  let nowMs = Date.UTC(2026, 0, 1);
  return {
    sleeps,
    sleep: async (durationMs) => {
      sleeps.push(durationMs);
      nowMs += durationMs;
    },
    random: () => 0,
    now: () => nowMs,
  };
}

/** A client of the mocked service that never really waits. */
export function client(options: Partial<ScimClientOptions> = {}): ScimClient {
  return createScimClient({
    url: `${host}${base}/`,
    auth: { type: 'bearer', token: testToken },
    retryPolicy: { retries: 2 },
    seams: instantSeams(),
    ...options,
  });
}

/** Expectations: every call must carry the token. */
export function service(): nock.Scope {
  return nock(`${host}${base}`, { reqheaders: { authorization: `Bearer ${testToken}` } });
}

export const scimJson = { 'content-type': 'application/scim+json' };

export const scimError = (status: number, detail: string, scimType?: string) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: String(status),
  detail,
  ...(scimType !== undefined && { scimType }),
});

export const listOf = (resources: readonly object[], totalResults = resources.length) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults,
  startIndex: 1,
  itemsPerPage: resources.length,
  Resources: resources,
});

/** The error that a promise ends with; fails when there is none or it is not one of ours. */
export async function rejection(promise: Promise<unknown>): Promise<OaaError> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof OaaError)) throw error;
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(testToken);
    return error;
  }
  throw new Error('the promise was expected to be rejected');
}

/** All items of a list. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
