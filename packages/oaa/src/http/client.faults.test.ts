import { describe, expect, test } from 'vitest';
import { always, fault } from './fault-support.ts';
import { answer, closedPort, instantSeams, type Loopback, rawServer, testApiKey } from './test-support.ts';

describe('an answer that refuses', () => {
  const envelope = {
    code: 'InvalidArgument',
    message: 'Invalid argument.',
    request_id: 'req-1',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        field_violations: [{ field: 'name', description: 'too long [abc]' }],
      },
      {
        '@type': 'type.googleapis.com/errorstatus.v1.UserFacingErrorInfo',
        reason: 'INVALID_ARGUMENTS',
        message: 'The name is too long.',
        resolution: 'Use a shorter name.',
      },
    ],
  };

  test('400: the code, the sentence, the request id, the violations and the resolution', async () => {
    const server = await always((_, response) => answer(response, 400, envelope));
    const seen = await fault(server);
    expect(seen).toMatchObject({
      requests: 1,
      kind: ['RemoteError', 'remote-refused', 5],
      message:
        'The server at http://HOST:PORT refused GET /things (HTTP 400, InvalidArgument): The name is too long (request id req-1).\n  name: too long [abc]',
      hint: 'Use a shorter name.',
      error: {
        status: 400,
        remoteCode: 'InvalidArgument',
        requestId: 'req-1',
        violations: [{ field: 'name', description: 'too long [abc]' }],
        retryable: false,
      },
    });
  });

  test('a numeric code is taken as well', async () => {
    const server = await always((_, response) => answer(response, 400, { code: 3, message: 'bad', details: [] }));
    expect((await fault(server)).error).toMatchObject({ remoteCode: '3' });
  });

  test('401: the credential is wrong', async () => {
    const server = await always((_, response) =>
      answer(response, 401, { code: 'Unauthenticated', message: `Invalid key ${testApiKey}` }),
    );
    expect(await fault(server)).toMatchObject({
      requests: 1,
      kind: ['CredentialsError', 'credentials-refused', 4],
      message: 'The server at http://HOST:PORT does not accept the credential (HTTP 401): Invalid key (secret).',
      hint: 'Check auth: the credential may be revoked, cut short, or belong to another server.',
    });
  });

  test('403: the rights are missing', async () => {
    const server = await always((_, response) => answer(response, 403, { code: 'PermissionDenied', message: 'No.' }));
    expect(await fault(server, { method: 'POST', json: {} })).toMatchObject({
      requests: 1,
      kind: ['CredentialsError', 'credentials-refused', 4],
      message: 'The server at http://HOST:PORT does not allow POST /things with this credential (HTTP 403): No.',
      hint: 'Give the credential the rights for this call, or use another one.',
    });
  });

  test('404: there is nothing, and what it was', async () => {
    const details = [{ '@type': 'x/y.ResourceInfo', resource_type: 'provider', resource: '4711' }];
    const server = await always((_, response) =>
      answer(response, 404, { code: 'NotFound', message: 'not found', details }),
    );
    expect(await fault(server)).toMatchObject({
      requests: 1,
      kind: ['RemoteError', 'not-found', 5],
      message:
        'The server at http://HOST:PORT has nothing at GET /things (HTTP 404, NotFound): not found [provider 4711].',
    });
  });

  test('a web page from a proxy is named by status and title, not shown', async () => {
    const page =
      '<!doctype html><html><head><title>403  Blocked\nby policy</title></head><body>huge page</body></html>';
    const server = await always((_, response) => {
      response.writeHead(404, { 'content-type': 'text/html' });
      response.end(page);
    });
    expect(await fault(server)).toMatchObject({
      requests: 1,
      kind: ['RemoteError', 'remote-refused', 5],
      message:
        'The server at http://HOST:PORT refused GET /things (HTTP 404): a web page titled "403 Blocked by policy" came instead of JSON, which looks like a proxy or gateway in between.',
      hint: 'Check baseUrl and proxyUrl.',
    });
  });

  test('a redirect is not followed', async () => {
    const server = await always((_, response) => {
      response.writeHead(302, { location: 'https://other.example.com/login?token=abc' });
      response.end();
    });
    expect(await fault(server)).toMatchObject({
      requests: 1,
      kind: ['RemoteError', 'remote-refused', 5],
      message:
        'The server at http://HOST:PORT sends GET /things on to https://other.example.com/login (HTTP 302); redirects are not followed, so that the credential goes nowhere else.',
      hint: 'If that is the right host, write it into baseUrl.',
    });
  });

  test('terminal control characters of the remote side are taken out', async () => {
    const server = await always((_, response) => answer(response, 400, { code: 'X', message: 'a\u001b[31mred\u0007' }));
    expect((await fault(server)).message).toContain('a [31mred');
  });
});

