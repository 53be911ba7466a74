import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadAdapter } from './load-adapter.ts';

async function folderWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'adapter-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'adapter.mjs'), text);
  return folder;
}

const members = 'repeatable = true; async apply() { return { type: "applied" }; }';

test.each([
  ['a class', `export default class { name = 'a'; ${members} constructor(settings) { this.settings = settings; } }`],
  [
    'a function',
    `class A { name = 'a'; ${members} } export default async (settings) => Object.assign(new A(), { settings });`,
  ],
])('%s is made with the settings', async (_what, text) => {
  const folder = await folderWith(text);
  const adapter = await loadAdapter('adapter.mjs', { folder, settings: { url: 'x' } });
  expect(adapter).toMatchObject({ name: 'a', repeatable: true, settings: { url: 'x' } });
});

test('an adapter that joins the transaction of the directory is one, too', async () => {
  const folder = await folderWith('export default { name: "a", async applyWithin() { return { type: "applied" }; } };');
  expect((await loadAdapter('adapter.mjs', { folder })).name).toBe('a');
});

test('an adapter that is exported itself is taken as it is', async () => {
  const folder = await folderWith(`class A { name = 'a'; ${members} } export default new A();`);
  expect((await loadAdapter('adapter.mjs', { folder })).name).toBe('a');
});

test.each([
  ['export const adapter = 1;', /has no default export/],
  ['export default { name: "a" };', /no adapter: it lacks repeatable \(boolean\), apply \(function\)/],
  [
    `export default class { name = 'a'; maxMembersPerOperation = 0; ${members} }`,
    /it lacks maxMembersPerOperation \(a whole number from 1, or none\)\.$/,
  ],
  ['export default class { constructor() { throw new Error("no url"); } }', /could not be made: no url/],
  ['export default 42;', /no adapter: it lacks everything/],
  ['import "./gone.mjs";', /cannot be loaded: /],
])('%s is refused with the reason', async (text, message) => {
  const folder = await folderWith(text);
  await expect(loadAdapter('adapter.mjs', { folder })).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringMatching(message),
  });
});

test('a module that is not there is named', async () => {
  const folder = await folderWith('');
  await expect(loadAdapter('other.mjs', { folder })).rejects.toMatchObject({
    code: 'file-unreadable',
    message: `There is no module ${join(folder, 'other.mjs')}.`,
  });
});
