import { expect } from 'vitest';
import { coreGroup, coreUser, errorMessage, patchOp } from './scim-urns.ts';

export interface ScimAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined: there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

export interface SendOptions {
  /** Text and bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Who asks: by default who may read and write. Anything but the three names is an `Authorization` header. */
  readonly as?: string;
}

/** Somebody who talks to a SCIM service, with credentials for one organization. */
export interface ScimClient {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly organization: string;
  /** Values of `Authorization`. */
  readonly credentials: { readonly writer: string; readonly reader: string };
  /** Sends a request, and checks of the answer what holds for every answer. */
  request(method: string, path: string, options?: SendOptions): Promise<ScimAnswer>;
  get(path: string, options?: SendOptions): Promise<ScimAnswer>;
  post(path: string, body: unknown, options?: SendOptions): Promise<ScimAnswer>;
  put(path: string, body: unknown, options?: SendOptions): Promise<ScimAnswer>;
  patch(path: string, operations: readonly unknown[], options?: SendOptions): Promise<ScimAnswer>;
  delete(path: string, options?: SendOptions): Promise<ScimAnswer>;
  /** Makes a user or group, which has to succeed, and gives it as it was answered. */
  createUser(attributes?: object): Promise<ScimAnswer['body']>;
  createGroup(attributes?: object): Promise<ScimAnswer['body']>;
  /** The resource, which has to be there. */
  read(path: string): Promise<ScimAnswer['body']>;
  /** What the resource is after these operations, which have to succeed. */
  patched(path: string, ...operations: readonly unknown[]): Promise<ScimAnswer['body']>;
  /** `userName` of the users, or `displayName` of the groups, that a filter finds, in order. */
  find(filter: string, endpoint?: '/Users' | '/Groups'): Promise<readonly string[]>;
}

export interface ClientOptions extends Pick<ScimClient, 'baseUrl' | 'organization' | 'credentials'> {}

export function scimClient({ baseUrl, organization, credentials }: ClientOptions): ScimClient {
  let users = 0;
  const request: ScimClient['request'] = async (method, path, { body, headers = {}, as = 'writer' } = {}) => {
    const authorization = as === 'nobody' ? undefined : as === 'writer' || as === 'reader' ? credentials[as] : as;
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    });
    return checkAnswer(method, response.status, response.headers, await response.text());
  };
  const created = async (path: string, body: unknown) => {
    const answer = await request('POST', path, { body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  };
  const read: ScimClient['read'] = async (path) => {
    const answer = await request('GET', path);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  };
  const patch: ScimClient['patch'] = (path, operations, options) =>
    request('PATCH', path, { body: patchBody(...operations), ...options });

  return {
    baseUrl,
    organization,
    credentials,
    request,
    get: (path, options) => request('GET', path, options),
    post: (path, body, options) => request('POST', path, { body, ...options }),
    put: (path, body, options) => request('PUT', path, { body, ...options }),
    patch,
    delete: (path, options) => request('DELETE', path, options),
    createUser: (attributes) => {
      users += 1;
      return created('/Users', userBody({ userName: `user-${users}`, ...attributes }));
    },
    createGroup: (attributes) => created('/Groups', groupBody({ displayName: 'Staff', ...attributes })),
    read,
    patched: async (path, ...operations) => {
      const answer = await patch(path, operations);
      expect([200, 204], JSON.stringify(answer.body)).toContain(answer.status);
      return read(path);
    },
    find: async (filter, endpoint = '/Users') => {
      const { Resources } = await read(`${endpoint}?filter=${encodeURIComponent(filter)}`);
      const names: string[] = Resources.map((one: Record<string, string>) => one.userName ?? one.displayName);
      return names.toSorted();
    },
  };
}

export function userBody(attributes: object): object {
  return { schemas: [coreUser], ...attributes };
}

export function groupBody(attributes: object): object {
  return { schemas: [coreGroup], ...attributes };
}

export function patchBody(...operations: readonly unknown[]): object {
  return { schemas: [patchOp], Operations: operations };
}

/** An answer that refuses: with this status and keyword, and nothing in it that the RFC does not know. */
export function expectError(answer: ScimAnswer, status: number, scimType?: string): void {
  expect({ status: answer.status, scimType: answer.body?.scimType, body: answer.body }).toEqual({
    status,
    scimType,
    body: answer.body,
  });
}

/** What holds for every answer of a SCIM service, so that it is asserted wherever any is looked at. */
export function checkAnswer(method: string, status: number, headers: Headers, text: string): ScimAnswer {
  // RFC 9110 s9.3.2, s15.3.5, s15.4.5.
  if (method === 'HEAD' || status === 204 || status === 304) {
    expect(text, 'an answer that has no body').toBe('');
    return { status, headers, body: undefined };
  }
  // RFC 7644 s3.1, s3.8; without parameters, since clients compare it.
  expect(headers.get('content-type'), `content type of ${status} ${text.slice(0, 200)}`).toBe('application/scim+json');
  const body: ScimAnswer['body'] = JSON.parse(text);
  if (status >= 400) checkErrorBody(status, body);
  // RFC 7235 s3.1.
  if (status === 401) expect(headers.get('www-authenticate')).toMatch(/\bBearer\b/);
  return { status, headers, body };
}

/** RFC 7644 s3.12: four members at most, the status a string; nothing of the inside of the service. */
function checkErrorBody(status: number, body: ScimAnswer['body']): void {
  expect(Object.keys(body).filter((name) => !['schemas', 'scimType', 'detail', 'status'].includes(name))).toEqual([]);
  expect(body).toMatchObject({ schemas: [errorMessage], status: String(status), detail: expect.stringMatching(/\S/) });
  expect(body.detail).not.toMatch(/\n\s+at |[.]ts:\d|node_modules|SQLITE|select .* from /i);
}
