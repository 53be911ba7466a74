import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { useScimCommands } from '../support/scim-commands.ts';

const token = '3f9a1c7be0d24586a7c1f0be93d25e4768cc01ab';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly groups?: readonly string[];
}

function payloadOf(users: readonly Row[], name = 'Shop EU') {
  return {
    custom_property_definition: {
      applications: [{ application_type: 'Shop', local_user_properties: { title: 'STRING' } }],
    },
    applications: [
      {
        name,
        application_type: 'Shop',
        local_users: users.map(({ title, ...user }) => ({ ...user, is_active: true, custom_properties: { title } })),
        local_groups: [{ id: 'sales', name: 'Sales' }],
      },
    ],
    permissions: [],
    identity_to_permissions: [],
  };
}

const jane = { id: 'u1', name: 'jane', title: 'Engineer' };
const kim = { id: 'u2', name: 'kim', title: 'Clerk' };

/** Takes every change, and shows none of them: what it extracts is up to the test. */
const adapter = `export default { name: 'test', repeatable: true, apply: async () => ({ type: 'applied' }) };`;

/** Nothing is published within a test. */
const settings = `
writeBack:
  - organization: default
    provider: Shop
    dataSource: shop.test
    application: { name: Shop EU, type: Shop }
    adapter: { type: custom, module: ./adapter.mjs }
    publish: { quietSeconds: 3600, longestWaitSeconds: 3600 }
`;
const environment = { GIVEN: token, VEZA_URL: 'http://127.0.0.1:9', VEZA_API_KEY: 'bm9uZQ==' };

/** `oaa scim` in a folder to which payloads can be written, and an application that takes what SCIM changes. */
async function useBaseCommands() {
  const commands = await useScimCommands();
  await writeFile(join(commands.folder, 'adapter.mjs'), adapter);
  await writeFile(join(commands.folder, 'oaa.config.yaml'), settings);
  return {
    ...commands,
    serve: () => commands.serve(['--token', 'env:GIVEN'], environment),
    async write(name: string, payload: unknown) {
      await writeFile(join(commands.folder, name), JSON.stringify(payload));
      return name;
    },
  };
}

describe('oaa scim base', () => {
  test('fills a directory, takes what happened in the application, and leaves what SCIM did since', async () => {
    const { scim, write, serve } = await useBaseCommands();
    const imported = await scim(['import', await write('first.json', payloadOf([jane, kim]))]);
    expect(imported).toEqual({
      exitCode: 0,
      stdout:
        'Accepted base 1 of Shop EU: created 3, updated 0, deleted 0; 0 memberships added, 0 removed. The organization is at revision 3.\n',
      stderr: '',
    });
    const begun = await scim(['base', 'begin']);
    expect(begun).toEqual({ exitCode: 0, stdout: '3.1\n', stderr: '' });
    const { url, stop } = await serve();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
    const answer = await fetch(`${url}/Users/u1`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'title', value: 'Boss' }],
      }),
    });
    expect(answer.status).toBe(200);
    const next = await write('next.json', payloadOf([jane, { ...kim, title: 'Lead', groups: ['sales'] }]));
    const submitted = await scim(['base', 'submit', next, '--as-of', begun.stdout.trim()]);
    expect(submitted).toMatchObject({ exitCode: 0, stderr: '' });
    expect(submitted.stdout).toContain(
      'Accepted base 2 of Shop EU: created 0, updated 1, deleted 0; 1 membership added',
    );
    const users = await (await fetch(`${url}/Users?attributes=userName,title`, { headers })).json();
    expect(users).toMatchObject({
      Resources: [
        { id: 'u1', userName: 'jane', title: 'Boss' },
        { id: 'u2', userName: 'kim', title: 'Lead' },
      ],
    });
    await stop();
  });

  test('submit tells drift until the next base confirms it, and list shows it', async () => {
    const { scim, scimJson, write, serve } = await useBaseCommands();
    const payload = await write('payload.json', payloadOf([jane, kim]));
    await scim(['import', payload]);
    const { url, stop } = await serve();
    await fetch(`${url}/Users/u1`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    await fetch(`${url}/Users/u2`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'title', value: 'Boss' }],
      }),
    });
    await stop();
    const submit = async () => {
      const { stdout } = await scim(['base', 'begin']);
      return scim(['base', 'submit', payload, '--as-of', stdout.trim()]);
    };
    const first = await submit();
    expect(first.stdout).toContain('created 1, updated 0, deleted 0');
    expect(first.stderr).toMatch(/^drift since base 2: User u2, title: .*\n$/);
    const { bases, drifts } = await scimJson(['base', 'list']);
    expect(bases).toMatchObject([{ generation: 2 }, { generation: 1, asOf: 0 }]);
    expect(drifts).toEqual([{ kind: 'User', id: 'u2', fact: 'title', generation: 2 }]);
    expect(await submit()).toMatchObject({ stderr: '', stdout: expect.stringContaining('updated 1') });
    const listed = await scim(['base', 'list']);
    expect(listed.stdout).toMatch(/^BASE {2}ACCEPTED .*\n3 {5}\d{4}-.*\n2 {5}.*\n1 {5}.*\n$/);
  });

  test('submit of too many removals ends with 8 and changes nothing, unless they are accepted', async () => {
    const { scim, scimJson, write } = await useBaseCommands();
    const many = Array.from({ length: 30 }, (_, index) => ({ ...jane, id: `u${index}`, name: `user ${index}` }));
    await scim(['import', await write('many.json', payloadOf(many))]);
    const few = await write('few.json', payloadOf(many.slice(0, 10)));
    const refused = await scim(['base', 'submit', few, '--as-of', '31.1']);
    expect([refused.exitCode, refused.stdout]).toEqual([8, '']);
    expect(refused.stderr).toContain('20 of 30 users (67 %)');
    expect(refused.stderr).toContain('--max-removal 67');
    expect((await scimJson(['base', 'list'])).bases).toHaveLength(1);
    expect(await scimJson(['base', 'submit', few, '--as-of', '31.1', '--max-removal', '67'])).toMatchObject({
      changes: { deleted: 20 },
      base: { generation: 2, actor: 'connector' },
      notices: [],
    });
  });

  test.each([
    ['begin', ['base', 'begin', '--organization', 'nobody'], 3, 'no organization "nobody"'],
    ['an unreadable file', ['base', 'submit', 'missing.json', '--as-of', '3.1'], 2, 'Cannot read missing.json'],
    ['no as-of', ['base', 'submit', 'good.json'], 2, 'oaa scim base begin'],
    ['an as-of that is none', ['base', 'submit', 'good.json', '--as-of', 'now'], 2, '1042.7'],
    ['an as-of of the future', ['base', 'submit', 'good.json', '--as-of', '9.1'], 2, 'stands at 3.1'],
    ['an old as-of', ['base', 'submit', 'good.json', '--as-of', '0.0'], 0, ''],
    ['another application', ['base', 'submit', 'other.json', '--as-of', '3.1'], 3, '"Shop US"'],
    ['an invalid payload', ['base', 'submit', 'bad.json', '--as-of', '3.1'], 3, 'duplicate-key'],
    ['a second import', ['import', 'good.json'], 2, 'all but the first'],
    ['a percentage', ['base', 'submit', 'good.json', '--as-of', '3.1', '--max-removal', '120'], 2, '--max-removal'],
  ])('%s', async (_what, argv, code, message) => {
    const { scim, write } = await useBaseCommands();
    await scim(['import', await write('good.json', payloadOf([jane, kim]))]);
    await write('other.json', payloadOf([jane], 'Shop US'));
    await write('bad.json', payloadOf([jane, jane]));
    const { exitCode, stderr } = await scim(argv);
    expect(exitCode, stderr).toBe(code);
    expect(stderr).toContain(message);
  });
});

