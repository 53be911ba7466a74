import type { Template } from '@oaa-kit/oaa';

/** How a push arrived. */
export type PushMode = 'plain' | 'gzip' | 'parts' | 'csv';

/** Something that the tenant took in but complains about. */
export interface PushWarning {
  readonly message: string;
}

/** One accepted push. */
export interface PushRecord {
  /** RFC 3339. */
  readonly at: string;
  readonly mode: PushMode;
  /** Size of the JSON document or of the CSV file, uncompressed. */
  readonly bytes: number;
  readonly warnings: readonly PushWarning[];
}

export interface Icon {
  readonly format: 'png' | 'svg';
  /** Size before base64. */
  readonly bytes: number;
  readonly base64: string;
}

/** What the sandbox keeps about a provider. */
export interface ProviderRecord {
  readonly id: string;
  readonly name: string;
  readonly templates: readonly Template[];
  readonly createdAt: string;
  /** When the background deletion ends; set as soon as the deletion begins. */
  readonly deletedAt?: string;
  readonly icon?: Icon;
  /** Wire keys that were set at creation or by PATCH: `provisioning`, `configuration_json` ... */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the sandbox keeps about a data source. */
export interface DataSourceRecord {
  readonly id: string;
  readonly providerId: string;
  readonly name: string;
  readonly template: Template;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt?: string;
  /** When the payload that was taken last counts as parsed. */
  readonly parsedAt?: string;
  /** The payload that was accepted last. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** The CSV file that was accepted last. */
  readonly csv?: { readonly text: string; readonly rows: number };
  /** Oldest first; the oldest of very many are forgotten. */
  readonly pushes: readonly PushRecord[];
}

/** Everything that survives a restart. */
export interface SandboxState {
  readonly version: 1;
  readonly providers: readonly ProviderRecord[];
  readonly dataSources: readonly DataSourceRecord[];
}
