import { onTestFinished } from 'vitest';
import type { Scope } from '../../directory/credentials.ts';
import type { Directory } from '../../directory/directory.ts';
import { createAuthenticator } from '../auth/create-authenticator.ts';
import { issueToken } from '../auth/issue-credential.ts';
import { type ScimServerOptions, startScimServer } from '../standalone.ts';
import { openTestDirectory } from '../test-service.ts';

/** What the administration API answers. */
export interface AdminAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
}

export interface AdminCall {
  readonly token?: string | undefined;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * A server with the administration API at `/admin`, over a real database with two organizations, until the test ends. `base`
 * is a token of `acme` for bases.
 */
export async function startAdmin(options: Partial<ScimServerOptions> = {}) {
  const directory: Directory = options.directory ?? (await openTestDirectory());
  const issue = async (
    scopes: readonly Scope[],
    organization = 'acme',
    label = scopes.join('+'),
    expiresAt?: string,
  ) => {
    const wanted = { organization, label, scopes, expiresAt };
    return issueToken(directory.credentials, wanted, new Date().toISOString());
  };
  const { token: base } = await issue(['base:write'], 'acme', 'connector');
  let log = '';
  const write = (line: string) => {
    log += line;
  };
  const authenticator = await createAuthenticator({ credentials: directory.credentials });
  const server = await startScimServer({
    directory,
    authenticator,
    port: 0,
    adminPath: '/admin',
    log: { write },
    ...options,
  });
  onTestFinished(() => server.close());
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    directory,
    server,
    origin,
    issue,
    base,
    log: () => log,
    async call(method: string, path: string, { token = base, body, headers }: AdminCall = {}): Promise<AdminAnswer> {
      const response = await fetch(`${origin}/admin${path}`, {
        method,
        headers: {
          ...(token !== '' && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
    },
  };
}

/** A payload with users of these names, whose ids are `u0`, `u1` ... */
export function payloadOf(names: readonly string[], application = 'Shop') {
  return {
    custom_property_definition: { applications: [] },
    applications: [
      {
        name: application,
        application_type: 'Shop',
        local_users: names.map((name, index) => ({ id: `u${index}`, name, is_active: true })),
      },
    ],
    permissions: [],
    identity_to_permissions: [],
  };
}
