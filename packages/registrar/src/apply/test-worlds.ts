import { cp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProviderInspection, Sandbox } from '../sandbox/index.ts';
import { isRemembered, readState } from '../state/index.ts';
import { curlExample, type Registry, registryAt, temporaryFolder } from './test-support.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/** Puts the files there that manifests name. */
export async function writeIcons(folder: string): Promise<void> {
  await writeFile(join(folder, 'one.svg'), svg);
  await writeFile(join(folder, 'two.svg'), `${svg}\n`);
}

/** What is on the tenant, without ids. */
export function tenantNow(sandbox: Sandbox): readonly Omit<ProviderInspection, 'id'>[] {
  return sandbox
    .providers()
    .map(({ id: _, ...rest }) => ({ ...rest, dataSources: rest.dataSources.toSorted() }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** What is remembered, without ids, salts and serial: of secrets, which of the known ones each is. */
export async function stateNow(registry: Registry): Promise<unknown> {
  const { providers } = await readState(registry.stateFile, registry.tenant.url);
  const ids = new Set(registry.sandbox.providers().map(({ id }) => id));
  const known = Object.entries(registry.env);
  const entries = providers.map(async ({ id, secrets, ...rest }) => {
    const named = secrets.map(async (secret) => {
      const matching = await Promise.all(known.map(([, value]) => isRemembered(secret, value)));
      return [secret.path, known.filter((_, index) => matching[index]).map(([name]) => name)];
    });
    return { ...rest, isThere: ids.has(id), secrets: (await Promise.all(named)).toSorted() };
  });
  return (await Promise.all(entries)).toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

/** How many providers were ever made of each name. */
export function creations(sandbox: Sandbox): number {
  return sandbox
    .requests()
    .filter(({ method, path, status }) => method === 'POST' && path === '/api/v1/providers/custom' && status === 200)
    .length;
}

/** Manifests that were applied, what somebody changed by hand since, and manifests that ask for every kind of step. */
export const everything = {
  before: [
    { ...curlExample, name: 'Leaving', data_sources: ['a'] },
    { key: 'renamed', name: 'Old name', custom_template: 'application', data_sources: ['gone', 'kept'] },
    { name: 'Replaced', custom_template: 'hris', data_sources: ['r'] },
    { ...curlExample, name: 'New secret', icon: 'one.svg' },
  ],
  byHand: [{ name: 'Adopted', template: 'application', options: { provisioning: false } }],
  after: [
    { name: 'Leaving', absent: true },
    {
      key: 'renamed',
      name: 'New name',
      custom_template: 'application',
      data_sources: [{ name: 'gone', absent: true }, 'kept', 'new'],
    },
    { name: 'Replaced', custom_template: 'application', icon: 'one.svg', data_sources: ['r'] },
    {
      ...curlExample,
      name: 'New secret',
      icon: 'two.svg',
      configuration: { ...curlExample.configuration, scim_token: 'env:OTHER_TOKEN' },
    },
    { ...curlExample, name: 'Adopted', adopt: true },
    { ...curlExample, name: 'Made', icon: 'two.svg', data_sources: ['one', 'two'] },
  ],
};

/** A new process on a copy of the files: the old one may never end. */
export async function successorOf({ stateFile, env, sandbox, tenant }: Registry): Promise<Registry> {
  const folder = await temporaryFolder();
  await cp(dirname(stateFile), folder, { recursive: true });
  const next = registryAt(sandbox, folder, { url: tenant.url });
  Object.assign(next.env, env);
  return next;
}
