import { join } from 'node:path';
import { groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { CustomAdapter, type ResourceSnapshot, WriteBackDirectory } from '@oaa-kit/scim-writeback/application';
import type { Directory } from '@oaa-kit/scim-writeback/directory';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import { describe, expect, test } from 'vitest';
import { useScimCommands } from '../support/scim-commands.ts';

const context = { actor: 'tenant', requestId: 'request-1', origin: 'scim' } as const;

/** An application whose answers get lost while `isDeaf`; nobody can look what it did. */
class DeafApplication extends CustomAdapter {
  readonly name = 'deaf application';
  readonly done: string[] = [];
  isDeaf = false;

  override createUser = ({ attributes }: ResourceSnapshot) => this.#answer(`create ${attributes.userName}`);
  override deactivateUser = ({ attributes }: ResourceSnapshot) => this.#answer(`deactivate ${attributes.userName}`);
  override createGroup = ({ attributes }: ResourceSnapshot) => this.#answer(`create ${attributes.displayName}`);
  override deleteGroup = ({ attributes }: ResourceSnapshot) => this.#answer(`delete ${attributes.displayName}`);
  override addMembers = (group: ResourceSnapshot) => this.#answer(`add to ${group.attributes.displayName}`);

  async #answer(what: string) {
    this.done.push(what);
    if (this.isDeaf) throw new Error('connection reset');
    return { type: 'applied', nativeId: what } as const;
  }
}

async function useJournal() {
  const commands = await useScimCommands();
  await commands.scim(['organization', 'create', 'default']);
  const application = new DeafApplication();
  /** Runs with the organization open, as the service has it. */
  const serve = async (work: (acme: WriteBackDirectory, directory: Directory) => Promise<void>) => {
    const directory = await openSqliteDirectory({
      file: join(commands.folder, 'scim.db'),
      userSchema: new ResourceSchema(userResourceType),
      groupSchema: new ResourceSchema(groupResourceType),
    });
    const acme = new WriteBackDirectory(directory.organization('default'), directory.intents('default'), {
      adapter: application,
      recoverEveryMs: 10,
    });
    await work(acme, directory).finally(async () => {
      await acme.close();
      await directory.close();
    });
  };
  /** Loses the answer to a change; gives the id of the intent. */
  const lose = async (change: (acme: WriteBackDirectory) => Promise<unknown>) => {
    application.isDeaf = true;
    await serve(async (acme) => void (await expect(change(acme)).rejects.toMatchObject({ status: 503 })));
    application.isDeaf = false;
    const { intents } = await commands.scimJson(['journal', 'list']);
    return (intents as readonly { readonly id: string }[])[0]?.id ?? '';
  };
  return { ...commands, application, serve, lose };
}

const jane = { attributes: { schemas: [], userName: 'jane' } };

