import { fromLocalGroup } from '../../../attributes/local-group.ts';
import { fromLocalUser } from '../../../attributes/local-user.ts';
import type { BaseRow, Mappings } from '../../../base/merge/read-base.ts';
import type { ScimObject } from '../../../protocol/schemas/scim-value.ts';
import type { BaseNotice } from '../../bases.ts';
import type { ResourceKind } from '../../directory.ts';
import { nameAttributes } from './read-changes-since.ts';

/** What a row of a base is as a resource, and whether a directory can keep its name. */
export function rowResource(
  kind: ResourceKind,
  { entity }: BaseRow,
  mappings: Mappings,
): { readonly attributes: ScimObject; readonly isNamed: boolean } {
  // When the directory came to know of somebody is not when the application made the account.
  const { created_at: _, ...state } = entity;
  const { attributes } = kind === 'User' ? fromLocalUser(state, mappings.User) : fromLocalGroup(state, mappings.Group);
  return { attributes, isNamed: Object.hasOwn(attributes, nameAttributes[kind]) };
}

/** The row has a value that another resource has. */
export function valueTaken(kind: ResourceKind, { key, entity }: BaseRow): BaseNotice {
  return {
    code: 'value.taken',
    kind,
    key,
    message: `Another ${kind} of the directory has the name of ${JSON.stringify(entity.name)}, or another value that has to be unique.`,
  };
}

/** The directory cannot keep the name of the row. */
export function valueUnusable(kind: ResourceKind, { key, entity }: BaseRow): BaseNotice {
  return {
    code: 'value.unusable',
    kind,
    key,
    message: `The name ${JSON.stringify(entity.name)} cannot be the ${nameAttributes[kind]} of a ${kind}.`,
  };
}
