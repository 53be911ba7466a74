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

/** Users, groups, roles: an entity with an id or a name, its values, and what it is linked to. */
export function compileEntity(spec: EntitySpec, parts: EntityParts, context: ItemContext, path: MappingPath): ItemStep {
  const { kind, table, fields, links } = parts;
  const holds = compileCondition(spec.when, context, [...path, 'when']);
  const applicationOf = compileApplication(spec.application, context, path);
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
  return (row) => {
    if (!holds(row)) return;
    const application = applicationOf(row);
    if (application === undefined) return;
    const errors = problems.errors;
    const ownId = id?.(row);
    const ownName = name?.(row);
    const key = id === undefined ? ownName : ownId;
    if (key === undefined) {
      if (problems.errors > errors) return;
      context.report(row, {
        code: 'empty-value',
        column: keyColumn,
        path: where,
        message: `The row has nothing that names its ${kind}.`,
        hint: fillHint,
      });
      return;
    }
    const wire: Record<string, unknown> = ownId === undefined ? { name: key } : { id: ownId, name: ownName ?? ownId };
    readFields(fields, row, wire);
    const slot = defineEntity(context, table(application), key, wire, row, where, spec.conflicts);
    for (const link of links) link(row, application, slot);
  };
}