describe('oaa scim journal', () => {
  test('list and show tell what is stuck and why', async () => {
    const { scim, scimJson, lose } = await useJournal();
    const id = await lose((acme) => acme.create('User', jane, context));
    const { intents } = await scimJson(['journal', 'list']);
    expect(intents).toMatchObject([
      {
        id,
        kind: 'User',
        state: 'needs-attention',
        current: 'create-user jane',
        done: 0,
        operations: 1,
        context,
        reason: 'The adapter failed (Error).',
      },
    ]);
    const listed = (await scim(['journal', 'list'])).stdout;
    expect(listed).toMatch(new RegExp(`^ID .*\n${id}  needs-attention  create-user jane  tenant `));
    const shown = (await scim(['journal', 'show', id])).stdout.split('\n');
    expect(shown[0]).toBe(`${id}: needs-attention, attempt 1`);
    expect(shown).toContain('stuck:      The adapter failed (Error).');
    expect(shown).toContain('  unknown   create-user jane');
    expect(await scimJson(['journal', 'show', id])).toMatchObject({
      intent: { operations: [{ type: 'create-user', after: { attributes: { userName: 'jane' } } }] },
    });
  });

  test('an empty journal says so', async () => {
    const { scim, scimJson } = await useJournal();
    expect(await scim(['journal', 'list'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'Every change has come to its end.\n',
    });
    expect(await scimJson(['journal', 'list'])).toEqual({ intents: [] });
  });

  test('resolve --as applied writes what the application has done', async () => {
    const { scim, serve, lose, scimJson } = await useJournal();
    const id = await lose((acme) => acme.create('User', jane, context));
    expect(await scim(['journal', 'resolve', id, '--as', 'applied', '--native-id', 'u-1'])).toEqual({
      exitCode: 0,
      stdout: 'The directory has the change now.\n',
      stderr: '',
    });
    expect(await scimJson(['journal', 'list'])).toEqual({ intents: [] });
    await serve(async (acme) => {
      const [change] = await acme.changes(0, 10);
      expect(change).toMatchObject({ operation: 'create', actor: 'tenant', requestId: 'request-1' });
      // The native id is known to later changes.
      await acme.update(
        'User',
        change?.id ?? '',
        () => ({ attributes: { ...jane.attributes, active: false } }),
        context,
      );
    });
  });

  test('resolve --as not-applied refuses the change, and the name is free again', async () => {
    const { scim, serve, lose, application } = await useJournal();
    const id = await lose((acme) => acme.create('User', jane, context));
    const { stdout } = await scim(['journal', 'resolve', id, '--as', 'not-applied']);
    expect(stdout).toBe('The change counts as refused; nothing of it is kept.\n');
    await serve(async (acme) => void (await acme.create('User', jane, context)));
    expect(application.done).toEqual(['create jane', 'create jane']);
  });

  test('what is left of a change is done by the service after resolve --as applied', async () => {
    const { scimJson, serve, lose, application } = await useJournal();
    await serve(async (acme) => void (await acme.create('User', jane, context)));
    const id = await lose(async (acme) => {
      const [change] = await acme.changes(0, 1);
      const attributes = { schemas: [], displayName: 'Team' };
      return acme.create('Group', { attributes, members: [{ id: change?.id ?? '' }] }, context);
    });
    const resolved = await scimJson(['journal', 'resolve', id, '--as', 'applied', '--native-id', 'team']);
    expect(resolved).toEqual({ id, resolution: 'continues' });
    await serve(async (acme, directory) => {
      acme.start();
      await expect.poll(() => directory.intents('default').list()).toEqual([]);
      expect(await acme.revision()).toBe(2);
    });
    expect(application.done).toEqual(['create jane', 'create Team', 'add to Team']);
  });

  test('what was done before is undone by the service after resolve --as not-applied', async () => {
    const { scimJson, serve, lose, application } = await useJournal();
    await serve(async (acme) => void (await acme.create('User', jane, context)));
    application.addMembers = async () => {
      throw new Error('connection reset');
    };
    application.isDeaf = false;
    const id = await lose(async (acme) => {
      application.isDeaf = false;
      const [change] = await acme.changes(0, 1);
      const attributes = { schemas: [], displayName: 'Team' };
      return acme.create('Group', { attributes, members: [{ id: change?.id ?? '' }] }, context);
    });
    const resolved = await scimJson(['journal', 'resolve', id, '--as', 'not-applied']);
    expect(resolved).toEqual({ id, resolution: 'continues' });
    await serve(async (acme, directory) => {
      acme.start();
      await expect.poll(() => directory.intents('default').list()).toEqual([]);
      expect(await acme.revision()).toBe(1);
    });
    expect(application.done).toEqual(['create jane', 'create Team', 'delete Team']);
  });

  test('what the application does not take back is tried again, and the answer says what to do when that is no use', async () => {
    const { scim, serve, application } = await useJournal();
    await serve(async (acme) => void (await acme.create('User', jane, context)));
    const refuses = async () => ({ type: 'refused', reason: 'The desk is closed.' }) as const;
    application.addMembers = refuses as never;
    application.deleteGroup = refuses as never;
    await serve(async (acme, directory) => {
      const [change] = await acme.changes(0, 1);
      const team = { attributes: { schemas: [], displayName: 'Team' }, members: [{ id: change?.id ?? '' }] };
      await expect(acme.create('Group', team, context)).rejects.toMatchObject({ status: 503 });
      const [stuck] = await directory.intents('default').list();
      const again = await scim(['journal', 'resolve', stuck?.id ?? '', '--as', 'not-applied']);
      expect(again).toMatchObject({ exitCode: 0, stderr: '' });
      expect(again.stdout).toContain('take it back by hand, then resolve the change as applied');
    });
  });

  test('resolve of what is not there, or has come to its end, says so and changes nothing', async () => {
    const { scim, lose } = await useJournal();
    const id = await lose((acme) => acme.create('User', jane, context));
    const unknown = await scim(['journal', 'resolve', 'nothing', '--as', 'applied']);
    expect(unknown.exitCode).toBe(3);
    expect(unknown.stderr).toContain('has no change with this id');
    await scim(['journal', 'resolve', id, '--as', 'applied']);
    const closed = await scim(['journal', 'resolve', id, '--as', 'not-applied']);
    expect([closed.exitCode, closed.stdout]).toEqual([3, '']);
    expect(closed.stderr).toContain('has come to its end: applied');
    expect((await scim(['journal', 'show', 'nothing'])).exitCode).toBe(3);
  });
});
