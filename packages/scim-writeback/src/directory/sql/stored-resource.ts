import type { Selectable } from 'kysely';
import type { ScimObject, ScimValue } from '../../protocol/schemas/scim-value.ts';
import type { StoredResource } from '../directory.ts';
import type { Tables } from './tables.ts';

/** The columns that make a resource whose kind is known: a page has each of them a hundred times. */
export const contentOfKind = ['id', 'document', 'version', 'created', 'last_modified'] as const;

/** The columns that make a resource; the others are there to be searched. */
export const resourceColumns = [...contentOfKind, 'kind'] as const;

export type ResourceRow = Pick<Selectable<Tables['resources']>, (typeof resourceColumns)[number]>;

/** Attributes that somebody has asked for. */
const parsed = new WeakMap<StoredResource, ScimObject>();

/** A resource whose attributes are parsed when somebody asks for them: most answers are made of the text. */
class ResourceOfRow implements StoredResource {
  readonly kind: StoredResource['kind'];
  readonly id: string;
  readonly json: string;
  readonly version: number;
  readonly created: string;
  readonly lastModified: string;

  constructor(kind: StoredResource['kind'], row: Omit<ResourceRow, 'kind'>) {
    this.kind = kind;
    this.id = row.id;
    this.json = row.document;
    this.version = row.version;
    this.created = row.created;
    this.lastModified = row.last_modified;
  }

  get attributes(): ScimObject {
    const known = parsed.get(this) ?? (withoutPrototypes(JSON.parse(this.json)) as ScimObject);
    parsed.set(this, known);
    return known;
  }
}

/** A resource from its row. */
export function readStoredResource(row: ResourceRow): StoredResource {
  return new ResourceOfRow(row.kind, row);
}

/** Resources of one kind from their rows. */
export function readResourcesOf(
  kind: StoredResource['kind'],
  rows: readonly Omit<ResourceRow, 'kind'>[],
): readonly StoredResource[] {
  return rows.map((row) => new ResourceOfRow(kind, row));
}

/** What `JSON.parse` makes inherits from `Object`; stored objects do not. */
function withoutPrototypes(value: ScimValue): ScimValue {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  const bare: Record<string, ScimValue> = Object.create(null);
  for (const [name, part] of Object.entries(value)) bare[name] = withoutPrototypes(part);
  return bare;
}
