import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from './index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

/** Sends one request with the sandbox's key. A string is sent as it is, anything else as JSON. */
export async function call(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${sandbox.apiKey}`, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** A clock that moves only when it is told to. */
export interface ManualClock {
  readonly now: () => Date;
  advance(milliseconds: number): void;
}

export function manualClock(start = '2026-01-31T09:00:00.000Z'): ManualClock {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

/** Ids in a row: `00000000-0000-4000-8000-000000000001` is the first. */
export function idSequence(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
  };
}

/** A sandbox that closes when the test ends. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export const providersPath = '/api/v1/providers/custom';

export interface Target {
  readonly providerId: string;
  readonly dataSourceId: string;
  /** Path of the data source; `:push` and the like go behind it. */
  readonly path: string;
}

/** Makes a provider with one data source. */
export async function makeTarget(
  sandbox: Sandbox,
  { template = 'application', provider = 'Portal', dataSource = 'portal-eu', settings = {} } = {},
): Promise<Target> {
  const made = await call(sandbox, 'POST', providersPath, { name: provider, custom_template: template, ...settings });
  const providerId: string = made.body.value.id;
  const dataSources = `${providersPath}/${providerId}/datasources`;
  const source = await call(sandbox, 'POST', dataSources, { id: providerId, name: dataSource });
  const dataSourceId: string = source.body.value.id;
  return { providerId, dataSourceId, path: `${dataSources}/${dataSourceId}` };
}

/** A payload that is fine; keys of `changes` replace whole lists or values of its application. */
export function samplePayload(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    custom_property_definition: {
      applications: [
        {
          application_type: 'portal',
          local_user_properties: { department: 'STRING', level: 'NUMBER', hired_at: 'TIMESTAMP' },
          local_role_properties: { owner: 'STRING' },
          role_assignment_properties: { approved: 'BOOLEAN' },
        },
      ],
    },
    applications: [
      {
        name: 'Portal EU',
        application_type: 'portal',
        local_users: [{ name: 'ada', groups: ['staff'] }],
        local_groups: [{ name: 'staff' }],
        local_roles: [{ name: 'reader', permissions: ['read'] }],
        local_access_creds: [{ id: 'key-1', name: 'Key 1' }],
        resources: [
          { name: 'shop', resource_type: 'area', sub_resources: [{ name: 'orders', resource_type: 'page' }] },
        ],
        ...changes,
      },
    ],
    permissions: [
      { name: 'read', permission_type: ['DataRead'], apply_to_sub_resources: false, resource_types: [] as string[] },
    ],
    identity_to_permissions: [
      {
        identity: 'ada',
        identity_type: 'local_user',
        role_assignments: [{ application: 'Portal EU', role: 'reader', apply_to_application: true }],
      },
    ] as Record<string, unknown>[],
  };
}

/** `json_data` for `compression_type: "GZIP"`. */
export function gzipBase64(text: string): string {
  return gzipSync(text).toString('base64');
}
