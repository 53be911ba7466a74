import { describe, expect, test } from 'vitest';
import { baseUrls } from './base-url.ts';

const request = (headers: Record<string, string>, remoteAddress = '203.0.113.5') => ({
  method: 'GET',
  url: '/Users',
  headers,
  remoteAddress,
});

describe('a base URL that is set is what counts', () => {
  test.each([
    ['https://scim.example.com/v2', 'https://scim.example.com/v2'],
    ['https://scim.example.com/v2//', 'https://scim.example.com/v2'],
    ['https://scim.example.com', 'https://scim.example.com'],
    ['http://LOCALHOST:8080/', 'http://localhost:8080'],
  ])('%s', (baseUrl, expected) => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'javascript' };
    expect(baseUrls({ baseUrl, trustedProxies: ['0.0.0.0/0'] })(request(headers), true)).toBe(expected);
  });

  test.each(['', 'scim.example.com', '/v2', 'ftp://a', 'https://a/?x=1', 'https://a/#b', 'https://u:p@a/'])(
    '%j is none',
    (baseUrl) => expect(() => baseUrls({ baseUrl })).toThrow(expect.objectContaining({ code: 'setting-invalid' })),
  );
});

describe('without one, the host of the request is taken', () => {
  test.each([
    ['scim.example.com', 'http://scim.example.com/scim'],
    ['LocalHost:8080', 'http://localhost:8080/scim'],
    ['[::1]:8080', 'http://[::1]:8080/scim'],
    ['10.0.0.1', 'http://10.0.0.1/scim'],
  ])('%s', (host, expected) => expect(baseUrls({ mountPath: '/scim/' })(request({ host }), false)).toBe(expected));

  test('with the version prefix where the client used it', () => {
    expect(baseUrls({})(request({ host: 'a' }), true)).toBe('http://a/v2');
  });

  test('with the scheme of the connection', () => {
    expect(baseUrls({})({ ...request({ host: 'a' }), scheme: 'https' }, false)).toBe('https://a');
  });

  test.each(['', 'a b', 'a/b', 'a@b', 'a"', 'a\\b', '<a>', 'a:b', 'a:123456', '[::1', 'a?b', `${'a'.repeat(300)}`])(
    '%j is answered 400',
    (host) => expect(() => baseUrls({})(request({ host }), false)).toThrow(expect.objectContaining({ status: 400 })),
  );
});

describe('X-Forwarded-* counts from a trusted proxy only', () => {
  const forwarded = {
    host: 'inner:8080',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'scim.example.com',
    'x-forwarded-prefix': '/api/',
  };

  test.each([
    [['10.0.0.0/8'], '10.1.2.3'],
    [['10.0.0.0/8'], '::ffff:10.1.2.3'],
    [['192.0.2.1', '10.1.2.3'], '10.1.2.3'],
    [['fd00::/8'], 'fd12::1'],
    [['::1'], '::1'],
    [['0.0.0.0/0'], '198.51.100.1'],
  ])('%j trusts %s', (trustedProxies, address) => {
    const urls = baseUrls({ trustedProxies, mountPath: '/scim' });
    expect(urls(request(forwarded, address), false)).toBe('https://scim.example.com/api/scim');
  });

  test.each([
    [undefined, '10.1.2.3'],
    [['10.0.0.0/8'], '11.0.0.1'],
    [['10.0.0.0/8'], '::ffff:11.0.0.1'],
    [['10.0.0.0/8'], 'fd00::1'],
    [['fd00::/8'], 'fe00::1'],
    [['10.0.0.1'], 'not an address'],
  ])('%j does not trust %s', (trustedProxies, address) => {
    expect(baseUrls({ trustedProxies })(request(forwarded, address), false)).toBe('http://inner:8080');
  });

  test('a proxy that tells no scheme leaves that of the connection', () => {
    const inner = {
      ...request({ host: 'inner', 'x-forwarded-host': 'scim.example.com' }, '::1'),
      scheme: 'https' as const,
    };
    expect(baseUrls({ trustedProxies: ['::1'] })(inner, false)).toBe('https://scim.example.com');
    const outer = { ...inner, headers: { ...inner.headers, 'x-forwarded-proto': 'http' } };
    expect(baseUrls({ trustedProxies: ['::1'] })(outer, false)).toBe('http://scim.example.com');
  });

  test('a connection without an address is not trusted', () => {
    const urls = baseUrls({ trustedProxies: ['0.0.0.0/0', '::/0'] });
    expect(urls({ method: 'GET', url: '/', headers: forwarded }, false)).toBe('http://inner:8080');
  });

  test('of several values, the one of the trusted proxy counts', () => {
    const headers = {
      host: 'inner',
      'x-forwarded-host': 'evil.example, scim.example.com',
      'x-forwarded-proto': 'http,https',
    };
    expect(baseUrls({ trustedProxies: ['::1'] })(request(headers, '::1'), false)).toBe('https://scim.example.com');
  });

  test.each([
    { 'x-forwarded-proto': 'javascript' },
    { 'x-forwarded-host': 'evil.example/path' },
    { 'x-forwarded-prefix': '//evil.example' },
    { 'x-forwarded-prefix': '/a/../b?c' },
  ])('%j is answered 400', (headers) => {
    const urls = baseUrls({ trustedProxies: ['::1'] });
    expect(() => urls(request({ host: 'inner', ...headers }, '::1'), false)).toThrow(
      expect.objectContaining({ status: 400 }),
    );
  });

  test.each(['', 'proxy.example', '10.0.0.0/33', '10.0.0/8', '::1/129', '10.0.0.1/', '10.0.0.1/8/8'])(
    '%j is no proxy',
    (entry) => expect(() => baseUrls({ trustedProxies: [entry] })).toThrow(/neither an IP address/),
  );
});

test.each(['scim', '/a b', '/a?b', '/a//b'])('%j is no mount path', (mountPath) => {
  for (const baseUrl of [undefined, 'https://scim.example.com/v2']) {
    expect(() => baseUrls({ mountPath, baseUrl })).toThrow(expect.objectContaining({ code: 'setting-invalid' }));
  }
});
