import type { Place } from '../manifest/declared-provider.ts';
import type { PlannedDataSource, PlannedField, PlanProblem, ProviderAction } from '../plan/plan.ts';

export interface DataSourceStatus {
  readonly name: string;
  /** Undefined when it is declared and not there. */
  readonly id: string | undefined;
  readonly isDeclared: boolean;
  /** Outcome of the last processing, in the tenant's words: `SUCCESS`, `PENDING` ... */
  readonly status: string | undefined;
  /** When the tenant took in the last push, as it says; undefined before the first. */
  readonly lastPush: string | undefined;
}

/** How the SCIM endpoint of a provider answers, asked from here and without changing anything there. */
export interface ConnectionHealth {
  readonly url: string;
  /** `unknown`: it could not be asked, since a secret was missing. */
  readonly outcome: 'passed' | 'failed' | 'unreachable' | 'unknown';
  /** What failed, or why nothing is known; empty when all is well. */
  readonly problems: readonly string[];
}

/** One declared provider as it is on the tenant now. */
export interface ProviderStatus {
  readonly key: string;
  readonly name: string;
  readonly place: Place;
  /** Undefined when it is not on the tenant. */
  readonly id: string | undefined;
  /** In the tenant's words: `ENABLED`, `DELETING` ... */
  readonly state: string | undefined;
  readonly provisioning: boolean | undefined;
  readonly externalLifecycleManagementType: string | undefined;
  readonly dataSources: readonly DataSourceStatus[];
  /** Undefined when the manifest declares no SCIM endpoint. */
  readonly connection: ConnectionHealth | undefined;
  /** What an apply would do, and the fields that are not as declared. */
  readonly action: ProviderAction;
  readonly drift: readonly PlannedField[];
  readonly driftOfDataSources: readonly PlannedDataSource[];
}

/** How the providers of manifests stand on a tenant: a document without secrets. */
export interface StatusReport {
  readonly format: 'oaa-registrar-status';
  readonly version: 1;
  readonly tenant: string;
  /** Without those of `problems`. */
  readonly providers: readonly ProviderStatus[];
  readonly problems: readonly PlanProblem[];
}
