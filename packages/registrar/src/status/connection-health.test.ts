import { expect, test } from 'vitest';
import { checkReport } from '../apply/test-support.ts';
import { readManifests, secretReader } from '../manifest/index.ts';
import { connectionHealth } from './connection-health.ts';

async function healthWith(env: Readonly<Record<string, string>>) {
  const { providers } = await readManifests([
    {
      value: {
        name: 'Portal',
        custom_template: 'application',
        provisioning: true,
        external_lifecycle_management_type: 'SCIM',
        configuration: { scim_url: 'https://api.example.com/scim/v2', scim_token: 'env:SCIM_TOKEN' },
        options: { client_secret: 'env:OTHER', configuration_json: { more: { password: 'env:OTHER' } } },
      },
    },
  ]);
  const [declared] = providers;
  if (declared === undefined) throw new Error('no provider');
  const tokens: unknown[] = [];
  const health = await connectionHealth(declared, {
    readSecret: secretReader({ env }, undefined),
    check: ({ auth }) => {
      tokens.push(auth);
      return Promise.resolve(checkReport());
    },
    signal: new AbortController().signal,
  });
  return { health, tokens };
}

test('an endpoint is asked with its credential, and no other secret is read', async () => {
  expect(await healthWith({ SCIM_TOKEN: 'abc' })).toMatchObject({
    health: { outcome: 'passed' },
    tokens: [{ type: 'bearer', token: 'abc' }],
  });
});

test('a credential that cannot be sent is not', async () => {
  expect(await healthWith({ SCIM_TOKEN: 'Bearer abc' })).toMatchObject({
    health: { outcome: 'unknown', problems: [expect.stringContaining('begins with the word Bearer')] },
    tokens: [],
  });
});
