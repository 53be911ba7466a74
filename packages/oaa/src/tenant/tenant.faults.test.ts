import { describe, expect, test } from 'vitest';
import {
  answer,
  closedPort,
  everythingShown,
  httpServer,
  httpsServer,
  instantSeams,
  type Loopback,
  rawServer,
  rejection,
  testApiKey,
  testCertificate,
} from '../http/test-support.ts';
import { Tenant } from './tenant.ts';

/** What a person reads and a script sees when a tenant is asked for its templates. */
interface Row {
  readonly fault: string;
  readonly start: () => Promise<Loopback>;
  readonly requests: number;
  readonly kind: readonly [name: string, code: string, exitCode: number];
  readonly message: string;
  readonly hint: string;
}

const get = 'GET /api/v1/providers/custom/templates';
const replying = (status: number, body: unknown, headers?: Record<string, string>) => (): Promise<Loopback> =>
  httpServer((_, response) => answer(response, status, body, headers));
const page = (status: number, title: string) => (): Promise<Loopback> =>
  httpServer((_, response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(`<!DOCTYPE html><html><head><title>${title}</title></head><body>key ${testApiKey}</body></html>`);
  });
const patience = 'Try again later, or be more patient with OAA_API_RETRIES (--retries, tenant.retries).';

const rows: readonly Row[] = [
  {
    fault: 'wrong key',
    start: replying(401, { code: 'Unauthenticated', message: `bad key ${testApiKey}`, request_id: 'r-1' }),
    requests: 1,
    kind: ['CredentialsError', 'credentials-refused', 4],
    message: 'The tenant at URL does not accept the API key (HTTP 401): bad key (secret) (request id r-1).',
    hint: 'Check VEZA_API_KEY (--api-key, tenant.apiKey): the API key may be revoked, cut short, or belong to another tenant.',
  },
  {
    fault: 'key without the right',
    start: replying(403, { code: 'PermissionDenied', message: 'not allowed' }),
    requests: 1,
    kind: ['CredentialsError', 'credentials-refused', 4],
    message: `The tenant at URL does not allow ${get} with this API key (HTTP 403): not allowed.`,
    hint: "Use an administrator's personal key, or a team key with the role oaa_push.",
  },
  {
    fault: '400',
    start: replying(400, { code: 3, message: 'bad argument' }),
    requests: 1,
    kind: ['RemoteError', 'remote-refused', 5],
    message: `The tenant at URL refused ${get} (HTTP 400, 3): bad argument.`,
    hint: 'Correct what the answer complains about.',
  },
  {
    fault: '429 with Retry-After',
    start: replying(429, { code: 'ResourceExhausted', message: 'slow down' }, { 'retry-after': '7' }),
    requests: 3,
    kind: ['UnreachableError', 'rate-limited', 6],
    message: `The tenant at URL takes no more requests for now at ${get} (HTTP 429, Retry-After 7 s) after 3 attempts: slow down.`,
    hint: patience,
  },
  {
    fault: '500',
    start: replying(500, { code: 'Internal', message: 'oops' }),
    requests: 3,
    kind: ['UnreachableError', 'remote-failing', 6],
    message: `The tenant at URL fails at ${get} (HTTP 500) after 3 attempts: oops.`,
    hint: patience,
  },
  {
    fault: 'HTML error page of a gateway',
    start: page(504, 'Gateway Time-out'),
    requests: 3,
    kind: ['UnreachableError', 'remote-failing', 6],
    message: `The tenant at URL fails at ${get} (HTTP 504) after 3 attempts: a web page titled "Gateway Time-out" came instead of JSON, which looks like a proxy or gateway in between.`,
    hint: patience,
  },
  {
    fault: 'HTML page of a filter',
    start: page(400, 'Blocked'),
    requests: 1,
    kind: ['RemoteError', 'remote-refused', 5],
    message: `The tenant at URL refused ${get} (HTTP 400): a web page titled "Blocked" came instead of JSON, which looks like a proxy or gateway in between.`,
    hint: 'Check VEZA_URL (--url, tenant.url) and HTTPS_PROXY (--proxy, tenant.proxy).',
  },
  {
    fault: 'success that is a log-in page',
    start: page(200, 'Sign in'),
    requests: 1,
    kind: ['RemoteError', 'response-invalid', 5],
    message: `The answer of the tenant at URL to ${get} (HTTP 200) is a web page titled "Sign in", which looks like a proxy or a log-in page.`,
    hint: 'Check that VEZA_URL (--url, tenant.url) is the address of the tenant, and what sits between.',
  },
  {
    fault: 'success that is not JSON',
    start: () => httpServer((_, response) => response.end('{"values": [')),
    requests: 1,
    kind: ['RemoteError', 'response-invalid', 5],
    message: `The answer of the tenant at URL to ${get} (HTTP 200) is not JSON.`,
    hint: 'Check that VEZA_URL (--url, tenant.url) is the address of the tenant, and what sits between.',
  },
  {
    fault: 'time-out',
    start: () => httpServer(() => undefined),
    requests: 3,
    kind: ['UnreachableError', 'timeout', 6],
    message: `No answer to ${get} from the tenant at URL within 0.2 s after 3 attempts.`,
    hint: 'Raise the time-out with OAA_API_TIMEOUT (--timeout, tenant.timeoutSeconds).',
  },
  {
    fault: 'cut connection',
    start: () => rawServer((socket) => socket.once('data', () => socket.destroy())),
    requests: 3,
    kind: ['UnreachableError', 'unreachable', 6],
    message: `The connection to the tenant at URL was cut during ${get} (ECONNRESET) after 3 attempts.`,
    hint: 'Try again; when it happens every time, ask what sits between (proxy, gateway, firewall).',
  },
  {
    fault: 'nobody listens',
    start: async () => {
      const port = await closedPort();
      return { url: `http://127.0.0.1:${port}`, port, requests: () => 0 };
    },
    requests: 0,
    kind: ['UnreachableError', 'unreachable', 6],
    message: 'No connection to the tenant at URL: it was refused (ECONNREFUSED) after 3 attempts.',
    hint: 'Check host and port in VEZA_URL (--url, tenant.url); behind a firewall set HTTPS_PROXY (--proxy, tenant.proxy).',
  },
  {
    fault: 'self-signed certificate',
    start: async () => httpsServer(await testCertificate(), (_, response) => answer(response, 200, [])),
    requests: 0,
    kind: ['UnreachableError', 'tls', 6],
    message: 'No safe connection to the tenant at URL: its certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT).',
    hint: 'If it is signed by your own authority, name its certificate file with OAA_CA_FILE (--ca-file, tenant.caFile). For a test only: VEZA_UNSAFE_HTTPS=true.',
  },
];

describe('what a person reads when', () => {
  test.each(rows)('$fault', async ({ fault, start, requests, kind, message, hint }) => {
    const server = await start();
    const logged: unknown[] = [];
    const log = (...parts: unknown[]): void => void logged.push(parts);
    const tenant = new Tenant({
      url: server.url,
      apiKey: testApiKey,
      retries: 2,
      timeoutMs: fault === 'time-out' ? 200 : 10_000,
      seams: instantSeams(),
      logger: { debug: log, info: log, warn: log, error: log },
    });
    const error = await rejection(tenant.templates.list());
    expect([error.name, error.code, error.exitCode]).toEqual(kind);
    expect(error.message.replaceAll(server.url, 'URL')).toBe(message);
    expect(error.hint).toBe(hint);
    expect(server.requests()).toBe(requests);
    expect(everythingShown(error)).not.toContain(testApiKey);
    expect(JSON.stringify(logged)).not.toContain(testApiKey);
  });
});
