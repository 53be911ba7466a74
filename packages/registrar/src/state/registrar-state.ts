import type { JsonRecord, JsonValue } from '../manifest/declared-provider.ts';

/** A secret that was sent, as scrypt (RFC 7914) keeps it: enough to know it again, and not to know it. */
export interface RememberedSecret {
  /** `configuration_json.scim_token` */
  readonly path: string;
  /** Base64; 16 random bytes, a salt for each secret. */
  readonly salt: string;
  /** Base64; 32 bytes. */
  readonly hash: string;
  readonly cost: { readonly n: number; readonly r: number; readonly p: number };
}

/** What is remembered of a provider that was created, adopted or changed here. */
export interface RememberedProvider {
  readonly key: string;
  readonly id: string;
  /** The name that it had after the last apply. */
  readonly name: string;
  /** What was sent last by path (`provisioning`, `configuration_json.scim_url`), without secrets. */
  readonly sent: JsonRecord;
  /**
   * What the tenant showed right afterwards under those paths where it showed something else than was sent (a number
   * for a word, nothing at all): seen again, it is no difference. `null` stands for nothing shown.
   */
  readonly answered: Readonly<Record<string, JsonValue>>;
  readonly secrets: readonly RememberedSecret[];
  /** Of the icon that was sent last, in hex. */
  readonly iconSha256: string | undefined;
  /** RFC 3339. */
  readonly appliedAt: string;
}

/** The state file: one for each tenant. */
export interface RegistrarState {
  readonly format: 'oaa-registrar-state';
  readonly version: 1;
  /** URL of the tenant; a file of another tenant is refused. */
  readonly tenant: string;
  /** Goes up by one with each writing. */
  readonly serial: number;
  readonly providers: readonly RememberedProvider[];
}
