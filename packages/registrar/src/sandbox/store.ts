import type { DataSourceRecord, ProviderRecord, SandboxState } from './records.ts';

/**
 * The sandbox's memory. Records are values: a change puts a new record in the place of the old one. What was deleted
 * disappears when its time has come, seen from `now`.
 */
export class Store {
  readonly #now: () => Date;
  #providers = new Map<string, ProviderRecord>();
  #dataSources = new Map<string, DataSourceRecord>();

  constructor(now: () => Date, state?: SandboxState) {
    this.#now = now;
    for (const provider of state?.providers ?? []) this.#providers.set(provider.id, provider);
    for (const dataSource of state?.dataSources ?? []) this.#dataSources.set(dataSource.id, dataSource);
  }

  /** In the order of their creation. */
  providers(): ProviderRecord[] {
    this.#sweep();
    return [...this.#providers.values()];
  }

  provider(id: string): ProviderRecord | undefined {
    this.#sweep();
    return this.#providers.get(id);
  }

  /** All data sources, or those of one provider, in the order of their creation. */
  dataSources(providerId?: string): DataSourceRecord[] {
    this.#sweep();
    const all = [...this.#dataSources.values()];
    return providerId === undefined ? all : all.filter((dataSource) => dataSource.providerId === providerId);
  }

  dataSource(id: string): DataSourceRecord | undefined {
    this.#sweep();
    return this.#dataSources.get(id);
  }

  putProvider(provider: ProviderRecord): void {
    this.#providers.set(provider.id, provider);
  }

  putDataSource(dataSource: DataSourceRecord): void {
    this.#dataSources.set(dataSource.id, dataSource);
  }

  clear(): void {
    this.#providers = new Map();
    this.#dataSources = new Map();
  }

  state(): SandboxState {
    return { version: 1, providers: this.providers(), dataSources: this.dataSources() };
  }

  #sweep(): void {
    const now = this.#now().getTime();
    const over = (record: { readonly deletedAt?: string }): boolean =>
      record.deletedAt !== undefined && Date.parse(record.deletedAt) <= now;
    for (const provider of this.#providers.values()) if (over(provider)) this.#providers.delete(provider.id);
    for (const dataSource of this.#dataSources.values()) {
      if (over(dataSource) || !this.#providers.has(dataSource.providerId)) this.#dataSources.delete(dataSource.id);
    }
  }
}
