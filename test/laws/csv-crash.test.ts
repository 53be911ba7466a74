import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPayload, readMapping } from '@oaa-kit/oaa/sources';
import { groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type CrashPoint, CsvServiceProcess, copyHelpDesk, crashPoints } from './csv-service-process.ts';
import { everything } from './scim-request.ts';

const organization = 'default';
const schemas = {
  userSchema: new ResourceSchema(userResourceType),
  groupSchema: new ResourceSchema(groupResourceType),
};
const patch = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});

/** A help desk whose files were the first base, and which a process serves that can be killed. */
async function useHelpDesk(point: CrashPoint) {
  const { root, ...places } = await copyHelpDesk();
  const directory = await openSqliteDirectory({ file: places.database, ...schemas });
  await directory.organizations.create({ id: organization, name: 'Help Desk' });
  const mapping = await readMapping(join(places.folder, 'mapping.yaml'));
  const { payload } = await buildPayload(mapping);
  await directory.bases(organization).submit(payload.toJSON(), { actor: 'connector' });
  const token = randomBytes(24).toString('hex');
  const settings = { ...places, organization, token, port: 0, publishTo: undefined };
  let service = await CsvServiceProcess.start(settings);
  onTestFinished(async () => {
    await service.kill();
    await directory.close();
    await rm(root, { recursive: true });
  });
  const plain = directory.organization(organization);
  const find = async (kind: 'User' | 'Group', name: string) => {
    const { resources } = await plain.list(kind, everything);
    const found = resources.find(({ attributes }) => (attributes.userName ?? attributes.displayName) === name);
    return found?.id ?? expect.fail(`There is no ${name}.`);
  };
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${service.url}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    plain,
    find,
    file: (name: string) => readFile(join(places.folder, name), 'utf8'),
    /** A request in which the process dies; the next one takes over what it left. */
    async crash(method: string, path: string, body?: object) {
      await service.dieAt(point);
      await expect(ask(method, path, body)).rejects.toThrow('fetch failed');
      expect(await service.death()).toBe('SIGKILL');
      service = await CsvServiceProcess.start(settings);
      const isQuiet = async () => expect(await directory.intents(organization).list()).toEqual([]);
      await vi.waitFor(isQuiet, { timeout: 20_000, interval: 20 });
    },
  };
}

type Desk = Awaited<ReturnType<typeof useHelpDesk>>;

const withoutNoah = (text: string) => text.replace(/^.*noah\.iten.*\n/gm, '');

/** Changes with what is in the files after them, and in the change log. */
const changes = {
  async create({ plain, file, find, crash }: Desk) {
    const before = await file('users.csv');
    const attributes = { schemas: [userResourceType.schema.id], userName: 'kim', emails: [{ value: 'kim@x.test' }] };
    await crash('POST', 'Users', attributes);
    expect(await file('users.csv')).toBe(`${before}kim,,,kim@x.test,,yes,,\n`);
    const id = await find('User', 'kim');
    expect((await plain.get('User', id))?.version).toBe(1);
    return ['create', 'User', id];
  },
  async add({ plain, file, find, crash }: Desk) {
    const before = await file('users.csv');
    const [mia, leads] = [await find('User', 'mia.berger'), await find('Group', 'Leads')];
    await crash('PATCH', `Groups/${leads}`, patch({ op: 'add', path: 'members', value: [{ value: mia }] }));
    expect(await file('users.csv')).toBe(before.replace('yes,Agents,02.05.2019', 'yes,Agents;Leads,02.05.2019'));
    expect((await plain.members(leads, undefined, 100)).map((member) => member.id)).toContain(mia);
    return ['update', 'Group', leads];
  },
  /** His row goes, and so do his grants: two files. */
  async delete({ plain, file, find, crash }: Desk) {
    const [users, grants] = [await file('users.csv'), await file('grants.csv')];
    const noah = await find('User', 'noah.iten');
    await crash('DELETE', `Users/${noah}`);
    expect(await file('users.csv')).toBe(withoutNoah(users));
    expect(await file('grants.csv')).toBe(withoutNoah(grants));
    expect(withoutNoah(grants)).not.toBe(grants);
    expect(await plain.get('User', noah)).toBeUndefined();
    return ['delete', 'User', noah];
  },
};

/** At each point, one change; CRASH_CHANGES=all before a release. */
const chosen: Readonly<Record<CrashPoint, keyof typeof changes>> = {
  'after tx1': 'create',
  'before the call': 'add',
  'during the call, when it is written what is to come': 'create',
  'during the call, between two files': 'delete',
  'after the call': 'delete',
  'before tx2': 'add',
};
const cases = crashPoints.flatMap((point) =>
  (['create', 'add', 'delete'] as const)
    .filter((change) => change === chosen[point] || process.env.CRASH_CHANGES === 'all')
    // Only a deletion writes two files.
    .filter((change) => change === 'delete' || point !== 'during the call, between two files')
    .map((change) => ({ point, change })),
);

test.each(cases)(
  'killed $point, a service over CSV files leaves files, directory and log in agreement ($change)',
  {
    timeout: 120_000,
  },
  async ({ point, change }) => {
    const desk = await useHelpDesk(point);
    const begun = await desk.plain.revision();
    const logged = await changes[change](desk);
    const log = (await desk.plain.changes(begun, 100)).map((row) => [row.operation, row.kind, row.id]);
    expect(log).toEqual([logged]);
  },
);
