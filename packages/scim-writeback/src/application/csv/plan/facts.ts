import type { WrittenEntity } from '@oaa-kit/oaa/sources';
import type { AttributeMapping } from '../../../attributes/attribute-mapping.ts';
import { type ComparableFacts, comparableScimGroup, comparableScimUser } from '../../../attributes/comparable.ts';
import { isActive } from '../../../directory/removals.ts';
import type { ResourceSnapshot } from '../../../directory/write-back.ts';
import { fullColumn, writtenPath } from './render-cells.ts';

/** What a snapshot says, in the form in which it can be compared with what is read. Whoever is not inactive is active. */
export function factsOf({ kind, attributes }: ResourceSnapshot, mapping: AttributeMapping): ComparableFacts {
  if (kind === 'Group') return comparableScimGroup(attributes, mapping);
  const { texts, incomparable } = comparableScimUser(attributes, mapping);
  return { texts: new Map([...texts, ['active', String(isActive(attributes))]]), incomparable };
}

/** The attributes that are written into some column. */
export function writtenPaths({ columns }: WrittenEntity, mapping: AttributeMapping): ReadonlySet<string> {
  const paths = Object.values(columns).map((spec) => writtenPath(fullColumn(spec).attribute, mapping));
  return new Set(paths.filter((path) => path !== undefined && path !== 'id') as string[]);
}
