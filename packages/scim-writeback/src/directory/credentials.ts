/** What a credential may do. A SCIM credential never makes another. */
export const scopes = ['scim:read', 'scim:write', 'base:write', 'tokens:rotate'] as const;

export type Scope = (typeof scopes)[number];

/** A credential without its secret. */
export interface Credential {
  readonly id: string;
  readonly organization: string;
  readonly kind: 'token' | 'basic';
  /** What logs and history call it. */
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** As are all times in here, in the form of `Date.toISOString`. */
  readonly createdAt: string;
  readonly expiresAt: string | undefined;
  /** To within some minutes. */
  readonly lastUsedAt: string | undefined;
  readonly revokedAt: string | undefined;
}

export interface NewCredential {
  readonly organization: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: string | undefined;
}

/** A credential with what its secret is compared to: never the secret itself. */
export interface StoredCredential extends Credential {
  /** SHA-256 of a token (hex), or the encoded scrypt hash of a password with its salt and cost. */
  readonly digest: string;
  /** Of Basic. */
  readonly userName: string | undefined;
}

/** Where credentials are kept. Digests go in and out; making, hashing and comparing secrets is `server/auth`. */
export interface CredentialStore {
  /**
   * Adds a credential.
   *
   * @param check told of those of its kind that share its name: tokens of the organization with its label, Basic of any
   *   organization with its user name. Nothing changes between this and the addition; what it throws prevents it. It may be
   *   called several times.
   * @throws InputError when the organization is not there, and what `check` throws
   */
  add(credential: StoredCredential, check?: (namesakes: readonly Credential[]) => void): Promise<void>;
  /** A token by its id and organization, both of which are part of the token's text. */
  find(organization: string, id: string): Promise<StoredCredential | undefined>;
  /** Basic credentials with this user name, in any organization. */
  findByUserName(userName: string): Promise<readonly StoredCredential[]>;
  /** All of an organization, or of all. */
  list(organization?: string): Promise<readonly Credential[]>;
  /** Whether there is any that is neither expired nor revoked at `now`. */
  hasUsable(now: string): Promise<boolean>;
  /** False when there is none, or it was revoked before. */
  revoke(organization: string, id: string, at: string): Promise<boolean>;
  touch(organization: string, id: string, at: string): Promise<void>;
}
