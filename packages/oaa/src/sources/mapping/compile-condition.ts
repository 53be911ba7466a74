import type { Row } from '../row.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import { compileTexts } from './compile-value.ts';
import type { Condition } from './value-spec.ts';

/** Compiles a `when`: every test that is given must hold. Texts are compared without regard to case. */
export function compileCondition(
  condition: Condition | undefined,
  context: CompileContext,
  path: MappingPath,
): (row: Row) => boolean {
  if (condition === undefined) return () => true;
  const { column, columns, expression, optional, equals, notEquals, oneOf, noneOf, empty } = condition;
  const { read } = compileTexts({ column, columns, expression, optional }, context, path);
  const folded = (values: readonly unknown[]) => new Set(values.map((value) => String(value).trim().toLowerCase()));
  const allowed = [
    equals === undefined ? undefined : folded([equals]),
    oneOf === undefined ? undefined : folded(oneOf),
  ];
  const refused = [
    notEquals === undefined ? undefined : folded([notEquals]),
    noneOf === undefined ? undefined : folded(noneOf),
  ];
  return (row) => {
    const texts = read(row) ?? [];
    if (empty !== undefined && (texts.length === 0) !== empty) return false;
    const values = texts.length === 0 ? [''] : texts.map((text) => text.toLowerCase());
    return (
      allowed.every((set) => set === undefined || values.some((value) => set.has(value))) &&
      refused.every((set) => set === undefined || values.every((value) => !set.has(value)))
    );
  };
}
