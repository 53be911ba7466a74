import type { Mappings } from '../../../base/merge/read-base.ts';
import { isAsExtracted } from '../../../projection/as-extracted.ts';
import type { Turns } from '../../../turns/turns.ts';
import type { ChangedFacts } from '../../directory.ts';
import { changedAttributes } from '../changed-facts.ts';
import { contentColumns } from '../resource-columns.ts';
import type { Scope } from '../scope.ts';
import { searchedAttributes } from '../searched-attributes.ts';
import { searchedValues } from '../searched-values.ts';
import { type UniqueValue, uniqueValuesOf } from '../unique-values.ts';
import type { PlannedCreation } from './base-plan.ts';
import { groupNameValue } from './group-names.ts';
import { rowResource } from './row-resource.ts';

/** What is written of a row that becomes a resource. */
export interface RowContent {
  readonly columns: ReturnType<typeof contentColumns>;
  readonly unique: readonly UniqueValue[];
  /** The name that the application knows a group by: an open intent may have reserved it. */
  readonly names: readonly UniqueValue[];
  /** Pairs of attribute and value. */
  readonly searched: readonly (readonly [attribute: string, value: string])[];
  /** JSON of `ChangedFacts`. */
  readonly facts: string;
  /** It is published as the base has it, as long as it has the version that it is made with. */
  readonly isAsExtracted: boolean;
}

export interface PreparedCreation extends PlannedCreation {
  /** Undefined where the directory cannot keep the name. */
  readonly content: RowContent | undefined;
}

/** Makes of rows what is written of them. Asks no database, so that nobody has to wait for it. */
export async function prepareCreations(
  scope: Scope,
  creations: readonly PlannedCreation[],
  mappings: Mappings,
  turns: Turns,
): Promise<readonly PreparedCreation[]> {
  const prepared: PreparedCreation[] = [];
  for (const creation of creations) {
    if (turns.isOver) await turns.next();
    prepared.push({ ...creation, content: contentOf(scope, creation, mappings) });
  }
  return prepared;
}

function contentOf({ kinds }: Scope, { kind, row }: PlannedCreation, mappings: Mappings): RowContent | undefined {
  const { attributes, isNamed } = rowResource(kind, row, mappings);
  if (!isNamed) return undefined;
  const { schema, unique } = kinds[kind];
  const facts: ChangedFacts = { attributes: changedAttributes(Object.create(null), attributes, schema) };
  return {
    columns: contentColumns(kind, attributes),
    unique: [...uniqueValuesOf(attributes, unique).values()],
    names: kind === 'Group' && row.entity.id === undefined ? [groupNameValue(row.entity.name)] : [],
    searched: searchedAttributes[kind].flatMap((searched) =>
      Array.from(searchedValues(attributes, searched), (value) => [searched.name, value] as const),
    ),
    facts: JSON.stringify(facts),
    isAsExtracted: isAsExtracted(kind, row.entity, attributes, mappings[kind]),
  };
}
