import { describe, expect, test } from 'vitest';
import { useScimCommands } from '../support/scim-commands.ts';

describe('oaa scim organization', () => {
  test('create and list', async () => {
    const { scim, scimJson } = await useScimCommands();
    expect(await scim(['organization', 'create', 'acme', '--name', 'Acme Inc.'])).toEqual({
      exitCode: 0,
      stdout: 'Made the organization acme.\n',
      stderr: '',
    });
    await scim(['organization', 'create', 'beta']);
    expect(await scimJson(['organization', 'list'])).toMatchObject({
      organizations: [
        { id: 'acme', name: 'Acme Inc.', createdAt: expect.stringMatching(/^20.*Z$/) },
        { id: 'beta', name: 'beta' },
      ],
    });
    expect((await scim(['organization', 'list'])).stdout).toMatch(/^ID {4}NAME {7}CREATED\nacme {2}Acme Inc\. {2}20/);
  });

  test.each([
    ['acme', 'already'],
    ['a/b', 'id'],
    ['', 'id'],
    ['x'.repeat(65), 'id'],
  ])('create %j is refused when there is one, or it cannot be one', async (id, message) => {
    const { scim, scimJson } = await useScimCommands();
    await scim(['organization', 'create', 'acme']);
    const { exitCode, stderr } = await scim(['organization', 'create', id]);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining(message)]);
    expect(await scimJson(['organization', 'list'])).toMatchObject({ organizations: [{ id: 'acme' }] });
  });
});
