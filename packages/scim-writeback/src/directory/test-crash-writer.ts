import type { ResourceChange } from './directory.ts';
import { sqliteStore } from './test-store.ts';

/** Changes a directory without end, and prints each change that was acknowledged as a line of JSON. */
const [file = '', round = ''] = process.argv.slice(2);
const directory = await sqliteStore(file).open();
const acme = directory.organization('acme');
const context = { actor: 'crash', requestId: round, origin: 'scim' } as const;
const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function change(worker: number): Promise<never> {
  const group = await acme.create('Group', { attributes: { schemas: [], displayName: `Group ${worker}` } }, context);
  print({ operation: 'create', id: group.id });
  const changeGroup = (members: ResourceChange['members']) =>
    acme.update('Group', group.id, () => ({ members }), context);
  for (let index = 0; ; index++) {
    const userName = `${round}-${worker}-${index}`;
    const { id } = await acme.create('User', { attributes: { schemas: [], userName } }, context);
    print({ operation: 'create', id });
    await changeGroup([{ replaceAll: false, remove: [], removeMatching: [], add: [{ value: id }] }]);
    print({ operation: 'add', id: group.id, member: id });
    await acme.update(
      'User',
      id,
      () => ({ attributes: { schemas: [], userName: `${userName}-renamed`, active: false } }),
      context,
    );
    print({ operation: 'update', id });
    if (index % 3 === 0) {
      await acme.delete('User', id, () => undefined, context);
      print({ operation: 'delete', id });
    }
  }
}

await Promise.all(Array.from({ length: 32 }, (_, worker) => change(worker)));
