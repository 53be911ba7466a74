import type { Template } from '../payload/validate.ts';

/** The names for `--template`; here, because help must not load the validator. */
export const templateNames = [
  'application',
  'identity_provider',
  'hris',
  'principal',
  'secret_store',
  'file_system',
  'entity_enrichment',
] as const satisfies readonly Template[];
