import type { WrittenEntity } from '@oaa-kit/oaa/sources';
import { differingPaths } from '../../../attributes/comparable.ts';
import type { ApplicationOperation, ResourceSnapshot } from '../../../directory/write-back.ts';
import { Refusal } from '../refusal.ts';
import type { EditPlan } from './edit-plan.ts';
import { isEntityRow, isRowOf, isSame, rowKey } from './entity-rows.ts';
import { factsOf, writtenPaths } from './facts.ts';
import type { PlanContext } from './plan-context.ts';
import { fullColumn, renderCells, writtenPath } from './render-cells.ts';

type Update = Extract<ApplicationOperation, { readonly after: ResourceSnapshot; readonly before: ResourceSnapshot }>;

/** Writes what differs between two states into all rows of a user or group; what was edited beside it stays. */
export function planUpdate(
  plan: EditPlan,
  entity: WrittenEntity,
  { type, before, after }: Update,
  { mappings }: PlanContext,
): void {
  const mapping = mappings[after.kind];
  const written = writtenPaths(entity, mapping);
  const switches = type === 'deactivate-user' || type === 'reactivate-user';
  if (switches && !written.has('active')) {
    throw new Refusal(`${entity.file} cannot say whether a user is active (writeBack.users.columns)`);
  }
  const facts = factsOf(after, mapping);
  const paths = new Set(differingPaths(factsOf(before, mapping), facts).filter((path) => written.has(path)));
  if (switches) paths.add('active');
  const cells = changedCells(entity, before, after, paths, mapping);
  if (cells.size === 0) return;
  const key = rowKey(before);
  const newKey = cells.get(entity.key);
  if (newKey !== undefined && !isSame(newKey, key)) {
    throw new Refusal(`The rows of ${entity.file} are found by "${entity.key}": it cannot become another one`);
  }
  const names = [...cells].filter(([column]) => isNameColumn(entity, column, mapping));
  let isThere = false;
  plan.expectation = { file: entity.file, kind: after.kind, key, facts, paths };
  plan.add(entity.file, {
    row: (row) => {
      if (isRowOf(row, entity, key)) {
        isThere = true;
        return cells;
      }
      const taken = names.find(([column, text]) => isSame(row.text(column), text));
      if (taken !== undefined && isEntityRow(row, entity)) {
        throw new Refusal(`${entity.file} has a row with ${taken[0]} ${JSON.stringify(taken[1])} already`, 'conflict');
      }
      return undefined;
    },
    added: () => {
      if (isThere) return [];
      throw new Refusal(`${entity.file} has no row with ${entity.key} ${JSON.stringify(key)}`, 'not-found');
    },
  });
}

function changedCells(
  entity: WrittenEntity,
  before: ResourceSnapshot,
  after: ResourceSnapshot,
  paths: ReadonlySet<string>,
  mapping: PlanContext['mappings']['User'],
): ReadonlyMap<string, string> {
  const old = renderCells(entity, before, mapping);
  const cells = [...renderCells(entity, after, mapping)].filter(([column, text]) => {
    const path = writtenPath(fullColumn(entity.columns[column] ?? '').attribute, mapping);
    return path !== undefined && path !== 'id' && (paths.has(path) || old.get(column) !== text);
  });
  return new Map(cells);
}

function isNameColumn(entity: WrittenEntity, column: string, mapping: PlanContext['mappings']['User']): boolean {
  return writtenPath(fullColumn(entity.columns[column] ?? '').attribute, mapping) === 'userName';
}
