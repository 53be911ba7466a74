import type { Selectable } from 'kysely';
import type { ScimObject, ScimValue } from '../../protocol/schemas/scim-value.ts';
import type { StoredResource } from '../directory.ts';
import type { Tables } from './tables.ts';

/** The columns that make a resource; the others are there to be searched. */
export const resourceColumns = ['id', 'kind', 'document', 'version', 'created', 'last_modified'] as const;

export type ResourceRow = Pick<Selectable<Tables['resources']>, (typeof resourceColumns)[number]>;

/** A resource whose attributes are parsed when somebody asks for them: most answers are made of the text. */
class ResourceOfRow implements StoredResource {
  readonly kind: StoredResource['kind'];
  readonly id: string;
  readonly json: string;
  readonly version: number;
  readonly created: string;
  readonly lastModified: string;
  #attributes: ScimObject | undefined;

  constructor({ kind, id, document, version, created, last_modified: lastModified }: ResourceRow) {
    this.kind = kind;
    this.id = id;
    this.json = document;
    this.version = version;
    this.created = created;
    this.lastModified = lastModified;
  }

  get attributes(): ScimObject {
    this.#attributes ??= withoutPrototypes(JSON.parse(this.json)) as ScimObject;
    return this.#attributes;
  }
}

/** A resource from its row. */
export function readStoredResource(row: ResourceRow): StoredResource {
  return new ResourceOfRow(row);
}

/** What `JSON.parse` makes inherits from `Object`; stored objects do not. */
function withoutPrototypes(value: ScimValue): ScimValue {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  const bare: Record<string, ScimValue> = Object.create(null);
  for (const [name, part] of Object.entries(value)) bare[name] = withoutPrototypes(part);
  return bare;
}
