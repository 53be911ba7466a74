import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Scope } from '../directory/credentials.ts';
import type { Directory } from '../directory/directory.ts';
import { openSqliteDirectory } from '../directory/sqlite.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import { createScimService } from './create-scim-service.ts';
import type { Authenticator, Principal, RequestRecord, ScimServiceOptions } from './scim-service.ts';

export const baseUrl = 'https://scim.example.com/v2';
export const userUrn = userResourceType.schema.id;
export const groupUrn = groupResourceType.schema.id;
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export interface TestRequest {
  readonly body?: unknown;
  /** Instead of `body`: sent as it is. */
  readonly text?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Defaults to `acme`, which may do everything in the organization of that name. `null`: none. */
  readonly token?: string | null | undefined;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As it was sent. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
  /** How many pieces it came in; 1 for a text. */
  readonly pieces: number;
}

export interface TestService {
  readonly directory: Directory;
  /** What `onRequest` was told. */
  readonly records: readonly RequestRecord[];
  call(method: string, url: string, request?: TestRequest): Promise<TestAnswer>;
}

/** Clients by their token. */
const scopesOf: Readonly<Record<string, { organization: string; scopes: readonly Scope[] }>> = {
  acme: { organization: 'acme', scopes: ['scim:read', 'scim:write'] },
  'acme-reader': { organization: 'acme', scopes: ['scim:read'] },
  'acme-writer': { organization: 'acme', scopes: ['scim:write'] },
  globex: { organization: 'globex', scopes: ['scim:read', 'scim:write'] },
};

/** Takes the tokens above. What is true of credentials is tested in `auth`. */
const authenticator: Authenticator = {
  challenges: ['Bearer realm="scim"', 'Basic realm="scim", charset="UTF-8"'],
  async authenticate(authorization): Promise<Principal | undefined> {
    const token = authorization?.replace('Bearer ', '') ?? '';
    const client = Object.hasOwn(scopesOf, token) ? scopesOf[token] : undefined;
    if (client === undefined) return undefined;
    return { organization: client.organization, credentialId: token, label: token, scopes: new Set(client.scopes) };
  },
};

/** Opens a directory with two organizations, `acme` and `globex`, until the test ends. */
export async function openTestDirectory({
  userType = userResourceType,
  groupType = groupResourceType,
}: Partial<ScimServiceOptions> = {}): Promise<Directory> {
  const folder = await mkdtemp(join(tmpdir(), 'scim-service-'));
  const directory = await openSqliteDirectory({
    file: join(folder, 'scim.db'),
    userSchema: new ResourceSchema(userType),
    groupSchema: new ResourceSchema(groupType),
  });
  onTestFinished(async () => {
    await directory.close();
    await rm(folder, { recursive: true });
  });
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  await directory.organizations.create({ id: 'globex', name: 'Globex' });
  return directory;
}

/** Starts a service over a directory of its own, until the test ends. */
export async function startService(options: Partial<ScimServiceOptions> = {}): Promise<TestService> {
  const directory = options.directory ?? (await openTestDirectory(options));
  const records: RequestRecord[] = [];
  const service = createScimService({
    authenticator,
    baseUrl,
    onRequest: (record) => records.push(record),
    ...options,
    directory,
  });
  return {
    directory,
    records,
    async call(
      method,
      url,
      { body, text = body === undefined ? undefined : JSON.stringify(body), headers, token } = {},
    ) {
      const answer = await service.handle({
        method,
        url,
        headers: {
          ...(text !== undefined && { 'content-type': 'application/scim+json' }),
          ...(token !== null && { authorization: `Bearer ${token ?? 'acme'}` }),
          ...headers,
        },
        body: text === undefined ? undefined : bytesOf(text),
      });
      const pieces: string[] = [];
      if (typeof answer.body === 'object') for await (const piece of answer.body) pieces.push(piece);
      else pieces.push(answer.body ?? '');
      const whole = pieces.join('');
      return {
        status: answer.status,
        headers: answer.headers,
        text: whole,
        body: whole === '' ? undefined : JSON.parse(whole),
        pieces: pieces.length,
      };
    },
  };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

export const userBody = (userName: string, more: object = {}) => ({ schemas: [userUrn], userName, ...more });
export const groupBody = (displayName: string, memberIds: readonly string[] = [], more: object = {}) => ({
  schemas: [groupUrn],
  displayName,
  ...(memberIds.length > 0 && { members: memberIds.map((value) => ({ value })) }),
  ...more,
});
export const patchBody = (...operations: readonly object[]) => ({ schemas: [patchUrn], Operations: operations });

/** Makes a user and gives the id. */
export async function createUser({ call }: TestService, userName: string, more: object = {}): Promise<string> {
  return (await call('POST', '/Users', { body: userBody(userName, more) })).body.id;
}

/** Makes a group and gives the id. */
export async function createGroup(
  { call }: TestService,
  displayName: string,
  memberIds: readonly string[] = [],
): Promise<string> {
  return (await call('POST', '/Groups', { body: groupBody(displayName, memberIds) })).body.id;
}

/** The ids of the members that a group shows. */
export async function membersOf({ call }: TestService, groupId: string): Promise<readonly string[]> {
  const { body } = await call('GET', `/Groups/${groupId}`);
  return (body.members ?? []).map(({ value }: { value: string }) => value);
}
