import { didYouMean } from '../../errors/nearest-name.ts';
import type { PropertySchema } from '../../payload/properties.ts';
import type { Row } from '../row.ts';
import { compileCondition } from './compile-condition.ts';
import type { MappingPath } from './compile-context.ts';
import type { LinkStep } from './compile-links.ts';
import { compileText, type Reader } from './compile-value.ts';
import { type ConflictPolicy, defineEntity } from './define-entity.ts';
import { Fault, quoted } from './fault.ts';
import {
  attachmentFields,
  compileApplication,
  type Field,
  guarded,
  type ItemContext,
  readFields,
} from './item-context.ts';
import type { KeyTable } from './ledger/key-table.ts';
import type { ApplicationLedger } from './ledger/ledger.ts';
import { mappingPath } from './run-problems.ts';
import type { Condition, ValueSpec } from './value-spec.ts';

/** What one row says to one item of the mapping. */
export type ItemStep = (row: Row) => void;

interface EntitySpec {
  readonly application?: ValueSpec | undefined;
  readonly when?: Condition | undefined;
  readonly conflicts: ConflictPolicy;
  readonly id?: ValueSpec | undefined;
  readonly name?: ValueSpec | undefined;
}

export interface EntityParts {
  readonly kind: string;
  readonly table: (application: ApplicationLedger) => KeyTable;
  readonly fields: readonly Field[];
  readonly links: readonly (LinkStep | undefined)[];
}

/** A field of the wire object, read by one of the compilers of values. */
export function field<Value>(
  key: string,
  spec: ValueSpec | undefined,
  compile: (spec: ValueSpec, context: ItemContext, path: MappingPath) => Reader<Value>,
  context: ItemContext,
  path: MappingPath,
): Field[] {
  return spec === undefined ? [] : [{ key, read: guarded(context, compile(spec, context, path), path) }];
}

/** One of some words; case does not count. */
export function oneOf(
  words: readonly string[],
): (spec: ValueSpec, context: ItemContext, path: MappingPath) => Reader<string> {
  const known = new Map(words.map((word) => [word.toLowerCase(), word]));
  return (spec, context, path) => {
    const { read, column } = compileText(spec, context, path);
    return {
      column,
      read: (row) => {
        const text = read(row);
        if (text === undefined) return undefined;
        const word = known.get(text.toLowerCase());
        if (word === undefined) {
          throw new Fault(
            'unknown-value',
            `${quoted(text)} is not one of ${words.join(', ')}.${didYouMean(text, words)}`,
            'Translate it: { column: ..., map: { theirs: ours } }.',
          );
        }
        return word;
      },
    };
  };
}

/** Properties, tags and owners of an entity. */
export function attachments(
  spec: Parameters<typeof attachmentFields>[0],
  schema: PropertySchema | undefined,
  context: ItemContext,
  path: MappingPath,
): Field[] {
  return attachmentFields(spec, schema, context, path);
}

/** Users, groups, roles: an entity with an id or a name, its values, and what it is linked to. */
export function compileEntity(spec: EntitySpec, parts: EntityParts, context: ItemContext, path: MappingPath): ItemStep {
  const where = mappingPath(path);
  const holds = compileCondition(spec.when, context, [...path, 'when']);
  const applicationOf = compileApplication(spec.application, context, path);
  const idReader = spec.id === undefined ? undefined : compileText(spec.id, context, [...path, 'id']);
  const nameReader = spec.name === undefined ? undefined : compileText(spec.name, context, [...path, 'name']);
  const id = idReader === undefined ? undefined : guarded(context, idReader, [...path, 'id']);
  const name = nameReader === undefined ? undefined : guarded(context, nameReader, [...path, 'name']);
  if (id === undefined && name === undefined) {
    context.problem(path, `A ${parts.kind} needs an id or a name.`, 'Add id: or name: with the column that has it.');
  }
  const links = parts.links.filter((link) => link !== undefined);
  const keyReader = idReader ?? nameReader;
  return (row) => {
    if (!holds(row)) return;
    const application = applicationOf(row);
    if (application === undefined) return;
    const ownId = id?.(row);
    const ownName = name?.(row);
    const key = id === undefined ? ownName : ownId;
    if (key === undefined) {
      context.problems.add({
        code: 'empty-value',
        source: context.sourceNumber,
        line: row.line,
        column: keyReader?.column,
        path: where,
        message: `The row has nothing that names its ${parts.kind}.`,
        hint: 'Fill the column; or leave such rows out: when: { column: ..., empty: false }.',
      });
      return;
    }
    const wire: Record<string, unknown> = ownId === undefined ? { name: key } : { id: ownId, name: ownName ?? ownId };
    readFields(parts.fields, row, wire);
    const slot = defineEntity(context, parts.table(application), key, wire, row, where, spec.conflicts);
    for (const link of links) link(row, application, slot);
  };
}
