import { createHmac, randomBytes } from 'node:crypto';
import { UsageError } from '@oaa-kit/oaa';
import type { CredentialStore, StoredCredential } from '../../directory/credentials.ts';
import type { Authenticator, Principal } from '../scim-service.ts';
import { isLive } from './issue-credential.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { readAuthorization } from './read-authorization.ts';
import { ShortLivedCache } from './short-lived-cache.ts';
import { readToken, sameDigest, tokenDigest } from './token.ts';
import { WorkGate } from './work-gate.ts';

export interface AuthenticatorOptions {
  readonly credentials: CredentialStore;
  /** From the operator, beside those of the store: `givenToken`, `givenBasic`. */
  readonly given?: readonly StoredCredential[] | undefined;
  readonly now?: (() => Date) | undefined;
}

/** A token that was revoked elsewhere opens nothing after so long. */
const tokenCacheMs = 1_000;
/** A password is hashed again after so long. */
const passwordCacheMs = 60_000;
const cacheLimit = 1_000;
/** Each takes 32 MiB, and a thread of the four that Node has. */
const concurrentHashes = 2;
const waitingHashes = 16;
const touchIntervalMs = 5 * 60_000;
/** What an unknown token is compared with. */
const noDigest = '0'.repeat(64);

interface Known {
  readonly credential: StoredCredential;
  readonly principal: Principal;
}

function known(credential: StoredCredential): Known {
  const { organization, id, label, scopes } = credential;
  return { credential, principal: { organization, credentialId: id, label, scopes: new Set(scopes) } };
}

class StoreAuthenticator implements Authenticator {
  readonly challenges: readonly string[];
  readonly #store: CredentialStore;
  readonly #givenTokens: readonly Known[];
  readonly #givenBasic: readonly Known[];
  readonly #takesBasic: boolean;
  readonly #now: () => Date;
  /** The hash of a password that nobody has: unknown users take as long as known ones. */
  readonly #nobody: string;
  readonly #tokens = new ShortLivedCache<Known>(tokenCacheMs, cacheLimit);
  readonly #passwords = new ShortLivedCache<true>(passwordCacheMs, cacheLimit);
  /** Without it, what is in memory would be a fast hash of passwords that people chose. */
  readonly #cacheKey = randomBytes(32);
  readonly #hashes = new WorkGate(concurrentHashes, waitingHashes);
  readonly #touchedMs = new Map<string, number>();

  constructor(options: AuthenticatorOptions, nobody: string, takesBasic: boolean) {
    const { credentials, given = [], now = () => new Date() } = options;
    this.#store = credentials;
    this.#givenTokens = given.filter(({ kind }) => kind === 'token').map(known);
    this.#givenBasic = given.filter(({ kind }) => kind === 'basic').map(known);
    this.#now = now;
    this.#nobody = nobody;
    this.#takesBasic = takesBasic;
    this.challenges = ['Bearer realm="scim"', ...(takesBasic ? ['Basic realm="scim", charset="UTF-8"'] : [])];
  }

  async authenticate(authorization: string | undefined): Promise<Principal | undefined> {
    const presented = readAuthorization(authorization);
    if (presented === undefined) return undefined;
    if (presented.scheme === 'bearer') return this.#byToken(presented.token);
    // Where nobody has a password, nobody may make the server hash one.
    return this.#takesBasic ? this.#byPassword(presented.userName, presented.password) : undefined;
  }

  async #byToken(token: string): Promise<Principal | undefined> {
    const digest = tokenDigest(token);
    let given: Known | undefined;
    // All of them, whichever fits.
    for (const one of this.#givenTokens) if (sameDigest(one.credential.digest, digest)) given = one;
    const now = this.#now();
    if (given !== undefined) return isLive(given.credential, now.toISOString()) ? given.principal : undefined;

    const cached = this.#tokens.get(digest, now.getTime());
    if (cached !== undefined) return this.#admit(cached, now);

    const name = readToken(token);
    if (name === undefined) return undefined;
    const stored = await this.#store.find(name.organization, name.id);
    const fits = sameDigest(stored?.digest ?? noDigest, digest);
    if (stored === undefined || stored.kind !== 'token' || !fits) return undefined;
    const found = known(stored);
    this.#tokens.set(digest, found, now.getTime());
    return this.#admit(found, now);
  }

