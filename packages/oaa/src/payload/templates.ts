/** Payload templates of the tenant that are known by name (reference 0.3). */
export const templates = [
  'application',
  'identity_provider',
  'hris',
  'principal',
  'secret_store',
  'file_system',
  'entity_enrichment',
] as const;

export type Template = (typeof templates)[number];
