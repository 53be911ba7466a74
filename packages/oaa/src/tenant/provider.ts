/** A registration on the tenant, as the tenant describes it (reference: custom provider object). */
export interface Provider {
  readonly id: string;
  readonly name: string;
  /** `ENABLED`, `DISABLED`, `DELETING` ...; the digits as text when the tenant answers with a number. */
  readonly state: string;
  /** The payload templates of the provider; more than one on providers made for several. */
  readonly templates: readonly string[];
  /** Whether the provider takes part in lifecycle management; undefined when the tenant does not say. */
  readonly provisioning: boolean | undefined;
  /** `SCIM`, `SEND_REST_PAYLOAD` or a value that this version does not know. */
  readonly externalLifecycleManagementType: string | undefined;
  /** Every key that the tenant sent, with secrets inside `configuration_json` replaced by `(secret)`. */
  readonly raw: Readonly<Record<string, unknown>>;
}
