import { describe, expect, test } from 'vitest';
import { bypassesProxy, proxyFromEnvironment } from './proxy-for.ts';

const url = 'https://acme.vezacloud.com';

describe('proxyFromEnvironment', () => {
  test('takes the variable of the scheme, the lower-case form first', () => {
    expect(proxyFromEnvironment(url, { HTTPS_PROXY: 'http://a:1', HTTP_PROXY: 'http://b:2' })).toBe('http://a:1');
    expect(proxyFromEnvironment(url, { HTTPS_PROXY: 'http://a:1', https_proxy: 'http://c:3' })).toBe('http://c:3');
    expect(proxyFromEnvironment(url, { HTTP_PROXY: 'http://b:2' })).toBeUndefined();
  });

  test('puts http:// in front', () => {
    expect(proxyFromEnvironment(url, { HTTPS_PROXY: 'proxy:8080' })).toBe('http://proxy:8080');
  });

  test('never sends this machine through a proxy', () => {
    expect(proxyFromEnvironment('https://localhost:8443', { HTTPS_PROXY: 'http://a:1' })).toBeUndefined();
  });
});

describe('bypassesProxy', () => {
  test.each([
    '*',
    'acme.vezacloud.com',
    '.vezacloud.com',
    'vezacloud.com',
    '*.vezacloud.com',
    'a.b, vezacloud.com:443',
  ])('NO_PROXY=%s covers the tenant', (value) => expect(bypassesProxy(url, { NO_PROXY: value })).toBe(true));

  test.each(['', 'cloud.com', 'vezacloud.com:8443', 'other.vezacloud.com', '.'])('NO_PROXY=%s does not', (value) => {
    expect(bypassesProxy(url, { no_proxy: value })).toBe(false);
  });
});
