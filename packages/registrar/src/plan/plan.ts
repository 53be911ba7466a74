import type { DeclaredProvider, JsonValue, Place } from '../manifest/declared-provider.ts';

/** What happens to a provider: `+ create`, `~ update`, `- delete`, `! replace` (delete, wait, create), or nothing. */
export type ProviderAction = 'create' | 'update' | 'delete' | 'replace' | 'none';

/**
 * Why a secret is sent, as far as is known without asking anybody: compared with what the state file remembers.
 * `unreadable`: its reference could not be read, so that the plan has a problem and is not applied.
 */
export type SecretChange = 'new' | 'changed' | 'unknown' | 'unreadable';

/** One wire field (`provisioning`, `name`, `icon`, `configuration_json.scim_url`) that is not as declared. */
export type PlannedField =
  | {
      readonly path: string;
      /** As the tenant shows it; absent when it shows nothing. */
      readonly before?: JsonValue | undefined;
      /** As declared; absent when it is taken out. */
      readonly after?: JsonValue | undefined;
    }
  | { readonly path: string; readonly secret: SecretChange };

export interface PlannedDataSource {
  readonly action: 'create' | 'delete';
  readonly name: string;
  readonly template?: string | undefined;
  /** Of the one to delete. */
  readonly id?: string | undefined;
}

/** What the plan saw of a provider and relies on; `apply` looks again before it begins. */
export interface AssumedProvider {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  /** SHA-256 in hex of all wire fields that the tenant showed (secrets redacted), but those that pushes change. */
  readonly fingerprint: string;
}

export interface PlannedProvider {
  readonly action: ProviderAction;
  readonly declared: DeclaredProvider;
  /** What was there; undefined when there was no provider of this id or name. */
  readonly assumes: AssumedProvider | undefined;
  /** The provider was there and is taken over: it gets its entry in the state file. */
  readonly adopts: boolean;
  /** It is declared absent and gone already: its entry in the state file goes, too. Nothing is sent. */
  readonly forgets: boolean;
  /** Why it is replaced, or deleted, or waited for; for people. */
  readonly reasons: readonly string[];
  readonly fields: readonly PlannedField[];
  readonly dataSources: readonly PlannedDataSource[];
  /** The SCIM connection is new or changed: the endpoint is checked before anything is sent. */
  readonly checksEndpoint: boolean;
  /** It destroys graph data, and `--allow-delete` was not given: it is shown, and `apply` refuses the plan. */
  readonly needsAllowDelete: boolean;
}

/** Why there is no plan for a provider: a name that somebody else has, one that nobody here made ... */
export interface PlanProblem {
  readonly code: 'name-taken' | 'not-ours' | 'other-name' | 'name-ambiguous' | 'secret-unreadable';
  readonly provider: string;
  readonly place: Place;
  readonly message: string;
  readonly hint: string;
}

/**
 * What apply would do: a document, versioned, without a secret in it. Written by `oaa registrar plan --out`, read by
 * `oaa registrar apply --plan`.
 */
export interface Plan {
  readonly format: 'oaa-registrar-plan';
  readonly version: 1;
  /** RFC 3339. */
  readonly createdAt: string;
  /** URL of the tenant that was read. */
  readonly tenant: string;
  readonly environment: string | undefined;
  readonly manifests: readonly { readonly file: string; readonly sha256: string }[];
  /** Of the state that was read; 0 when there was none. */
  readonly stateSerial: number;
  readonly allowDelete: boolean;
  readonly providers: readonly PlannedProvider[];
  /** A plan with problems cannot be applied. */
  readonly problems: readonly PlanProblem[];
  /** For people: providers remembered under keys that no manifest declares any more, secrets that will be sent unseen. */
  readonly notes: readonly string[];
}
