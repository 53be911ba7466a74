import { foldKey } from '@oaa-kit/oaa';
import type { WrittenEntity } from '@oaa-kit/oaa/sources';
import type { MemberSnapshot, ResourceSnapshot } from '../../../directory/write-back.ts';
import type { RowView } from '../table.ts';

/** What the application calls a resource: where it told nothing, the key of its base. */
export function rowKey({ nativeId, key }: Pick<ResourceSnapshot | MemberSnapshot, 'nativeId' | 'key'>): string {
  return nativeId ?? key;
}

/** Whether texts are the same key: as the tenant, the mapping does not tell keys by case. */
export function isSame(left: string, right: string): boolean {
  return foldKey(left.trim()) === foldKey(right.trim());
}

/** Whether a row has these cells. */
export function hasCells(row: RowView, cells: Readonly<Record<string, string>> | undefined): boolean {
  return Object.entries(cells ?? {}).every(([column, text]) => isSame(row.text(column), text));
}

/** Whether a row is one of the users or groups: it has their cells, and no mark that it was deleted. */
export function isEntityRow(row: RowView, { where, delete: deletion }: WrittenEntity): boolean {
  return hasCells(row, where) && (deletion === 'row' || !isSame(row.text(deletion.column), deletion.value));
}

/** Whether a row is the one of this key. */
export function isRowOf(row: RowView, entity: WrittenEntity, key: string): boolean {
  return isSame(row.text(entity.key), key) && isEntityRow(row, entity);
}
