import type { Row } from '../row.ts';
import type { MappingPath } from './compile-context.ts';
import { compileReferences, type ReferencesSpec, self } from './compile-references.ts';
import type { ItemContext } from './item-context.ts';
import type { KeyTable } from './ledger/key-table.ts';
import type { ApplicationLedger, ReferenceOrigin } from './ledger/ledger.ts';
import type { LinkList } from './ledger/link-list.ts';
import { mappingPath } from './run-problems.ts';

/**
 * What a row adds to the entity in `slot`. Returns whether the row says anything here: something is linked, was
 * reported, or is left out by a `when`.
 */
export type LinkStep = (row: Row, application: ApplicationLedger, slot: number) => boolean;

interface LinkParts {
  readonly list: (application: ApplicationLedger) => LinkList;
  /** The other entities. */
  readonly table: (application: ApplicationLedger) => KeyTable;
  /** Whether the list leads from the entity of the row to the others (the default), or from them to it. */
  readonly direction?: 'to' | 'from';
  /** The entity of the row, where that is a reference too. */
  readonly own?: ReferenceOrigin;
}

/** Links between the entity of the row and those that it names; none where the mapping says nothing. */
export function compileLink(
  spec: ReferencesSpec | undefined,
  { list, table, direction = 'to', own = self }: LinkParts,
  context: ItemContext,
  path: MappingPath,
): LinkStep[] {
  if (spec === undefined) return [];
  const { keys, origin } = compileReferences(spec, context, path);
  const forwards = direction === 'to';
  const number = context.ledger.addOrigin({
    source: context.sourceNumber,
    path: mappingPath(path),
    from: forwards ? own : origin,
    to: forwards ? origin : own,
    target: self,
  });
  return [
    (row, application, slot) => {
      const names = keys(row);
      for (const key of names) {
        const other = table(application).slot(key);
        if (forwards) list(application).push(slot, other, number, row.line);
        else list(application).push(other, slot, number, row.line);
      }
      return names.length > 0;
    },
  ];
}
