import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError, type OaaError, UnreachableError } from '@oaa-kit/oaa';
import type { HttpAuth } from '@oaa-kit/oaa/http';
import { expect, onTestFinished, test } from 'vitest';
import { createBaseClient } from './create-base-client.ts';

/** Answers every request with a refusal; gives host and port. */
async function refusing(refusal: (request: IncomingMessage) => object, status = 422): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(refusal(request))));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const password = 'Tr0ub4dor&3-horse';

test.each<[string, HttpAuth]>([
  ['token', { type: 'bearer', token: 'a-token-of-some-length' }],
  ['password', { type: 'basic', username: 'nightly', password }],
])('a refusal that says the %s back does not show it, nor what the proxy was sent', async (_what, auth) => {
  const host = await refusing(({ headers }) => {
    const said = `${headers.authorization}; ${headers['proxy-authorization']}; ${password}; p@ss-word`;
    const problem = { severity: 'error', code: 'wrong-type', path: said, message: said, hint: said };
    return { code: 'payload-invalid', message: said, hint: said, problems: [problem] };
  });
  const proxyUrl = `http://kim:p%40ss-word@${host}`;
  const bases = createBaseClient({ url: 'http://localhost:9/admin', auth, proxyUrl });
  const error: OaaError = await bases.submit({}).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  const shown = /^(Bearer|Basic) \(secret\); Basic \(secret\); (\(secret\)|Tr0ub4dor&3-horse); \(secret\)$/;
  expect(error.message).toMatch(shown);
  if (auth.type === 'basic') expect(JSON.stringify(error)).not.toContain(password);
  const text = expect.stringMatching(shown);
  expect(error).toMatchObject({ hint: text, diagnostics: [{ path: text, message: text, hint: text }] });
});

test.each([
  ['busy', 'timeout'],
  ['unwritable', 'unreachable'],
  ['constructor', 'remote-failing'],
])('a service that is %s ends as a database on this machine that is so: %s', async (code, expected) => {
  const host = await refusing(() => ({ code, message: 'It is so.', hint: 'Make room.' }), 503);
  const auth = { type: 'bearer', token: 'a-token-of-some-length' } as const;
  const bases = createBaseClient({ url: `http://${host}/admin`, auth, retryPolicy: { retries: 0 } });
  const error: UnreachableError = await bases.submit({}).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(UnreachableError);
  expect(error).toMatchObject({ code: expected, message: expect.stringContaining('It is so'), exitCode: 6 });
  const isTold = expected !== 'remote-failing';
  expect([error.hint === 'Make room.', error.mayHaveBeenReceived]).toEqual([isTold, !isTold]);
});
