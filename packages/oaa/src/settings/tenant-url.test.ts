import { describe, expect, test } from 'vitest';
import { isLoopback, normaliseTenantUrl } from './tenant-url.ts';

describe('normaliseTenantUrl', () => {
  test.each([
    ['acme.vezacloud.com', 'https://acme.vezacloud.com'],
    ['https://acme.vezacloud.com/', 'https://acme.vezacloud.com'],
    [' https://acme.vezacloud.com// ', 'https://acme.vezacloud.com'],
    ['HTTPS://Acme.VezaCloud.com', 'https://acme.vezacloud.com'],
    ['https://gateway.example.com/veza/', 'https://gateway.example.com/veza'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%j becomes %j', (text, url) => {
    expect(normaliseTenantUrl(text)).toEqual({ url });
  });

  test.each([
    ['http://acme.vezacloud.com', /unencrypted; use https/],
    ['http://127.0.0.1.example.com', /unencrypted/],
    ['ftp://acme.vezacloud.com', /must begin with https/],
    ['https://kim:secret@acme.vezacloud.com', /^holds a user name or password; a tenant takes an API key only$/],
    ['https://acme.vezacloud.com/?a=1', /query or fragment/],
    ['https://', /is not a URL/],
    ['', /is not a URL/],
  ])('%j is refused', (text, problem) => {
    expect(normaliseTenantUrl(text)).toEqual({ problem: expect.stringMatching(problem) });
  });

  test('a name that only begins like a loopback address is not one', () => {
    expect(['127.0.0.1', 'a.localhost', '127.evil.com', 'localhost.evil.com'].map(isLoopback)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
