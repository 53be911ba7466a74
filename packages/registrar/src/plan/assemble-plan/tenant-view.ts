import type { ShownProvider } from './wire-fields.ts';

/** A provider of the tenant, as it was read. */
export interface TenantProvider {
  readonly id: string;
  readonly name: string;
  /** `ENABLED`, `DELETING` ...; the digits where the tenant answers with a number. */
  readonly state: string;
  readonly templates: readonly string[];
  /** All wire fields, secrets redacted. */
  readonly shown: ShownProvider;
  readonly fingerprint: string;
}

/** A data source of the tenant, as it was read. */
export interface TenantDataSource {
  readonly id: string;
  readonly name: string;
  /** Undefined when the tenant does not say, or only by a number. */
  readonly template: string | undefined;
  readonly isDeleting: boolean;
}
