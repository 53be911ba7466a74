import type { Row } from '../row.ts';
import type { MappingPath } from './compile-context.ts';
import { compileTexts } from './compile-text.ts';
import { guarded, type ItemContext } from './item-context.ts';
import type { ReferenceOrigin } from './ledger/ledger.ts';
import type { UnknownPolicy, ValueSpec } from './value-spec.ts';

export type ReferencesSpec =
  | ValueSpec
  | readonly ValueSpec[]
  | {
      readonly names: ValueSpec | readonly ValueSpec[];
      readonly unknown?: UnknownPolicy | undefined;
      readonly effects?: readonly string[] | undefined;
    };

/** Compiled references: their keys, and what messages need to know. */
interface References {
  readonly keys: (row: Row) => readonly string[];
  readonly origin: ReferenceOrigin;
}

/** The entity that a row is about. */
export const self: ReferenceOrigin = { column: undefined, unknown: 'error' };

const none: readonly string[] = [];

export function compileReferences(spec: ReferencesSpec, context: ItemContext, path: MappingPath): References {
  const named = typeof spec === 'object' && 'names' in spec;
  const at = named ? [...path, 'names'] : path;
  const reader = compileTexts(named ? spec.names : spec, context, at);
  const read = guarded(context, reader, at);
  const { column } = reader;
  const { unknown = 'error', effects } = named ? spec : {};
  if (effects !== undefined && unknown !== 'create') {
    context.problem(
      [...path, 'effects'],
      'Effects are of what is made, and nothing is made here.',
      'Add unknown: create; or take effects: out.',
    );
  }
  return { keys: (row) => read(row) ?? none, origin: { column, unknown, effects } };
}
