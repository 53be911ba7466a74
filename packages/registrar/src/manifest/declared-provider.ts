/** A JSON value, as manifest, plan and state hold it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonRecord;
export type JsonRecord = { readonly [key: string]: JsonValue };

/** Where something is written: a file as the user named it, row and column counted from 1. */
export interface Place {
  readonly file: string;
  readonly row: number;
  readonly column: number;
}

/** A secret of a provider: what it is for, and where it is found. The value itself is in no manifest, plan or state. */
export interface DeclaredSecret {
  /** The wire field, and the key in it where it has keys: `configuration_json.scim_token`. */
  readonly path: string;
  /** `env:NAME`, `file:path` or `cmd:program argument`; paths are relative to `folder`. */
  readonly reference: string;
  /** Absolute folder of the manifest. */
  readonly folder: string;
  /** Where the reference stands. */
  readonly place: Place;
}

export interface DeclaredIcon {
  /** Absolute path of the file, which is read again when it is sent. */
  readonly file: string;
  /** Of the bytes that were there when the manifest was read, in hex. */
  readonly sha256: string;
}

export interface DeclaredDataSource {
  readonly name: string;
  /** Needed on a provider of several payload templates. */
  readonly template?: string | undefined;
  /** It is to be deleted. */
  readonly absent: boolean;
}

/**
 * What is needed to reach the SCIM endpoint of a provider, read from its `configuration_json` for the endpoint check and
 * the health of the connection. `token`, `username`, `password` are paths among `secrets`, or, for a user name, plain text.
 */
export interface ScimConnection {
  readonly url: string;
  readonly usersEndpoint?: string | undefined;
  readonly groupsEndpoint?: string | undefined;
  readonly extensionSchemas: boolean;
  /** PEM text. */
  readonly caCertificate?: string | undefined;
  /** The user name, where it is no secret. */
  readonly username?: string | undefined;
}

/** One provider as a manifest wants it, for one environment, with every rule of the manifest kept. */
export interface DeclaredProvider {
  /** What stays the same when the name changes; the name unless the manifest gives a `key`. */
  readonly key: string;
  readonly name: string;
  readonly place: Place;
  /** A provider of this name that nobody here made may be taken over. */
  readonly adopt: boolean;
  /** It is to be deleted; nothing below is then looked at. */
  readonly absent: boolean;
  /** One goes out as `custom_template`, several as `custom_templates`. Fixed at creation: another one is a replacement. */
  readonly templates: readonly string[];
  /**
   * Every other wire field but `configuration_json` and secrets: `provisioning`, `external_lifecycle_management_type`,
   * `csv_mapping_configuration`, and whatever the manifest passes through.
   */
  readonly fields: JsonRecord;
  /** `configuration_json` as an object, without its secrets; undefined when the manifest has none. */
  readonly configuration: JsonRecord | undefined;
  /** Set when `external_lifecycle_management_type` is `SCIM`. */
  readonly scim: ScimConnection | undefined;
  readonly secrets: readonly DeclaredSecret[];
  readonly icon: DeclaredIcon | undefined;
  readonly dataSources: readonly DeclaredDataSource[];
}

/** What one or several manifest files say, for one environment. */
export interface Manifests {
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
  /** The environment that was asked for. */
  readonly environment: string | undefined;
  /** The tenant that the manifest is for, where it says so: every document then says the same. */
  readonly tenant: { readonly url: string; readonly apiKey?: string | undefined; readonly place: Place } | undefined;
  /** In the order of the files. No two have a key or a name in common. */
  readonly providers: readonly DeclaredProvider[];
  /** What is allowed and hardly meant: token and password both given, a certificate that expires within 30 days. */
  readonly warnings: readonly ManifestProblem[];
}

export interface ManifestProblem extends Place {
  readonly code: string;
  readonly message: string;
}
