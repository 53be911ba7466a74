import { readManifests } from '@oaa-kit/registrar';
import { expect, test } from 'vitest';
import { Readme } from '../support/readme.ts';

function manifestsOf(file: string, name: string): string {
  const block = new Readme(file).blocks.find(({ attributes }) => attributes.file === name);
  if (block === undefined) throw new Error(`${file} has no block ${name}`);
  return block.code;
}

test.each([
  ['staging', 'Help Desk (staging)', 'https://staging.vezacloud.com', 'env:STAGING_KEY'],
  ['production', 'Help Desk', 'https://acme.vezacloud.com', 'env:PRODUCTION_KEY'],
])('the manifests of the README are right in the environment %s', async (environment, name, url, apiKey) => {
  const text = manifestsOf('packages/registrar/README.md', 'providers.yaml');
  const { providers, tenant, warnings } = await readManifests([{ file: 'providers.yaml', text }], { environment });
  expect(warnings).toEqual([]);
  expect(tenant).toMatchObject({ url, apiKey });
  expect(providers).toMatchObject([
    { key: 'help-desk', name, absent: false, scim: { url: 'https://helpdesk.example.com/scim/v2' } },
    { key: 'Old portal', name: 'Old portal', absent: true },
  ]);
});

test('the manifests of the README are for one environment at a time', async () => {
  const text = manifestsOf('packages/registrar/README.md', 'providers.yaml');
  await expect(readManifests([{ file: 'providers.yaml', text }])).rejects.toMatchObject({
    problems: [{ code: 'environment-needed' }, { code: 'environment-needed' }],
  });
});

test.each(['README.md', 'packages/registrar/README.md'])('the manifest of %s is right', async (file) => {
  const { providers, warnings } = await readManifests([{ file, text: manifestsOf(file, 'provider.yaml') }]);
  expect(warnings).toEqual([]);
  expect(providers).toMatchObject([{ name: 'Help Desk', secrets: [{ reference: 'env:SCIM_TOKEN' }] }]);
});
