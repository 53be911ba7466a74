import type { Row } from '../row.ts';
import { quoted } from './fault.ts';
import type { ItemContext } from './item-context.ts';
import type { KeyTable } from './ledger/key-table.ts';

/** When a later row gives the same entity other values. */
export type ConflictPolicy = 'error' | 'warning' | 'ignore';

/** What a later row says differently, field by field; fields that it leaves empty say nothing. */
export function differences(
  first: Readonly<Record<string, unknown>>,
  later: Readonly<Record<string, unknown>>,
): string[] {
  const found: string[] = [];
  for (const [key, value] of Object.entries(later)) {
    const before = Object.hasOwn(first, key) ? first[key] : undefined;
    if (key === 'custom_properties' && typeof before === 'object' && before !== null) {
      found.push(...differences(before as Record<string, unknown>, value as Record<string, unknown>));
    } else if (JSON.stringify(before) !== JSON.stringify(value)) {
      found.push(
        before === undefined
          ? `${key} is ${quoted(value)} and was not given`
          : `${key} is ${quoted(value)} and was ${quoted(before)}`,
      );
    }
  }
  return found;
}

/**
 * Enters an entity under its key. The first row sets all its values; a later one may only repeat them, and add links
 * (reference 2.8.1). Returns its slot.
 */
export function defineEntity(
  context: ItemContext,
  table: KeyTable,
  key: string,
  wire: Readonly<Record<string, unknown>>,
  row: Row,
  path: string,
  conflicts: ConflictPolicy,
): number {
  const slot = table.slot(key);
  const text = JSON.stringify(wire);
  if (!table.isDefined(slot)) {
    table.define(slot, key, text, wire.id !== undefined, { source: context.sourceNumber, line: row.line });
    return slot;
  }
  if (conflicts === 'ignore') return slot;
  const entity = table.entityOf(slot);
  const first = table.texts.at(entity);
  if (first === text) return slot;
  const before = JSON.parse(first) as Record<string, unknown>;
  // The key is the same, however it is spelt.
  const spelling = wire.id === undefined ? 'name' : 'id';
  const found = differences(before, { ...wire, [spelling]: before[spelling] });
  if (found.length === 0) return slot;
  const place = table.placeOf(entity);
  context.report(row, {
    severity: conflicts,
    code: 'conflicting-row',
    path,
    message: `The ${table.subject} ${quoted(key)} was given with other values in ${context.problems.fileOf(place.source)}${place.line > 0 ? `:${place.line}` : ''}: ${found.join('; ')}.`,
    hint:
      conflicts === 'error'
        ? 'The first row sets the values. Make the rows equal, give the entities different keys, or say conflicts: warning.'
        : 'The first row stands.',
  });
  return slot;
}
