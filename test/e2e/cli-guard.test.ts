import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { portal, useCliSandbox } from '../support/cli-sandbox.ts';

const { sandbox, folder, oaa, push, writeCount } = await useCliSandbox();
beforeAll(async () => {
  for (const users of [40, 30, 5]) await writeFile(join(folder, `${users}.json`), JSON.stringify(crowd(users)));
});
afterEach(() => rm(join(folder, 'oaa.config.yaml'), { force: true }));

function crowd(users: number) {
  const payload = portal();
  const [application] = payload.applications;
  const local_users = Array.from({ length: users }, (_, index) => ({ name: `user-${index}` }));
  return { ...payload, applications: [{ ...application, local_users }] };
}
const held = () => sandbox.dataSource('Portal', 'portal.test')?.payload;

describe('the guard of oaa push', () => {
  test('stops with exit code 8, and says how to go on', async () => {
    await push('40.json', '--create-provider');
    const writes = writeCount();
    const { exitCode, stdout, stderr } = await push('5.json');
    expect({ exitCode, stdout, writes: writeCount() }).toEqual({ exitCode: 8, stdout: '', writes });
    expect(stderr).toMatch(
      /^Error: Compared with the push of \S+, this push would remove from the data source "portal\.test" 35 of 40 users \(88 %\)\. At most 20 % or 10 of a kind may go\. Nothing was sent\.\nSee what would go: oaa diff <last payload> <this payload>\. When it is right, push with --max-removal 88 /,
    );
    expect(held()).toEqual(crowd(40));

    const json = await push('5.json', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      error: { code: 'guard', exitCode: 8, removals: [{ kind: 'users', removed: 35, total: 40 }] },
    });
    expect((await push('5.json', '--max-removal', '88')).exitCode).toBe(0);
    expect(held()).toEqual(crowd(5));
  });

  test('stops a dry run, too, which leaves no record', async () => {
    await push('40.json', '--create-provider');
    const files = await readdir(join(folder, 'state'));
    expect((await push('5.json', '--dry-run')).exitCode).toBe(8);
    const { exitCode, stdout } = await push('5.json', '--dry-run', '--max-removal', '100');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('its content would be replaced');
    expect(await readdir(join(folder, 'state'))).toEqual(files);
  });

  test('wants --first-push where another machine pushed before', async () => {
    await push('30.json', '--create-provider', '--state-dir', 'elsewhere');
    const { exitCode, stderr } = await push('30.json');
    expect(exitCode).toBe(8);
    expect(stderr).toContain('push once with --first-push');
    expect((await push('30.json', '--first-push')).exitCode).toBe(0);
    expect((await push('30.json')).exitCode).toBe(0);
  });

  test('takes its limits from oaa.config.yaml, and a flag before them', async () => {
    const settings = 'removalGuard:\n  maxRemovalPercent: 90\n  minimumRemovals: 0\n  stateDir: configured\n';
    await writeFile(join(folder, 'oaa.config.yaml'), settings);
    const env = { OAA_STATE_DIR: '' };
    const configured = (file: string, ...more: string[]) =>
      oaa(['push', file, '--provider', 'Portal', '--data-source', 'portal.test', ...more], { env });
    await configured('40.json', '--create-provider');
    expect(await readdir(join(folder, 'configured'))).toHaveLength(1);
    expect((await configured('5.json', '--max-removal', '50')).exitCode).toBe(8);
    expect((await configured('5.json')).exitCode).toBe(0);
  });

  test('refuses limits and folders that cannot be used', async () => {
    expect((await push('5.json', '--create-provider', '--max-removal', '120')).exitCode).toBe(2);
    await push('5.json', '--create-provider');
    await mkdir(join(folder, 'taken'), { recursive: true });
    await writeFile(join(folder, 'taken', 'file'), '');
    const { exitCode, stderr } = await push('5.json', '--state-dir', 'taken/file');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--state-dir');
  });
});
