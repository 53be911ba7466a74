import type { Selectable } from 'kysely';
import type { ScimObject, ScimValue } from '../../protocol/schemas/scim-value.ts';
import type { StoredResource } from '../directory.ts';
import type { Tables } from './tables.ts';

/** The columns that make a resource; the others are there to be searched. */
export const resourceColumns = ['id', 'kind', 'document', 'version', 'created', 'last_modified'] as const;

export type ResourceRow = Pick<Selectable<Tables['resources']>, (typeof resourceColumns)[number]>;

/** A resource from its row. Its attributes are parsed when somebody asks for them: most answers are made of the text. */
export function readStoredResource(row: ResourceRow): StoredResource {
  let attributes: ScimObject | undefined;
  return {
    kind: row.kind,
    id: row.id,
    json: row.document,
    get attributes() {
      attributes ??= withoutPrototypes(JSON.parse(row.document)) as ScimObject;
      return attributes;
    },
    version: row.version,
    created: row.created,
    lastModified: row.last_modified,
  };
}

/** What `JSON.parse` makes inherits from `Object`; stored objects do not. */
function withoutPrototypes(value: ScimValue): ScimValue {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  const bare: Record<string, ScimValue> = Object.create(null);
  for (const [name, part] of Object.entries(value)) bare[name] = withoutPrototypes(part);
  return bare;
}
