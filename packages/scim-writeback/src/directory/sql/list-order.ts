import type { Expression } from 'kysely';
import type { Sort } from '../../protocol/sort/read-sort.ts';
import type { ResourceKind } from '../directory.ts';
import { resourceColumn } from './filter/resource-column.ts';

/** An order that a list can have without reading documents. Equal resources are in the order of their ids. */
export interface ColumnOrder {
  /** Undefined: only by id. */
  readonly column: Expression<string | number | null> | undefined;
  readonly descending: boolean;
}

const byId: ColumnOrder = { column: undefined, descending: false };

/** The order of a list where columns have it; undefined where documents have to be read. */
export function columnOrder({ path, descending }: Sort, kind: ResourceKind): ColumnOrder | undefined {
  if (path === undefined) return byId;
  const { extension, attribute, sub } = path;
  // Members and memberships are in no document and have no first one: they do not order what has them.
  const related = kind === 'User' ? 'groups' : 'members';
  if (extension === undefined && attribute.name === related) return byId;
  if (extension === undefined && attribute.name === 'id') return { column: undefined, descending };
  const column = resourceColumn(path, kind);
  if (column === undefined) return undefined;
  switch (column.type) {
    case 'absent':
    case 'choice':
      // The same for all.
      return byId;
    case 'text':
      return column.caseExact === (sub ?? attribute).caseExact ? { column: column.value, descending } : undefined;
    default:
      return { column: column.value, descending };
  }
}
