import { z } from 'zod';

const list = z.array(z.unknown());
const object = z.record(z.string(), z.unknown());

/** The root of the entity enrichment template (reference 1.7). */
export const entityEnrichmentSchema = z.looseObject({
  enriched_entity_property_definitions: z.array(
    z.looseObject({ entity_type: z.string(), enriched_properties: object }),
  ),
  enriched_entities: z.array(
    z.looseObject({ type: z.string(), id: z.string(), data_source_id: z.string().optional(), properties: object }),
  ),
});

/** The root of the file system template, whose two kinds of payload share it (reference 1.6). */
export const fileSystemSchema = z.looseObject({
  file_system_type: z.string(),
  server_unique_id: z.string().optional(),
  server: object.optional(),
  mounts: list.optional(),
  folders: list.optional(),
  permissions: list.optional(),
});