describe('an answer that fails', () => {
  test('503 three times: retries used up', async () => {
    const server = await always((_, response) => answer(response, 503, { code: 'Unavailable', message: 'busy' }));
    expect(await fault(server)).toMatchObject({
      requests: 3,
      kind: ['UnreachableError', 'remote-failing', 6],
      message: 'The server at http://HOST:PORT fails at GET /things (HTTP 503) after 3 attempts: busy.',
      hint: 'Try again later, or be more patient with retryPolicy.retries.',
      error: { status: 503, attempts: 3, retryable: true, mayHaveBeenReceived: true },
    });
  });

  test('502 as a web page of a gateway', async () => {
    const server = await always((_, response) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<html><head><title>Bad Gateway</title></head></html>');
    });
    expect(await fault(server)).toMatchObject({
      requests: 3,
      kind: ['UnreachableError', 'remote-failing', 6],
      message:
        'The server at http://HOST:PORT fails at GET /things (HTTP 502) after 3 attempts: a web page titled "Bad Gateway" came instead of JSON, which looks like a proxy or gateway in between.',
    });
  });

  test('429 with Retry-After: waits as told, then gives up', async () => {
    const server = await always((_, response) =>
      answer(response, 429, { code: 'ResourceExhausted', message: 'slow down' }, { 'retry-after': '3' }),
    );
    const seams = instantSeams();
    expect(await fault(server, { method: 'POST', json: {} }, { seams })).toMatchObject({
      requests: 3,
      kind: ['UnreachableError', 'rate-limited', 6],
      message:
        'The server at http://HOST:PORT takes no more requests for now at POST /things (HTTP 429, Retry-After 3 s) after 3 attempts: slow down.',
      error: { mayHaveBeenReceived: false },
    });
    expect(seams.sleeps).toEqual([3_000, 3_000]);
  });

  test('500 for a POST that must not be done twice: once, and the hint says what is unknown', async () => {
    const server = await always((_, response) => answer(response, 500, { code: 'Internal', message: 'oops' }));
    expect(await fault(server, { method: 'POST', json: {}, lostAnswerHint: 'Look first.' })).toMatchObject({
      requests: 1,
      kind: ['UnreachableError', 'remote-failing', 6],
      hint: 'Try again later, or be more patient with retryPolicy.retries. Look first.',
    });
  });

  test.each([
    [429, 'UnreachableError'],
    [401, 'CredentialsError'],
    [404, 'RemoteError'],
    [400, 'RemoteError'],
  ])('%i after an attempt that may have been acted on leaves open whether it was', async (status, name) => {
    for (const [first, mayHaveBeenReceived] of [
      [503, true],
      [429, false],
    ] as const) {
      const answers = [first];
      const server = await always((_, response) => answer(response, answers.pop() ?? status, {}));
      const seen = await fault(server, { method: 'PUT', json: {}, lostAnswerHint: 'Look first.' });
      expect([seen.kind[0], seen.error]).toMatchObject([name, { mayHaveBeenReceived }]);
      expect(seen.hint?.endsWith(' Look first.')).toBe(mayHaveBeenReceived);
    }
  });

  test('a caller that is no longer interested ends the retries', async () => {
    const server = await always((_, response) => answer(response, 503, {}));
    expect(await fault(server, { shouldRetry: () => false })).toMatchObject({ requests: 1 });
  });
});

