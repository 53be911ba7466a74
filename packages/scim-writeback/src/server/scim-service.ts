import type { Scope } from '../directory/credentials.ts';
import type { Directory } from '../directory/directory.ts';
import type { Profile } from '../protocol/profile.ts';
import type { ResourceType } from '../protocol/schemas/schema.ts';

/** A request as any HTTP library has it. */
export interface ScimRequest {
  readonly method: string;
  /** Path and query below the place where the service is mounted, as they came: `/Users/42?attributes=emails`. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undefined: there is none. */
  readonly body?: AsyncIterable<Uint8Array> | undefined;
  /** Of the connection; for logs and for trusted proxies. */
  readonly remoteAddress?: string | undefined;
  /** Of the connection: `https` where it is encrypted up to this process. Default: `http`. */
  readonly scheme?: 'http' | 'https' | undefined;
}

export interface ScimResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or pieces of text for what is written as it is read. */
  readonly body?: string | AsyncIterable<string> | undefined;
}

/** Who asks. */
export interface Principal {
  readonly organization: string;
  readonly credentialId: string;
  /** What logs, metrics and change rows call the credential. */
  readonly label: string;
  readonly scopes: ReadonlySet<Scope>;
}

export interface Authenticator {
  /** For `WWW-Authenticate`, in order: `Bearer realm="scim"`. */
  readonly challenges: readonly string[];
  /** Undefined: not known, expired or revoked. Takes as long for unknown users as for wrong passwords. */
  authenticate(authorization: string | undefined): Promise<Principal | undefined>;
}

export interface RateLimiter {
  /** Counts a request; undefined when it may go on, else the seconds to wait. */
  take(credentialId: string): number | undefined;
}

/** What happened to one request; told when its answer begins. */
export interface RequestRecord {
  readonly requestId: string;
  readonly method: string;
  /** Never with ids or queries: `/Users/{id}`. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly organization: string | undefined;
  readonly credential: string | undefined;
  /** What went wrong, where it is a fault of ours. */
  readonly error?: unknown;
}

/** Whole numbers above 0. */
export interface ServiceLimits {
  /** Of a request about users: a user has some KiB. Values are checked in one piece, while everybody else waits. Default: 1 MiB. */
  readonly userBodyBytes: number;
  /**
   * Of a request about groups. Default: 32 MiB, since a group with 100,000 members as it is shown has about 16 MB, and more
   * with a long base URL; clients PUT back what they got.
   */
  readonly groupBodyBytes: number;
  /** Resources on a page where the client does not say how many. Default: 100. */
  readonly defaultCount: number;
  /** Resources on a page at most. Default: 1,000. */
  readonly maxCount: number;
  /**
   * What a list may look at that no index answers: resources times terms of its filter, of which those about members or
   * memberships count as 16 unless they are about ids; more is 400 `tooMany`. Default: 20,000,000, which is 20 terms about
   * each of 1,000,000 users.
   */
  readonly scanTests: number;
}

export interface ScimServiceOptions {
  readonly directory: Directory;
  readonly authenticator: Authenticator;
  /**
   * Where clients find the service, with the prefix of the mount and without a slash at the end:
   * `https://scim.example.com/v2`. Undefined: from the `Host` of each request, or `X-Forwarded-*` of a trusted proxy.
   */
  readonly baseUrl?: string | undefined;
  /** The path at which it is mounted, for base URLs that are made from requests: `/scim`. */
  readonly mountPath?: string | undefined;
  /** Addresses or CIDR ranges of proxies whose `X-Forwarded-*` are believed. */
  readonly trustedProxies?: readonly string[] | undefined;
  readonly profile?: Profile | undefined;
  readonly userType?: ResourceType | undefined;
  readonly groupType?: ResourceType | undefined;
  readonly limits?: Partial<ServiceLimits> | undefined;
  readonly rateLimiter?: RateLimiter | undefined;
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
  /** Undefined for `/Users`... behind which no documentation is. */
  readonly documentationUri?: string | undefined;
}

/** A SCIM service without a server: mounted with `scimFastify`, `nodeHandler`, or by hand. */
export interface ScimService {
  /** Answers a request; never rejects. */
  handle(request: ScimRequest): Promise<ScimResponse>;
}
