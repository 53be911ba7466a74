import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@oaa-kit/oaa/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWriteBackConfig } from './write-back-config.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'oaa-write-back-config-'));
});
afterAll(() => rm(cwd, { recursive: true }));

async function read(yaml: string) {
  await writeFile(join(cwd, 'oaa.config.yaml'), yaml);
  return readWriteBackConfig(await loadConfig({ cwd }));
}

const entry = (lines: readonly string[] = []) =>
  [
    'organization: default',
    'provider: Portal',
    'dataSource: portal.test',
    'application: { name: Portal, type: Portal }',
  ]
    .concat(lines.length > 0 ? lines : ['adapter: { type: csv, mapping: portal.yaml }'])
    .map((line, index) => `${index === 0 ? '  - ' : '    '}${line}\n`)
    .join('');

test('an entry says whose changes go where', async () => {
  const [only, ...others] = await read(`writeBack:\n${entry()}`);
  expect(others).toEqual([]);
  expect(only).toEqual({
    organization: 'default',
    provider: 'Portal',
    dataSource: 'portal.test',
    application: { name: 'Portal', type: 'Portal' },
    adapter: { type: 'csv', mapping: 'portal.yaml' },
  });
});

test('settings without it, or no settings, are no write-back', async () => {
  expect(await read('tenant: { url: "https://acme.test" }\n')).toEqual([]);
  expect(readWriteBackConfig(undefined)).toEqual([]);
});

test('every problem has its place, and an unknown key the nearest known one', async () => {
  const bad = entry(['adapter: { type: csv, maping: portal.yaml }', 'publish: { quietSeconds: -1 }']);
  await expect(read(`writeBack:\n${bad}`)).rejects.toMatchObject({
    code: 'setting-invalid',
    message: expect.stringMatching(
      /oaa\.config\.yaml:6:\d+: unknown key "writeBack\[0\]\.adapter\.maping"\. Did you mean "mapping"\?[\s\S]*oaa\.config\.yaml:7:\d+: "writeBack\[0\]\.publish\.quietSeconds"/,
    ),
  });
});

test.each([
  ['organization', 'an organization', entry().replace('dataSource: portal.test', 'dataSource: other.test')],
  ['dataSource', 'a data source', entry().replace('organization: default', 'organization: other')],
  [
    'dataSource',
    'a data source in other letters',
    entry().replace('organization: default', 'organization: other').replace('portal.test', 'Portal.test'),
  ],
])('%s: %s has one entry', async (key, _what, second) => {
  await expect(read(`writeBack:\n${entry()}${second}`)).rejects.toThrow(
    new RegExp(`oaa\\.config\\.yaml:\\d+:\\d+: "writeBack\\[1\\]\\.${key}" is that of "writeBack\\[0\\]"`),
  );
});

test('first contact is by the attributes that are named, or by none', async () => {
  const adapter = 'adapter: { type: csv, mapping: portal.yaml }';
  const linkOf = async (link: string) => (await read(`writeBack:\n${entry([adapter, `link: ${link}`])}`))[0]?.link;
  expect(await linkOf('{ users: [emails, userName] }')).toEqual({ users: ['emails', 'userName'] });
  expect(await linkOf('{ users: [], groups: [] }')).toEqual({ users: [], groups: [] });
});

test.each([
  ['{ users: [nickName] }', 'writeBack[0].link.users[0]'],
  ['{ users: [emails, emails] }', 'writeBack[0].link.users'],
  ['{ groups: [userName] }', 'writeBack[0].link.groups[0]'],
  ['{ roles: [name] }', 'unknown key "writeBack[0].link.roles"'],
  ['[userName]', 'writeBack[0].link'],
])('link: %s is refused at its place', async (link, where) => {
  const lines = ['adapter: { type: csv, mapping: portal.yaml }', `link: ${link}`];
  const refused = await read(`writeBack:\n${entry(lines)}`).catch((error: Error) => error.message);
  expect(refused).toMatch(/oaa\.config\.yaml:7:\d+: /);
  expect(refused).toContain(where);
});
