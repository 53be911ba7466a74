import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { InputError } from '../../errors/index.ts';
import { buildPayload, streamPayload } from './map-sources.ts';
import { parseMapping } from './read-mapping.ts';

let folder = '';
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What both engines make of `rows.csv`. */
async function build(map: string, csv: string) {
  folder = await mkdtemp(join(tmpdir(), 'oaa-made-'));
  await writeFile(join(folder, 'rows.csv'), csv);
  const text = `application: { name: Shop, type: Shop }\nsources: [{ file: rows.csv, map: [${map}] }]`;
  const mapping = parseMapping(text, join(folder, 'mapping.yaml'));
  const { payload } = await buildPayload(mapping);
  const streamed = await streamPayload(mapping);
  const wire = payload.toJSON();
  expect(JSON.parse(Array.from(streamed.payload.jsonChunks()).join(''))).toEqual(wire);
  streamed.close();
  return { roles: wire.applications[0]?.local_roles, permissions: wire.permissions };
}
const problems = (map: string) =>
  build(map, 'user,role\njane,clerk\n').catch((error: InputError) => error.diagnostics.map(({ message }) => message));
const made = (name: string, effect: string) => ({
  name,
  permission_type: [effect],
  apply_to_sub_resources: false,
  resource_types: [],
});

test('a role that is made has a permission of its own name when the reference says what it means', async () => {
  const map = 'user: { name: user, roles: [{ role: { names: role, unknown: create, effects: [NonData] } }] }';
  expect(await build(map, 'user,role\njane,clerk\njoe,Clerk\n')).toEqual({
    roles: [{ name: 'clerk', permissions: ['clerk'] }],
    permissions: [made('clerk', 'NonData')],
  });
});

test('a role that is made has no permission otherwise', async () => {
  const map = 'user: { name: user, roles: [{ role: { names: role, unknown: create } }] }';
  expect(await build(map, 'user,role\njane,clerk\n')).toEqual({ roles: [{ name: 'clerk' }], permissions: [] });
});

test('a role that is made as part of another one has its permission, too', async () => {
  const map = 'role: { name: user, roles: { names: role, unknown: create, effects: [DataRead] } }';
  expect(await build(map, 'user,role\njane,clerk\n')).toEqual({
    roles: [
      { name: 'jane', roles: ['clerk'] },
      { name: 'clerk', permissions: ['clerk'] },
    ],
    permissions: [made('clerk', 'DataRead')],
  });
});

test('a permission that is made means what the reference says, and is uncategorized otherwise', async () => {
  const csv = 'user,role\njane,clerk\n';
  const map = (effects: string) => `role: { name: user, permissions: { names: role, unknown: create${effects} } }`;
  expect((await build(map(', effects: [DataWrite]'), csv)).permissions).toEqual([made('clerk', 'DataWrite')]);
  expect((await build(map(''), csv)).permissions).toEqual([made('clerk', 'Uncategorized')]);
});

test('effects without unknown: create are a problem of the mapping', async () => {
  const forgotten = await problems('user: { name: user, roles: [{ role: { names: role, effects: [NonData] } }] }');
  expect(forgotten).toEqual(['Effects are of what is made, and nothing is made here.']);
});

test('an optional column that a file lacks is empty; another one is a problem of the mapping', async () => {
  const lacking = (optional: string) => `role: { name: user, permissions: { column: rights${optional} } }`;
  expect((await build(lacking(', optional: true'), 'user,role\njane,\n')).roles).toEqual([{ name: 'jane' }]);
  expect(await problems(lacking(''))).toEqual([expect.stringContaining('rows.csv has no column "rights"')]);
});

test('a condition on an optional column that a file lacks is one on an empty cell', async () => {
  const map = 'role: { name: user, when: { column: kind, optional: true, empty: true } }';
  expect((await build(map, 'user,role\njane,\n')).roles).toEqual([{ name: 'jane' }]);
});
