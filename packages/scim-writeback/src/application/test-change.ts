import type { OrganizationDirectory } from '../directory/directory.ts';

/** A change that a process is told to make. */
export type TestChange =
  | { readonly type: 'create-user'; readonly userName: string }
  | { readonly type: 'create-group'; readonly displayName: string; readonly memberIds: readonly string[] }
  | { readonly type: 'deactivate-user'; readonly id: string }
  | { readonly type: 'delete-user'; readonly id: string };

const context = { actor: 'tenant', requestId: 'crash', origin: 'scim' } as const;

export async function makeTestChange(acme: OrganizationDirectory, change: TestChange): Promise<unknown> {
  switch (change.type) {
    case 'create-user':
      return acme.create('User', { attributes: { schemas: [], userName: change.userName } }, context);
    case 'create-group': {
      const { displayName, memberIds } = change;
      return acme.create(
        'Group',
        { attributes: { schemas: [], displayName }, members: memberIds.map((id) => ({ id })) },
        context,
      );
    }
    case 'deactivate-user':
      return acme.update(
        'User',
        change.id,
        ({ attributes }) => ({ attributes: { ...attributes, active: false } }),
        context,
      );
    case 'delete-user':
      return acme.delete('User', change.id, () => undefined, context);
  }
}
