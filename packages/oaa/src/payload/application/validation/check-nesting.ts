import { findCycles } from '../../cycles.ts';
import { type DiagnosticCode, type DiagnosticList, joinPath } from '../../diagnostics.ts';
import { isObject, listOf } from '../../json.ts';
import { foldKey } from '../../keys.ts';
import { checkReference } from './check-reference.ts';
import { type KeyTable, keyOf } from './key-table.ts';

const shownMembers = 6;

/**
 * References among entities of one kind (groups in groups, roles in roles): each must name something, nothing may name
 * itself, and there may be no cycle.
 */
export function checkNesting(
  list: DiagnosticList,
  code: DiagnosticCode,
  table: KeyTable,
  entities: readonly unknown[],
  key: 'groups' | 'roles',
  path: string,
): void {
  const targets: number[][] = [];
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const edges: number[] = [];
    targets.push(edges);
    if (!isObject(entity)) continue;
    const own = keyOf(entity);
    const references = listOf(entity, key);
    for (let position = 0; position < references.length; position += 1) {
      const reference = references[position];
      if (typeof reference !== 'string') continue;
      const at = () => joinPath(path, index, key, position);
      if (own !== undefined && foldKey(reference) === foldKey(own)) {
        list.error('self-membership', at(), `The ${table.subject} "${own}" names itself.`, 'Take the reference out.');
      } else if (checkReference(list, 'error', code, table, reference, at)) {
        edges.push(table.placeOf(reference) as number);
      }
    }
  }
  for (const cycle of findCycles(targets)) {
    const names = cycle.map((place) => {
      const entity = entities[place];
      return isObject(entity) ? `"${keyOf(entity) ?? '?'}"` : '?';
    });
    const shown = names.slice(0, shownMembers).join(', ');
    const more = names.length > shownMembers ? ` and ${names.length - shownMembers} more` : '';
    list.error(
      'cycle',
      joinPath(path, Math.min(...cycle.slice(0, 1_000)), key),
      `These ${table.subject}s contain each other in a circle: ${shown}${more}.`,
      'Take one of the references out, so that what each contains is finite.',
    );
  }
}