describe('oaa scim history', () => {
  test('says who removed Jane, when, and with which credential', async () => {
    const { scim, scimJson, write, serve } = await useBaseCommands();
    await scim(['import', await write('first.json', payloadOf([{ ...jane, groups: ['sales'] }, kim]))]);
    const { url, stop } = await serve();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
    const patch = (path: string, ...Operations: readonly object[]) =>
      fetch(`${url}${path}`, {
        method: 'PATCH',
        headers,
        body: JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations }),
      });
    await patch('/Users/u1', { op: 'replace', path: 'userName', value: 'jane.doe' });
    await patch('/Groups/sales', { op: 'remove', path: 'members[value eq "u1"]' });
    await fetch(`${url}/Users/u1`, { method: 'DELETE', headers });
    await stop();
    const { histories } = await scimJson(['history', 'JANE']);
    expect(histories).toMatchObject([
      {
        kind: 'User',
        id: 'u1',
        name: 'jane.doe',
        changes: [
          { operation: 'create', actor: 'connector', origin: 'extraction', requestId: 'base-1' },
          { kind: 'Group', id: 'sales', groupName: 'Sales', facts: { membersAdded: ['u1'] } },
          {
            operation: 'update',
            actor: 'given-token',
            origin: 'scim',
            facts: { attributes: { userName: 'jane.doe' } },
          },
          { kind: 'Group', facts: { membersRemoved: ['u1'] }, actor: 'given-token' },
          { operation: 'delete', actor: 'given-token', at: expect.stringMatching(/^\d{4}-.*Z$/) },
        ],
      },
    ]);
    const shown = await scim(['history', 'u1']);
    expect(shown.stdout).toMatch(/^User jane\.doe \(u1, deleted\)\nREVISION {2}TIME .*\n/);
    expect(shown.stdout).toMatch(/given-token {2}scim .* left Sales\n/);
    const group = await scim(['history', 'Sales']);
    expect(group.stdout).toContain('changed: 1 members removed');
  });

  test('of nobody ends with 3', async () => {
    const { scim, write } = await useBaseCommands();
    await scim(['import', await write('first.json', payloadOf([jane]))]);
    const { exitCode, stderr } = await scim(['history', 'nobody']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('has or had this id or name');
  });
});
