import { ownMember, type ScimObject } from '../../protocol/schemas/scim-value.ts';
import { foldCase } from '../../protocol/text/fold-case.ts';
import type { ResourceKind } from '../directory.ts';
import type { Tables } from './tables.ts';

type ContentColumns = 'document' | 'user_name' | 'external_id' | 'display_name' | 'active' | 'display';

/** What the directory knows of a resource without its document. */
const keptApart: Readonly<Record<ResourceKind, readonly string[]>> = {
  User: ['id', 'meta', 'groups'],
  Group: ['id', 'meta', 'members'],
};

/** The columns that follow from the attributes of a resource. */
export function contentColumns(kind: ResourceKind, attributes: ScimObject): Pick<Tables['resources'], ContentColumns> {
  const misplaced = keptApart[kind].find((name) => Object.hasOwn(attributes, name));
  if (misplaced !== undefined) throw new TypeError(`${misplaced} of a ${kind} is not one of its attributes here.`);
  const userName = kind === 'User' ? textOf(attributes, 'userName') : null;
  const displayName = textOf(attributes, 'displayName');
  const active = ownMember(attributes, 'active');
  return {
    document: JSON.stringify(attributes),
    user_name: userName === null ? null : foldCase(userName),
    external_id: textOf(attributes, 'externalId'),
    display_name: displayName === null ? null : foldCase(displayName),
    active: typeof active === 'boolean' ? Number(active) : null,
    display: displayName || userName,
  };
}

function textOf(attributes: ScimObject, name: string): string | null {
  const value = ownMember(attributes, name);
  return typeof value === 'string' ? value : null;
}
