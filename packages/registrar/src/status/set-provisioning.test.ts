import { Tenant } from '@oaa-kit/oaa';
import { expect, onTestFinished, test } from 'vitest';
import { readManifests } from '../manifest/index.ts';
import { createSandbox } from '../sandbox/index.ts';
import { emptyState } from '../state/index.ts';
import { ProvisioningStoppedError, setProvisioning } from './set-provisioning.ts';

const names = ['One', 'Two', 'Three'];

/** Three providers that are provisioned, of which the manifests adopt all. */
async function threeProviders() {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  const tenant = new Tenant({ url: sandbox.url, apiKey: sandbox.apiKey, retries: 0 });
  for (const name of names) {
    await tenant.providers.create({ name, template: 'application', options: { provisioning: true } });
  }
  const manifests = await readManifests(
    names.map((name) => ({ value: { name, custom_template: 'application', provisioning: true, adopt: true } })),
  );
  const state = emptyState(tenant.url);
  return { sandbox, disable: () => setProvisioning({ tenant, manifests, state, provisioning: false }) };
}

test('a switch that stops on its way says which providers are switched and which are not', async () => {
  const { sandbox, disable } = await threeProviders();
  sandbox.faults.schedule({ kind: 'unavailable', at: 2, match: { method: 'PATCH', path: '*' } });
  const error = await disable().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProvisioningStoppedError);
  expect(error).toMatchObject({
    code: 'remote-failing',
    exitCode: 6,
    message: expect.stringMatching(
      /HTTP 503.*\nProvisioning is off now: "One"\.\nNot switched, as far as is known: "Two", "Three"\.$/s,
    ),
    hint: expect.stringMatching(/Run it again: what is switched stays so\.$/),
    facts: { switched: [{ key: 'One', name: 'One', unchanged: false }], open: ['Two', 'Three'] },
  });
  expect(sandbox.providers().map(({ settings }) => settings.provisioning)).toEqual([false, true, true]);
  expect((await disable()).map(({ unchanged }) => unchanged)).toEqual([true, false, false]);
});

test('a switch that stops at its first provider says that none is switched', async () => {
  const { sandbox, disable } = await threeProviders();
  sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'PATCH', path: '*' } });
  await expect(disable()).rejects.toMatchObject({
    exitCode: 4,
    message: expect.stringMatching(/\nNot switched, as far as is known: "One", "Two", "Three"\.$/),
  });
});
