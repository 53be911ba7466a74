import type { Row } from '../row.ts';
import { compileApplication } from './compile-application.ts';
import { compileCondition } from './compile-condition.ts';
import type { MappingPath } from './compile-context.ts';
import type { LinkStep } from './compile-links.ts';
import { compileText } from './compile-text.ts';
import { type ConflictPolicy, defineEntity } from './define-entity.ts';
import { type Field, readFields } from './fields.ts';
import { fillHint, guarded, type ItemContext, type ItemStep } from './item-context.ts';
import type { KeyTable } from './ledger/key-table.ts';
import type { ApplicationLedger } from './ledger/ledger.ts';
import { mappingPath } from './run-problems.ts';
import type { Condition, ValueSpec } from './value-spec.ts';

interface EntitySpec {
  readonly application?: ValueSpec | undefined;
  readonly when?: Condition | undefined;
  readonly conflicts: ConflictPolicy;
  readonly id?: ValueSpec | undefined;
  readonly name?: ValueSpec | undefined;
}

interface EntityParts {
  /** What messages call the entity. */
  readonly kind: string;
  readonly table: (application: ApplicationLedger) => KeyTable;
  readonly fields: readonly Field[];
  readonly links: readonly LinkStep[];
}

/** Enters the entity that a row describes into a table, and returns its slot; undefined when the row names none. */
export function compileDefinition(
  spec: Pick<EntitySpec, 'id' | 'name' | 'conflicts'>,
  kind: string,
  fields: readonly Field[],
  context: ItemContext,
  path: MappingPath,
): (row: Row, table: KeyTable) => number | undefined {
  const idReader = spec.id === undefined ? undefined : compileText(spec.id, context, [...path, 'id']);
  const nameReader = spec.name === undefined ? undefined : compileText(spec.name, context, [...path, 'name']);
  const id = idReader === undefined ? undefined : guarded(context, idReader, [...path, 'id']);
  const name = nameReader === undefined ? undefined : guarded(context, nameReader, [...path, 'name']);
  if (id === undefined && name === undefined) {
    context.problem(path, `A ${kind} needs an id or a name.`, 'Add id: or name: with the column that has it.');
  }
  const keyColumn = (idReader ?? nameReader)?.column;
  const where = mappingPath(path);
  const { problems } = context;
  return (row, table) => {
    const errors = problems.errors;
    const ownId = id?.(row);
    const ownName = name?.(row);
    const key = id === undefined ? ownName : ownId;
    if (key === undefined) {
      if (problems.errors > errors) return undefined;
      context.report(row, {
        code: 'empty-value',
        column: keyColumn,
        path: where,
        message: `The row has nothing that names its ${kind}.`,
        hint: fillHint,
      });
      return undefined;
    }
    const wire: Record<string, unknown> = ownId === undefined ? { name: key } : { id: ownId, name: ownName ?? ownId };
    readFields(fields, row, wire);
    return defineEntity(context, table, key, wire, row, where, spec.conflicts);
  };
}

/** Users, groups, roles: an entity of an application with an id or a name, its values, and what it is linked to. */
export function compileEntity(spec: EntitySpec, parts: EntityParts, context: ItemContext, path: MappingPath): ItemStep {
  const { kind, table, fields, links } = parts;
  const holds = compileCondition(spec.when, context, [...path, 'when']);
  const applicationOf = compileApplication(spec.application, context, path);
  const define = compileDefinition(spec, kind, fields, context, path);
  return (row) => {
    if (!holds(row)) return;
    const application = applicationOf(row);
    if (application === undefined) return;
    const slot = define(row, table(application));
    if (slot === undefined) return;
    for (const link of links) link(row, application, slot);
  };
}
