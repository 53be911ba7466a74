import { beforeAll, describe, expect, test } from 'vitest';
import { createHttpClient } from './client.ts';
import { always, fault } from './fault-support.ts';
import { answer, httpsServer, type TestCertificate, testCertificate } from './test-support.ts';

describe('TLS', () => {
  let selfSigned: TestCertificate;
  beforeAll(async () => {
    selfSigned = await testCertificate();
  });
  const trust =
    'If it is signed by your own authority, name its certificate file with tls.ca. For a test only: tls.verify: false.';

  test('a self-signed certificate', async () => {
    const server = await httpsServer(selfSigned, (_, response) => answer(response, 200, {}));
    expect(await fault(server)).toMatchObject({
      requests: 0,
      kind: ['UnreachableError', 'tls', 6],
      message:
        'No safe connection to the server at https://HOST:PORT: its certificate is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT).',
      hint: trust,
      error: { attempts: 1, retryable: false, mayHaveBeenReceived: false },
    });
  });

  test('an expired certificate', async () => {
    const expired = await testCertificate({ notBefore: new Date('2020-01-01'), notAfter: new Date('2020-02-01') });
    const server = await httpsServer(expired, (_, response) => answer(response, 200, {}));
    expect(await fault(server, {}, { tls: { ca: expired.cert } })).toMatchObject({
      requests: 0,
      kind: ['UnreachableError', 'tls', 6],
      message: 'No safe connection to the server at https://HOST:PORT: its certificate has expired (CERT_HAS_EXPIRED).',
      hint: 'Have the certificate renewed, and check the clock of this machine.',
    });
  });

  test('a certificate of another host', async () => {
    const other = await testCertificate({ hostName: 'other.example.com' });
    const server = await httpsServer(other, (_, response) => answer(response, 200, {}));
    expect(await fault(server, {}, { tls: { ca: other.cert } })).toMatchObject({
      requests: 0,
      kind: ['UnreachableError', 'tls', 6],
      message:
        'No safe connection to the server at https://HOST:PORT: its certificate belongs to another host name (ERR_TLS_CERT_ALTNAME_INVALID).',
      hint: 'Check the host name in baseUrl.',
    });
  });

  test('a server that speaks no TLS', async () => {
    const plain = await always((_, response) => answer(response, 200, {}));
    const server = { ...plain, url: plain.url.replace('http:', 'https:') };
    expect(await fault(server)).toMatchObject({
      kind: ['UnreachableError', 'tls', 6],
      message: 'No safe connection to the server at https://HOST:PORT: it does not speak TLS on this port (EPROTO).',
      hint: 'Check scheme and port in baseUrl.',
    });
  });

  test('a certificate authority that is not PEM is refused at once', () => {
    expect(() => createHttpClient({ baseUrl: 'https://localhost', tls: { ca: 'hello' } })).toThrow(
      'The certificate authority file is not a list of PEM certificates.',
    );
  });
});