describe('a wait that is asked for', () => {
  test('too long a one ends the retries, and is told', async () => {
    const server = await always((_, response) => answer(response, 429, { code: 'Busy' }, { 'retry-after': '3600' }));
    expect(await fault(server)).toMatchObject({
      requests: 1,
      kind: ['UnreachableError', 'rate-limited', 6],
      message:
        'The server at http://HOST:PORT takes no more requests for now at GET /things (HTTP 429, Retry-After 3600 s): Busy.',
      hint: 'Try again when that time is over; nothing here waits longer than 600 s.',
      error: { attempts: 1, retryable: true, mayHaveBeenReceived: false },
    });
  });
});

describe('a success that cannot be read', () => {
  test('leaves open what it was the answer to', async () => {
    const server = await always((_, response) => response.end('OK!'));
    const seen = await fault(server, { method: 'POST', json: {}, lostAnswerHint: 'Look first.' });
    expect(seen.hint).toMatch(/ Look first\.$/);
  });

  test('not JSON', async () => {
    const server = await always((_, response) => response.end('OK!'));
    expect(await fault(server)).toMatchObject({
      requests: 1,
      kind: ['RemoteError', 'response-invalid', 5],
      message: 'The answer of the server at http://HOST:PORT to GET /things (HTTP 200) is not JSON.',
      hint: 'Check that baseUrl is the address of the server, and what sits between.',
    });
  });

  test('a log-in page', async () => {
    const server = await always((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<html><title>Sign in</title></html>');
    });
    expect(await fault(server)).toMatchObject({
      kind: ['RemoteError', 'response-invalid', 5],
      message:
        'The answer of the server at http://HOST:PORT to GET /things (HTTP 200) is a web page titled "Sign in", which looks like a proxy or a log-in page.',
    });
  });

  test('too long', async () => {
    const server = await always((_, response) => answer(response, 200, 'x'.repeat(1_000)));
    expect(await fault(server, {}, { maxResponseBytes: 500 })).toMatchObject({
      requests: 1,
      kind: ['RemoteError', 'response-invalid', 5],
      message: 'The answer of the server at http://HOST:PORT to GET /things is too large: more than 500 bytes.',
    });
  });
});

