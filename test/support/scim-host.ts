import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extendResourceType, groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import type { Directory } from '@oaa-kit/scim-writeback/directory';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import {
  createAuthenticator,
  createRateLimiter,
  createScimService,
  issueBasic,
  issueToken,
  nodeHandler,
  type RequestRecord,
  type ScimServiceOptions,
  type ServiceLimits,
  startScimServer,
} from '@oaa-kit/scim-writeback/server';
import express from 'express';
import { beforeAll, describe, onTestFinished } from 'vitest';
import { badgeSchema } from './scim-badge-schema.ts';
import { type ScimClient, scimClient } from './scim-client.ts';

/** What the service runs in. */
export type HostKind = 'standalone' | 'express';

export interface HostOptions {
  readonly baseUrl?: string;
  readonly limits?: Partial<ServiceLimits>;
  readonly trustedProxies?: readonly string[];
  /** Whether every user needs the custom extension. */
  readonly badgeRequired?: boolean;
  /** A user name and password that opens an organization of its own. */
  readonly basic?: { readonly userName: string; readonly password: string };
  /** Requests of one credential; no more come for an hour. */
  readonly requestsPerCredential?: number;
  /** The resources cannot be read: a fault of the service. */
  readonly broken?: boolean;
}

/** A service that listens on a port of this machine, over a database of its own. */
export interface ScimHost {
  /** Base URL, as it is reached. */
  readonly url: string;
  readonly directory: Directory;
  /** What is told of each request that was answered: lines of the log, or records as JSON. */
  readonly told: readonly string[];
  /** Makes an organization, with a credential that may read and write and one that may read. */
  connect(): Promise<HostClient>;
  close(): Promise<void>;
}

export interface HostClient extends ScimClient {
  readonly host: ScimHost;
}

/** Makes an organization in the service of the file; with options in a service of its own, until the test ends. */
export type Connect = (options?: HostOptions) => Promise<HostClient>;

/** Runs the tests against each kind of host. Every test makes organizations of its own, so that none sees another's. */
export function describeHosts(title: string, tests: (connect: Connect) => void): void {
  describe.each<HostKind>(['standalone', 'express'])(`${title}, %s`, (kind) => {
    let shared: ScimHost;
    beforeAll(async () => {
      shared = await startScimHost(kind);
      return shared.close;
    });
    tests(async (options) => {
      if (options === undefined) return shared.connect();
      const own = await startScimHost(kind, options);
      onTestFinished(own.close);
      return own.connect();
    });
  });
}

async function startScimHost(kind: HostKind, options: HostOptions = {}): Promise<ScimHost> {
  const folder = await mkdtemp(join(tmpdir(), 'scim-host-'));
  const userType = extendResourceType(userResourceType, [
    { schema: badgeSchema, required: options.badgeRequired === true },
  ]);
  const directory = await openSqliteDirectory({
    file: join(folder, 'scim.db'),
    userSchema: new ResourceSchema(userType),
    groupSchema: new ResourceSchema(groupResourceType),
  });
  const { baseUrl, limits, trustedProxies, requestsPerCredential, broken = false } = options;
  // A service without any credential does not start.
  await issue(directory, 'unused');
  if (options.basic !== undefined) await issueBasicFor(directory, options.basic);
  const told: string[] = [];
  const listening = await listen[kind](
    {
      directory: broken ? brokenDirectory(directory) : directory,
      authenticator: await createAuthenticator({ credentials: directory.credentials }),
      userType,
      groupType: groupResourceType,
      baseUrl,
      limits,
      trustedProxies,
      ...(requestsPerCredential !== undefined && {
        rateLimiter: createRateLimiter({ ratePerSecond: 1 / 3600, burst: requestsPerCredential }),
      }),
    },
    (line) => told.push(line),
  );
  let organizations = 0;
  const host: ScimHost = {
    url: listening.url,
    directory,
    told,
    async connect() {
      organizations += 1;
      const organization = `org-${organizations}`;
      const credentials = await issue(directory, organization);
      return { ...scimClient({ baseUrl: host.url, organization, credentials }), host };
    },
    async close() {
      await listening.close();
      await directory.close();
      await rm(folder, { recursive: true });
    },
  };
  return host;
}

interface Listening {
  /** As it is reached, whatever the public base URL is. */
  readonly url: string;
  close(): Promise<void>;
}

type Listen = (options: ScimServiceOptions, tell: (line: string) => void) => Promise<Listening>;

const listen: Readonly<Record<HostKind, Listen>> = {
  async standalone(options, tell) {
    const mountPath = '/scim';
    const server = await startScimServer({ ...options, mountPath, port: 0, log: { write: tell } });
    // Clients may put the version behind the path.
    return { url: `http://127.0.0.1:${server.port}${mountPath}/v2`, close: server.close };
  },
  async express(options, tell) {
    const mountPath = '/tenants/acme/scim';
    const onRequest = (record: RequestRecord) => tell(JSON.stringify(record));
    const app = express();
    app.use(mountPath, nodeHandler(createScimService({ ...options, mountPath, onRequest })));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${mountPath}`,
      async close() {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await closed;
      },
    };
  },
};

async function issue(directory: Directory, organization: string): Promise<ScimClient['credentials']> {
  await directory.organizations.create({ id: organization, name: organization });
  const now = new Date().toISOString();
  const [writer, reader] = await Promise.all([
    issueToken(directory.credentials, { organization, label: 'writer', scopes: ['scim:read', 'scim:write'] }, now),
    issueToken(directory.credentials, { organization, label: 'reader', scopes: ['scim:read'] }, now),
  ]);
  return { writer: `Bearer ${writer.token}`, reader: `Bearer ${reader.token}` };
}

async function issueBasicFor(
  directory: Directory,
  { userName, password }: { readonly userName: string; readonly password: string },
): Promise<void> {
  const credential = { organization: 'unused', label: 'basic', scopes: ['scim:read', 'scim:write'] as const };
  await issueBasic(directory.credentials, { ...credential, userName, password }, new Date().toISOString());
}

/** A directory of which only the credentials can be read. */
function brokenDirectory({ credentials, organizations, publications }: Directory): Directory {
  const fail = (): never => {
    throw new Error('broken on purpose: /var/lib/scim.db');
  };
  const stores = { organization: fail, intents: fail, bases: fail, links: fail, history: fail };
  const failing = { ...stores, size: fail, checkReady: fail, close: fail };
  return { credentials, organizations, publications, ...failing };
}
