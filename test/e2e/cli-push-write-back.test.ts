import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { useCliSandbox } from '../support/cli-sandbox.ts';

const { sandbox, folder, push } = await useCliSandbox();
const configure = (text: string) => writeFile(join(folder, 'oaa.config.yaml'), text);
afterEach(() => rm(join(folder, 'oaa.config.yaml'), { force: true }));

const entry = (provider: string, dataSource: string) =>
  `writeBack:\n  - organization: default\n    provider: ${provider}\n    dataSource: ${dataSource}\n`;

describe('oaa push to a data source that has write-back', () => {
  test.each([[[]], [['--dry-run']], [['--first-push', '--max-removal', '100']]])(
    'is refused with exit code 8 and names what to do instead: %j',
    async (flags) => {
      await configure(entry('portal', 'Portal.Test'));
      const { exitCode, stdout, stderr } = await push('portal.json', '--create-provider', ...flags);
      expect([exitCode, stdout]).toEqual([8, '']);
      expect(stderr).toMatch(/^Error: The data source "portal\.test" of the provider "Portal" has write-back: /);
      expect(stderr).toContain('oaa scim base submit');
      expect(sandbox.requests()).toEqual([]);
    },
  );

  test('has a code of its own for machines', async () => {
    await configure(entry('Portal', 'portal.test'));
    const { stdout } = await push('portal.json', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'write-back-only', exitCode: 8 } });
  });

  test('is no matter to other data sources', async () => {
    await configure(entry('Portal', 'other.test'));
    expect((await push('portal.json', '--create-provider')).exitCode).toBe(0);
  });

  test('cannot be told where the settings are no list, and nothing is pushed then', async () => {
    await configure('writeBack:\n  provider: Portal\n');
    const { exitCode, stderr } = await push('portal.json', '--create-provider');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('"writeBack" in the settings file has to be a list');
    expect(sandbox.requests()).toEqual([]);
  });
});
