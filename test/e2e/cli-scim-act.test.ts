import { writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../../packages/registrar/src/sandbox/tls.ts';
import { captureCli } from '../support/capture-cli.ts';
import { oaaEnvironment } from '../support/oaa-command.ts';
import { runProcess } from '../support/run-process.ts';
import { useScimCommands } from '../support/scim-commands.ts';

const token = '3f9a1c7be0d24586a7c1f0be93d25e4768cc01ab';
const password = 'Tr0ub4dor&3-horse';

/** A service with an empty directory, and `oaa scim act` towards it. */
async function useAct() {
  const { serve, folder } = await useScimCommands();
  const secrets = ['--token', 'env:GIVEN', '--basic-user', 'veza', '--basic-password', 'env:HIDDEN'];
  const { url } = await serve(secrets, { GIVEN: token, HIDDEN: password });
  const env = { SCIM_TOKEN: token };
  const act = (...argv: string[]) => captureCli(['scim', 'act', ...argv, '--url', url], { cwd: folder, env });
  return {
    url,
    folder,
    act,
    /** The same with `--json`, which has to succeed; gives the document. */
    async actJson(...argv: string[]) {
      const { exitCode, stdout, stderr } = await act(...argv, '--json');
      expect([exitCode, stderr], stdout).toEqual([0, '']);
      return JSON.parse(stdout);
    },
    async read(path: string): Promise<{ totalResults: number; Resources: unknown }> {
      const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
      return JSON.parse(await answer.text());
    },
  };
}

describe('oaa scim act', () => {
  test('plays what a tenant does in the life of a user, and says each request and its status', async () => {
    const { act, read } = await useAct();
    const lines = async (...argv: string[]) => {
      const { exitCode, stdout, stderr } = await act(...argv);
      expect([exitCode, stderr], stdout).toEqual([0, '']);
      return stdout
        .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
        .trim()
        .split('\n');
    };
    const jane = ['--set', 'user_name=jane.doe', '--set', 'given_name=Jane'];
    const found = 'GET /Users?filter=userName eq "jane.doe"  200';
    expect(await lines('sync', ...jane)).toEqual([found, 'POST /Users  201', 'Created the user jane.doe (id ID).']);
    expect(await lines('sync', ...jane)).toEqual([found, 'Unchanged the user jane.doe (id ID).']);
    expect(await lines('sync', ...jane, '--set', 'title=Boss', '--if-unchanged')).toEqual([
      found,
      'PATCH /Users/ID  200',
      'Updated the user jane.doe (id ID).',
    ]);
    expect(await lines('create-group', '--name', 'R&D "core"')).toEqual([
      'POST /Groups  201',
      'Created the group (id ID).',
    ]);
    const membership = ['--user-name', 'jane.doe', '--group-name', 'R&D "core"'];
    expect(await lines('add-to-group', ...membership)).toEqual([
      found,
      'GET /Groups?filter=displayName eq "R&D \\"core\\""  200',
      'GET /Groups/ID  200',
      expect.stringMatching(/^PATCH \/Groups\/ID {2}20[04]$/),
      'Added to the group (id ID).',
    ]);
    expect((await read('/Groups')).Resources).toMatchObject([{ members: [{ display: 'jane.doe' }] }]);
    expect((await lines('remove-from-group', ...membership)).at(-1)).toBe('Removed from the group (id ID).');
    expect((await lines('deprovision', '--user-name', 'jane.doe')).at(-1)).toBe('Deactivated the user (id ID).');
    expect((await read('/Users')).Resources).toMatchObject([{ userName: 'jane.doe', active: false, title: 'Boss' }]);
    expect((await lines('delete', '--user-name', 'jane.doe')).at(-1)).toBe('Deleted the user (id ID).');
    expect((await read('/Users')).totalResults).toBe(0);
  });

  test('gives documents with --json, and with a dry run changes nothing', async () => {
    const { act, actJson, read } = await useAct();
    const argv = ['sync', '--set', 'user_name=kim', '--dry-run'];
    expect(await actJson(...argv)).toMatchObject({
      outcome: 'created',
      dryRun: true,
      steps: [
        { outcome: 'answered', status: 200, request: { method: 'GET', query: { filter: 'userName eq "kim"' } } },
        { outcome: 'not-sent', request: { method: 'POST', path: '/Users', body: { userName: 'kim', active: true } } },
      ],
    });
    const { stdout } = await act(...argv);
    expect(stdout).toContain('POST /Users  not sent\n  {\n');
    expect(stdout).toContain('Would create the user kim.');
    expect((await read('/Users')).totalResults).toBe(0);
  });

  test('makes attributes with formatters and lookup tables, and tries the fallbacks', async () => {
    const { actJson, folder, act } = await useAct();
    await writeFile(join(folder, 'locations.csv'), 'code,city\nBE001,Berlin\n');
    await writeFile(
      join(folder, 'formatters.yaml'),
      `transformers:
  - attribute: user_name
    formatter: '{first_name}.{last_name}'
    thenApply: '| ASCII | LOWER'
    fallbacks: ['{first_name}.{last_name}{| NEXT_NUMBER, 2, 2}']
  - { attribute: external_id, formatter: '{employee}' }
  - { attribute: title, formatter: 'Engineer in {location | LOOKUP, locations, code, city}' }
lookupTables: { locations: locations.csv }
`,
    );
    const person = (employee: number) =>
      JSON.stringify({ first_name: 'Zoë', last_name: 'Ohm', employee, location: 'BE001' });
    const argv = ['sync', '--attributes', 'person.json', '--formatters', 'formatters.yaml'];
    for (const employee of [1, 2]) {
      await writeFile(join(folder, 'person.json'), person(employee));
      const { userName, steps } = await actJson(...argv);
      expect(userName).toBe(employee === 1 ? 'zoe.ohm' : 'zoe.ohm2');
      expect(steps.at(-1).request.body).toMatchObject({ externalId: String(employee), title: 'Engineer in Berlin' });
    }
    const refused = await act(...argv, '--set', 'location=XX');
    expect([refused.exitCode, refused.stderr]).toEqual([3, expect.stringContaining('has no such value in "code"')]);
  });

  test('takes Basic, and refuses a wrong credential with 4, showing neither', async () => {
    const { url, folder } = await useAct();
    const argv = ['scim', 'act', 'create-group', '--name', 'x', '--url', url, '--basic-user', 'veza'];
    const run = (secret: string) =>
      captureCli([...argv, '--basic-password', 'env:HIDDEN'], { cwd: folder, env: { HIDDEN: secret } });
    expect((await run(password)).exitCode).toBe(0);
    const { exitCode, stdout, stderr } = await run('wrong-password-99');
    expect([exitCode, stdout]).toEqual([4, 'POST /Groups  401\n']);
    expect(stderr).toContain('--basic-password');
    expect(stdout + stderr).not.toContain('wrong-password-99');
  });

  test('reaches a service behind its own certificate authority, at other paths', async () => {
    const { url, folder } = await useAct();
    const { certificate: cert, key } = await makeCertificate('localhost');
    const front = createHttpsServer({ cert, key }, (incoming, outgoing) => {
      const path = (incoming.url ?? '')
        .replace('/api/people', '/scim/v2/Users')
        .replace('/api/teams', '/scim/v2/Groups');
      const { method, headers } = incoming;
      const through = httpRequest(new URL(path, url), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(through);
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      front.closeAllConnections();
      front.close();
    });
    await writeFile(join(folder, 'ca.pem'), cert);
    const { port } = front.address() as AddressInfo;
    const paths = ['--users-endpoint', 'people', '--groups-endpoint', '/teams/'];
    const argv = ['scim', 'act', 'sync', '--set', 'user_name=kim', '--url', `https://localhost:${port}/api`, ...paths];
    const surroundings = { cwd: folder, env: { SCIM_TOKEN: token } };
    const refused = await captureCli([...argv, '--retries', '0'], surroundings);
    expect([refused.exitCode, refused.stderr]).toEqual([6, expect.stringContaining('--ca')]);
    const { exitCode, stdout } = await captureCli([...argv, '--ca', 'ca.pem'], surroundings);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('POST /people  201')]);
  });

  test.each([
    [['sync', '--set', 'user_name=kim'], {}, 2, 'There is no credential'],
    [['sync', '--set', 'user_name=kim', '--token', token], {}, 2, 'A secret was expected as a reference'],
    [['sync', '--set', 'user_name=kim', '--basic-user', 'x'], {}, 2, 'one is missing'],
    [
      ['sync', '--set', 'user_name=kim', '--token', 'env:T', '--basic-user', 'x', '--basic-password', 'env:T'],
      {},
      2,
      'not both',
    ],
    [['sync'], { SCIM_TOKEN: token }, 2, 'There are no attributes'],
    [['sync', '--set', 'user_name'], { SCIM_TOKEN: token }, 2, 'the "=" is missing'],
    [['sync', '--set', 'user_nam=kim'], { SCIM_TOKEN: token }, 3, 'user_nam'],
    [['sync', '--attributes', 'none.json'], { SCIM_TOKEN: token }, 2, 'There is no file none.json'],
    [['deprovision'], { SCIM_TOKEN: token }, 2, '--user and --user-name'],
    [['delete', '--user', '1', '--user-name', 'x'], { SCIM_TOKEN: token }, 2, '--user and --user-name'],
    [['add-to-group', '--user', '1'], { SCIM_TOKEN: token }, 2, '--group and --group-name'],
    [['create-group', '--name', 'x', '--timeout', '0'], { SCIM_TOKEN: token }, 2, '--timeout'],
    [['create-group', '--name', 'x', '--retries', '-1'], { SCIM_TOKEN: token }, 2, '--retries'],
    [['create-group', '--name', 'x', '--rate-limit', '0'], { SCIM_TOKEN: token }, 2, 'rate limit'],
    [['create-group', '--name', 'x', '--ca', 'none.pem'], { SCIM_TOKEN: token }, 2, 'no file none.pem'],
    [['create-group', '--name', 'x', '--dialect', 'azure'], { SCIM_TOKEN: token }, 2, 'standard'],
    [['create-group', '--name', 'x'], { SCIM_TOKEN: token }, 6, '127.0.0.1:1'],
  ])('%j with %j ends with %i', async (argv, env, code, message) => {
    const { folder } = await useScimCommands();
    const call = ['scim', 'act', ...argv, '--url', 'http://127.0.0.1:1/scim', '--retries', '0'];
    const { exitCode, stdout, stderr } = await captureCli(argv.includes('--retries') ? call.slice(0, -2) : call, {
      cwd: folder,
      env,
    });
    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(message)]);
    expect(stdout + stderr).not.toContain(token);
  });

  test('names every mistake in a file of formatters with its place', async () => {
    const { folder } = await useScimCommands();
    await writeFile(
      join(folder, 'bad.yaml'),
      'transformers:\n  - attribute: user_name\n    formater: x\n    fallbacks: 7\n  - 5\nlookupTables:\n  a: 1\nmore: 1\n',
    );
    const argv = ['scim', 'act', 'sync', '--set', 'a=b', '--formatters', 'bad.yaml', '--url', 'http://127.0.0.1:1'];
    const { exitCode, stderr } = await captureCli(argv, { cwd: folder, env: { SCIM_TOKEN: token } });
    expect(exitCode).toBe(3);
    expect(stderr.match(/bad\.yaml:\d+:\d+: .*/g)).toEqual([
      'bad.yaml:8:7: unknown key "more".',
      'bad.yaml:3:15: unknown key "formater". Did you mean "formatter"?',
      'bad.yaml:2:5: "formatter" is missing',
      'bad.yaml:4:16: "fallbacks" is not a list of texts',
      'bad.yaml:5:5: an object with attribute, formatter, thenApply, fallbacks is expected',
      'bad.yaml:5:5: "attribute" is missing',
      'bad.yaml:5:5: "formatter" is missing',
      'bad.yaml:7:6: "a" is not the name of a CSV file',
    ]);
  });

  test('the examples in help run', async () => {
    const { act, folder, actJson } = await useAct();
    await writeFile(join(folder, 'jane.yaml'), 'first_name: Jane\n');
    await writeFile(
      join(folder, 'formatters.yaml'),
      "transformers: [{ attribute: user_name, formatter: '{first_name}' }]",
    );
    await actJson('create-group', '--name', 'Engineering');
    const verbs = ['sync', 'add-to-group', 'remove-from-group', 'deprovision', 'delete', 'create-group'];
    for (const verb of verbs) {
      const { stdout } = await captureCli(['scim', 'act', verb, '--help']);
      const [, shown = ''] = stdout.split(/\nExamples?\n/);
      const examples = [...shown.matchAll(/^ {2}oaa scim act (.*)$/gm)].map(([, example = '']) => example);
      expect(examples).toHaveLength(verb === 'sync' ? 2 : 1);
      for (const example of examples) {
        const argv = example.replace('--url https://scim.example.com/scim/v2 ', '').split(' ');
        expect([example, (await act(...argv)).exitCode]).toEqual([example, 0]);
      }
    }
  });

  test('as a process it reads its token from a reference, and ends with its exit code', async () => {
    const { url, folder } = await useAct();
    const env = { ...(await oaaEnvironment(join(folder, 'home'))), SECRET: token };
    const shell = (command: string) => runProcess('bash', ['-c', command], { cwd: folder, env });
    const act = `exec oaa scim act deprovision --user-name jane.doe --url ${url} --token env:SECRET`;
    const result = await shell(act);
    expect([result.exitCode, result.stdout]).toEqual([5, 'GET /Users?filter=userName eq "jane.doe"  200\n']);
    expect(result.stderr).toContain('There is no user "jane.doe".');
  });
});
