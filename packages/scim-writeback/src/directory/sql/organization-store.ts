import { InputError } from '@oaa-kit/oaa';
import type { Organization, OrganizationStore } from '../directory.ts';
import type { SqlAccess } from './sql-access.ts';

const usableId = /^[A-Za-z0-9_-]{1,64}$/;
const maxNameLength = 256;

/** Organizations in a database. */
export function sqlOrganizationStore({ read, write }: SqlAccess, now: () => string): OrganizationStore {
  const organizations = () => read.selectFrom('organizations').select(['id', 'name', 'created_at as createdAt']);
  return {
    async create({ id, name }): Promise<Organization> {
      requireUsable(id, name);
      return write(async (db) => {
        const made = await db
          .insertInto('organizations')
          .values({ id, name, created_at: now() })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returning(['id', 'name', 'created_at as createdAt'])
          .executeTakeFirst();
        if (made !== undefined) return made;
        throw new InputError('input-invalid', `There is an organization ${id} already.`, {
          hint: 'Give the new one another id.',
        });
      });
    },
    get: (id) => organizations().where('id', '=', id).executeTakeFirst(),
    list: () => organizations().orderBy('id').execute(),
  };
}

function requireUsable(id: string, name: string): void {
  if (!usableId.test(id)) {
    throw new InputError('input-invalid', `${JSON.stringify(id.slice(0, 80))} cannot be the id of an organization.`, {
      hint: 'Use 1 to 64 letters, digits, hyphens and underscores.',
    });
  }
  if (name.trim() === '' || name.length > maxNameLength) {
    throw new InputError('input-invalid', `The organization ${id} needs a name of 1 to ${maxNameLength} characters.`);
  }
}
