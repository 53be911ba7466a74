import type { WrittenEntity } from '@oaa-kit/oaa/sources';
import type { ResourceSnapshot } from '../../../directory/write-back.ts';
import { Refusal } from '../refusal.ts';
import type { RowView } from '../table.ts';
import type { EditPlan } from './edit-plan.ts';
import { isEntityRow, isSame } from './entity-rows.ts';
import { factsOf, writtenPaths } from './facts.ts';
import type { PlanContext } from './plan-context.ts';
import { fullColumn, renderCells, writtenPath } from './render-cells.ts';

/** As long as the directory keeps native ids. */
const longestKey = 1_024;

/**
 * A row for a new user or group. One that has its key or its user name already is somebody else's.
 */
export function planCreate(
  plan: EditPlan,
  entity: WrittenEntity,
  after: ResourceSnapshot,
  { mappings }: PlanContext,
): void {
  const mapping = mappings[after.kind];
  const written = renderCells(entity, after, mapping);
  const key = written.get(entity.key)?.trim() ?? '';
  if (key === '') throw new Refusal(`Without a value for the column "${entity.key}" the row could not be found again`);
  if (key.length > longestKey) throw new Refusal(`A key of ${key.length} characters is too long`);
  const cells = new Map([...Object.entries(entity.where ?? {}), ...Object.entries(entity.newRows ?? {}), ...written]);
  const unique = [entity.key, ...nameColumns(entity, after, mapping)];
  let taken: string | undefined;
  const isTaken = (column: string, row: RowView) => {
    const text = cells.get(column) ?? '';
    return text.trim() !== '' && isSame(row.text(column), text);
  };
  plan.nativeId = key;
  plan.expectation = {
    file: entity.file,
    kind: after.kind,
    key,
    facts: factsOf(after, mapping),
    paths: writtenPaths(entity, mapping),
  };
  plan.add(entity.file, {
    row: (row) => {
      if (taken === undefined && isEntityRow(row, entity)) taken = unique.find((column) => isTaken(column, row));
      return undefined;
    },
    added: () => {
      if (taken === undefined) return [cells];
      throw new Refusal(
        `${entity.file} has a row with ${taken} ${JSON.stringify(cells.get(taken) ?? '')} already`,
        'conflict',
      );
    },
  });
}

/** The columns of user names, which no two users share. Groups may have the same name. */
function nameColumns(
  { columns }: WrittenEntity,
  { kind }: ResourceSnapshot,
  mapping: PlanContext['mappings'][ResourceSnapshot['kind']],
): readonly string[] {
  if (kind === 'Group') return [];
  return Object.entries(columns)
    .filter(([, spec]) => writtenPath(fullColumn(spec).attribute, mapping) === 'userName')
    .map(([column]) => column);
}
