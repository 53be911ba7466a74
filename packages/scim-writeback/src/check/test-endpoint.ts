import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpAuth } from '@oaa-kit/oaa/http';
import { onTestFinished } from 'vitest';
import { createAuthenticator } from '../server/auth/create-authenticator.ts';
import { issueBasic, issueToken } from '../server/auth/issue-credential.ts';
import { createScimService } from '../server/create-scim-service.ts';
import { nodeHandler } from '../server/node-handler.ts';
import type { ScimRequest, ScimResponse, ScimService } from '../server/scim-service.ts';
import { openTestDirectory } from '../server/test-service.ts';

// biome-ignore lint/suspicious/noExplicitAny: faults look into bodies of every shape.
type Json = any;

/** A request that a fault can change before it goes on. */
export interface SeenRequest {
  readonly method: string;
  /** `/Users/4711`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: ScimRequest['headers'];
  readonly body: Json;
}

/** An answer that a fault can change. */
export interface SeenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** Stands in front of the service. `next` hands a request on and gives the answer. */
export type Fault = (request: SeenRequest, next: (request: SeenRequest) => Promise<SeenAnswer>) => Promise<SeenAnswer>;

export interface TestEndpoint {
  readonly url: string;
  readonly auth: HttpAuth;
  readonly readerAuth: HttpAuth;
  /** Method and path of every request that came, in order. */
  readonly seen: readonly string[];
  /** Everything that is in the directory, to compare. */
  everything(): Promise<unknown>;
}

type BasicAuth = Extract<HttpAuth, { type: 'basic' }>;

export const basicAuth: BasicAuth = { type: 'basic', username: 'veza', password: 'Tr0ub4dor&3-horse' };

const unchanged: Fault = (request, next) => next(request);

/**
 * Our own service over SQLite with a few people in it, on a port of this machine until the test ends.
 *
 * @param basic a user name and password that it takes beside the token
 */
export async function startEndpoint(fault: Fault = unchanged, basic?: BasicAuth): Promise<TestEndpoint> {
  const directory = await openTestDirectory();
  const now = new Date().toISOString();
  const issue = (label: string, scopes: readonly ('scim:read' | 'scim:write')[]) =>
    issueToken(directory.credentials, { organization: 'acme', label, scopes }, now);
  const { token } = await issue('tenant', ['scim:read', 'scim:write']);
  const { token: readerToken } = await issue('reader', ['scim:read']);
  if (basic !== undefined) {
    const credential = { organization: 'acme', label: 'basic', scopes: ['scim:read', 'scim:write'] as const };
    await issueBasic(directory.credentials, { ...credential, userName: basic.username, password: basic.password }, now);
  }
  const service = createScimService({
    directory,
    authenticator: await createAuthenticator({ credentials: directory.credentials }),
    mountPath: '/scim',
  });
  const headers = { host: 'localhost', authorization: `Bearer ${token}` };
  const call = (request: Pick<SeenRequest, 'method' | 'path' | 'body'>) =>
    pass(service, { ...request, query: new URLSearchParams(), headers });
  for (const userName of ['ada', "grace.o'hopper", 'zoë']) {
    await call({ method: 'POST', path: '/Users', body: { schemas: [userUrn], userName } });
  }
  const { body: list } = await call({ method: 'GET', path: '/Users', body: undefined });
  const members = list.Resources.map(({ id }: { id: string }) => ({ value: id }));
  await call({ method: 'POST', path: '/Groups', body: { schemas: [groupUrn], displayName: 'Staff', members } });

  const seen: string[] = [];
  const faulty: ScimService = {
    async handle(request) {
      const url = new URL(request.url, 'http://endpoint');
      const text = await textOf(request.body);
      seen.push(`${request.method} ${url.pathname}`);
      const { pathname: path, searchParams: query } = url;
      const given = { method: request.method, path, query, headers: request.headers };
      const answer = await fault({ ...given, body: text === '' ? undefined : JSON.parse(text) }, (changed) =>
        pass(service, changed),
      );
      return { ...answer, body: answer.body === undefined ? undefined : JSON.stringify(answer.body) };
    },
  };
  const server = createServer(nodeHandler(faulty, { mountPath: '/scim' }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`,
    auth: { type: 'bearer', token },
    readerAuth: { type: 'bearer', token: readerToken },
    seen,
    async everything() {
      const [users, groups] = [
        await call({ method: 'GET', path: '/Users', body: undefined }),
        await call({ method: 'GET', path: '/Groups', body: undefined }),
      ];
      return [users.body, groups.body];
    },
  };
}

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';

async function textOf(body: ScimRequest['body'] | ScimResponse['body']): Promise<string> {
  if (body === undefined || typeof body === 'string') return body ?? '';
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

async function pass(service: ScimService, { method, path, query, headers, body }: SeenRequest): Promise<SeenAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const answer = await service.handle({
    method,
    url: query.size === 0 ? path : `${path}?${query}`,
    headers: { 'content-type': 'application/scim+json', ...headers, 'content-length': undefined },
    body: text === undefined ? undefined : bytesOf(text),
  });
  const sent = await textOf(answer.body);
  return { status: answer.status, headers: answer.headers, body: sent === '' ? undefined : JSON.parse(sent) };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8');
}