  async #byPassword(userName: string, password: string): Promise<Principal | undefined> {
    const now = this.#now();
    const candidate = await this.#candidate(userName, now);
    const digest = candidate?.credential.digest ?? this.#nobody;
    // The digest is part of the key: a new password makes the old entry worthless.
    const key = createHmac('sha256', this.#cacheKey).update(`${digest}\n${password}`).digest('hex');
    if (candidate !== undefined && this.#passwords.get(key, now.getTime()) !== undefined) {
      return this.#admit(candidate, now);
    }
    const fits = await this.#hashes.run(() => verifyPassword(password, digest));
    if (candidate === undefined || !fits) return undefined;
    this.#passwords.set(key, true, now.getTime());
    return this.#admit(candidate, now);
  }

  /** The one live credential with this user name: the given one comes first. */
  async #candidate(userName: string, now: Date): Promise<Known | undefined> {
    const stored = await this.#store.findByUserName(userName);
    const given = this.#givenBasic.find(({ credential }) => credential.userName === userName);
    if (given !== undefined) return given;
    const live = stored.filter((one) => one.kind === 'basic' && isLive(one, now.toISOString()));
    // Two that share a name lead to two organizations: neither is opened by guessing which was meant.
    const [only] = live;
    return only === undefined || live.length > 1 ? undefined : known(only);
  }

  #admit({ credential, principal }: Known, now: Date): Principal | undefined {
    if (!isLive(credential, now.toISOString())) return undefined;
    this.#touch(credential, now);
    return principal;
  }

  /** Notes the use, at most every five minutes, beside the answer: that it fails is no reason to refuse the request. */
  #touch({ organization, id, lastUsedAt }: StoredCredential, now: Date): void {
    if (id.startsWith('given:')) return;
    const key = `${organization}/${id}`;
    const lastMs = this.#touchedMs.get(key) ?? (lastUsedAt === undefined ? 0 : Date.parse(lastUsedAt));
    if (now.getTime() - lastMs < touchIntervalMs) return;
    if (this.#touchedMs.size >= cacheLimit) this.#touchedMs.clear();
    this.#touchedMs.set(key, now.getTime());
    void this.#store.touch(organization, id, now.toISOString()).catch(() => undefined);
  }
}

/**
 * Finds out who asks, from the `Authorization` header: bearer tokens and Basic, of the store and of the operator.
 *
 * A revoked token is refused after a second at most, a token that has expired at once. Basic is offered when there is a
 * credential for it at this time.
 *
 * @throws {UsageError} when no credential could open the service: there is no default one
 *
 * @example
 * const authenticator = await createAuthenticator({ credentials: directory.credentials });
 */
export async function createAuthenticator(options: AuthenticatorOptions): Promise<Authenticator> {
  const { credentials, given = [], now = () => new Date() } = options;
  const instant = now().toISOString();
  if (!given.some((one) => isLive(one, instant)) && !(await credentials.hasUsable(instant))) {
    throw new UsageError('setting-missing', 'No credential could open this service: there is none that is live.', {
      hint: 'Make one with `oaa scim token create --label <client> --database <database>`, or give one with --token env:NAME, or with --basic-user NAME --basic-password env:NAME.',
    });
  }
  const all = [...given, ...(await credentials.list())];
  const takesBasic = all.some((one) => one.kind === 'basic' && isLive(one, instant));
  return new StoreAuthenticator(options, await hashPassword(randomBytes(32).toString('hex')), takesBasic);
}
