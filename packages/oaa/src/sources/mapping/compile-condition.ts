import type { Row } from '../row.ts';
import type { MappingPath } from './compile-context.ts';
import { compileRaw, isEmpty } from './compile-raw.ts';
import { scalarText } from './compile-text.ts';
import { guarded, type ItemContext } from './item-context.ts';
import type { Condition } from './value-spec.ts';

type Words = ReadonlySet<string>;

function folded(values: readonly unknown[] | undefined): Words | undefined {
  return values === undefined ? undefined : new Set(values.map((value) => String(value).trim().toLowerCase()));
}

function listOf<Value>(value: Value | undefined): readonly Value[] | undefined {
  return value === undefined ? undefined : [value];
}

/**
 * Compiles a `when`: every test that is given must hold. Texts are compared without regard to case; of a list one item
 * must be allowed and none refused. A value that cannot be read is reported, and the row then left out.
 */
export function compileCondition(
  condition: Condition | undefined,
  context: ItemContext,
  path: MappingPath,
): (row: Row) => boolean {
  if (condition === undefined) return () => true;
  const { equals, notEquals, oneOf, noneOf, empty, ...spec } = condition;
  const { read, column } = compileRaw(spec, context, path);
  const allowed = [folded(listOf(equals)), folded(oneOf)].filter((words) => words !== undefined);
  const refused = [folded(listOf(notEquals)), folded(noneOf)].filter((words) => words !== undefined);
  const test = (value: unknown): boolean => {
    if (empty !== undefined && isEmpty(value) !== empty) return false;
    if (allowed.length + refused.length === 0) return true;
    const items: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [isEmpty(value) ? '' : value];
    const texts = items.map((item) => scalarText(item)?.toLowerCase() ?? '');
    return (
      allowed.every((words) => texts.some((text) => words.has(text))) &&
      refused.every((words) => !texts.some((text) => words.has(text)))
    );
  };
  const holds = guarded(context, { column, read: (row) => test(read(row)) }, path);
  return (row) => holds(row) ?? false;
}
