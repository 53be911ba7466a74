import type { DataSource } from './data-source.ts';
import type { Provider } from './provider.ts';
import type { PushCsvOptions, PushOptions, PushResult } from './push-types.ts';
import type { CallOptions, ListOptions, NewDataSource, NewProvider, TenantOptions } from './tenant-options.ts';

/** The providers of a tenant. */
export interface Providers {
  /** Every provider, page by page as the loop asks for them. */
  list(options?: ListOptions): AsyncIterable<Provider>;
  /** The provider with this id; undefined when there is none. */
  get(id: string, options?: CallOptions): Promise<Provider | undefined>;
  /** The provider with exactly this name; undefined when there is none. */
  find(name: string, options?: CallOptions): Promise<Provider | undefined>;
  create(provider: NewProvider): Promise<Provider>;
  /** PATCH: only the given wire keys change, for example `{ provisioning: true }`. */
  update(id: string, changes: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<Provider>;
  /** PNG or SVG, at most 64,000 bytes after base64. */
  setIcon(id: string, icon: Uint8Array, options?: CallOptions): Promise<void>;
  /** The tenant goes on deleting in the background; the state is `DELETING` meanwhile. */
  delete(id: string, options?: CallOptions): Promise<void>;
}

/** The data sources below the providers of a tenant. */
export interface DataSources {
  list(providerId: string, options?: ListOptions): AsyncIterable<DataSource>;
  get(providerId: string, id: string, options?: CallOptions): Promise<DataSource | undefined>;
  find(providerId: string, name: string, options?: CallOptions): Promise<DataSource | undefined>;
  create(providerId: string, dataSource: NewDataSource): Promise<DataSource>;
  delete(providerId: string, id: string, options?: CallOptions): Promise<void>;
}

/** The payload templates that a tenant knows. */
export interface Templates {
  /** As the tenant gives them: names or objects. Any valid API key may ask. */
  list(options?: CallOptions): Promise<readonly (string | Readonly<Record<string, unknown>>)[]>;
}

/** The client of a tenant's REST API. */
export class Tenant {
  /** Normalised: scheme in front, no slash at the end. */
  readonly url: string;
  declare readonly templates: Templates;
  declare readonly providers: Providers;
  declare readonly dataSources: DataSources;

  constructor(options: TenantOptions) {
    this.url = options.url;
  }

  /** Delivers a payload; resolves only when the tenant has confirmed it. */
  push(_options: PushOptions): Promise<PushResult> {
    return Promise.reject(new Error('push is under construction'));
  }

  /** Delivers a CSV file, to be read with the provider's column mapping. */
  pushCsv(_options: PushCsvOptions): Promise<PushResult> {
    return Promise.reject(new Error('pushCsv is under construction'));
  }
}
