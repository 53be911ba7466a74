/** What a payload is pushed to: one instance under a provider. */
export interface DataSource {
  readonly id: string;
  readonly name: string;
  /** Outcome of the last processing: `SUCCESS`, `PENDING` ...; undefined when the tenant does not say. */
  readonly status: string | undefined;
  /** Every key that the tenant sent. */
  readonly raw: Readonly<Record<string, unknown>>;
}