describe('no answer', () => {
  test('connection refused: repeated even for a POST', async () => {
    const port = await closedPort();
    const server: Loopback = { url: `http://127.0.0.1:${port}`, port, requests: () => 0 };
    expect(await fault(server, { method: 'POST', json: {} })).toMatchObject({
      kind: ['UnreachableError', 'unreachable', 6],
      message: 'No connection to the server at http://HOST:PORT: it was refused (ECONNREFUSED) after 3 attempts.',
      hint: 'Check host and port in baseUrl; behind a firewall set proxyUrl.',
      error: { attempts: 3, mayHaveBeenReceived: false },
    });
  });

  test('connection refused by a proxy: it is the proxy that is to be corrected', async () => {
    const server: Loopback = { url: 'https://127.0.0.1', port: 443, requests: () => 0 };
    expect(await fault(server, {}, { proxyUrl: `http://127.0.0.1:${await closedPort()}` })).toMatchObject({
      kind: ['UnreachableError', 'unreachable', 6],
      message:
        'No connection to the proxy http://HOST:PORT on the way to https://127.0.0.1: it was refused (ECONNREFUSED) after 3 attempts.',
      hint: 'Check host and port in proxyUrl.',
    });
  });

  test('unknown host', async () => {
    const server: Loopback = { url: 'http://no-such-host.invalid', port: 80, requests: () => 0 };
    const seen = await fault(server, { method: 'POST', json: {} });
    expect(seen.kind).toEqual(['UnreachableError', 'unreachable', 6]);
    expect(seen.error).toMatchObject({ attempts: 3, mayHaveBeenReceived: false });
    expect(seen.message).toMatch(
      /^(The host name of|The name service did not answer when asked for) the server at http:\/\/no-such-host\.invalid/,
    );
  });

  test('unknown host of a proxy: it is the proxy that is to be corrected', async () => {
    const server: Loopback = { url: 'https://127.0.0.1', port: 443, requests: () => 0 };
    const seen = await fault(server, {}, { proxyUrl: 'http://no-such-proxy.invalid:3128' });
    expect(seen.kind).toEqual(['UnreachableError', 'unreachable', 6]);
    expect(seen.message).toMatch(
      /^(The host name of|The name service did not answer when asked for) .*the proxy http:\/\/no-such-proxy\.invalid:3128/,
    );
    expect(seen.hint).not.toContain('baseUrl');
  });

  test('a cut connection: repeated for a GET', async () => {
    const server = await rawServer((socket) => socket.once('data', () => socket.destroy()));
    expect(await fault(server)).toMatchObject({
      requests: 3,
      kind: ['UnreachableError', 'unreachable', 6],
      message:
        'The connection to the server at http://HOST:PORT was cut during GET /things (ECONNRESET) after 3 attempts.',
      error: { attempts: 3, mayHaveBeenReceived: true },
    });
  });

  test('a cut connection: not repeated for a POST', async () => {
    const server = await rawServer((socket) => socket.once('data', () => socket.destroy()));
    expect(await fault(server, { method: 'POST', json: {} })).toMatchObject({
      requests: 1,
      kind: ['UnreachableError', 'unreachable', 6],
      error: { attempts: 1, mayHaveBeenReceived: true },
    });
  });

  test('cut in the middle of the answer', async () => {
    const server = await rawServer((socket) =>
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":');
      }),
    );
    expect(await fault(server)).toMatchObject({
      requests: 3,
      kind: ['UnreachableError', 'unreachable', 6],
      error: { mayHaveBeenReceived: true },
    });
  });

  test('an answer that is not HTTP', async () => {
    const server = await rawServer((socket) => socket.once('data', () => socket.end('220 mail.example.com ESMTP\r\n')));
    expect(await fault(server)).toMatchObject({ requests: 3, kind: ['UnreachableError', 'unreachable', 6] });
  });

  test('time-out: the answer never comes', async () => {
    const server = await always(() => undefined);
    expect(await fault(server, {}, { timeoutMs: 250 })).toMatchObject({
      requests: 3,
      kind: ['UnreachableError', 'timeout', 6],
      message: 'No answer to GET /things from the server at http://HOST:PORT within 0.25 s after 3 attempts.',
      hint: 'Raise the time-out with timeoutMs.',
      error: { attempts: 3, mayHaveBeenReceived: true },
    });
  });

  test('time-out: the answer begins and does not end', async () => {
    const server = await always((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"a":');
    });
    expect(await fault(server, {}, { timeoutMs: 250, retryPolicy: { retries: 0 } })).toMatchObject({
      requests: 1,
      kind: ['UnreachableError', 'timeout', 6],
      message: 'No answer to GET /things from the server at http://HOST:PORT within 0.25 s.',
    });
  });

  test('abort while waiting for the answer', async () => {
    const stop = new AbortController();
    const server = await always(() => stop.abort());
    expect(await fault(server, { signal: stop.signal })).toMatchObject({
      requests: 1,
      kind: ['UnreachableError', 'aborted', 6],
      message: 'GET /things was aborted.',
      error: { mayHaveBeenReceived: true },
    });
  });

  test('abort before sending', async () => {
    const server = await always((_, response) => answer(response, 200, {}));
    expect(await fault(server, { signal: AbortSignal.abort() })).toMatchObject({
      requests: 0,
      kind: ['UnreachableError', 'aborted', 6],
      error: { mayHaveBeenReceived: false },
    });
  });

  test('abort between two attempts', async () => {
    const stop = new AbortController();
    const server = await always((_, response) => answer(response, 503, {}));
    const seams = { ...instantSeams(), sleep: async () => stop.abort() };
    expect(await fault(server, { signal: stop.signal }, { seams })).toMatchObject({
      requests: 1,
      kind: ['UnreachableError', 'aborted', 6],
    });
  });
});
