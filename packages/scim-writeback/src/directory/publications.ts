import type { Removal } from '@oaa-kit/oaa';
import type { AsExtracted } from '../projection/as-extracted.ts';
import type { ProjectedResource } from '../projection/kind-projection.ts';
import type { KeyedLink } from '../projection/published-keys.ts';
import type { QuarantinedValue } from '../projection/quarantine.ts';
import type { LastBase } from './bases.ts';

/** What is published: the directory at a revision, over a base. */
export interface Pair {
  readonly revision: number;
  readonly generation: number;
}

/** An organization and the data source that it is published to. */
export interface PublicationKey {
  readonly organization: string;
  /** Names, as the tenant has them. */
  readonly provider: string;
  readonly dataSource: string;
}

/** What a database stands at. */
export interface CurrentPair {
  readonly revision: number;
  /** Undefined before the first base: nothing is published then. */
  readonly generation: number | undefined;
  /** Undefined before anything was published from this database. */
  readonly incarnation: string | undefined;
}

/** A pair of one life of a database: a restored copy counts on from numbers that were given before. */
export interface PairOfIncarnation extends Pair {
  readonly incarnation: string;
}

/** Why publication waits for somebody, or for a time. */
export interface PublicationHold {
  /**
   * - `removal`: the push would remove more than the removal guard lets go; waits for `accept-removal`.
   * - `refused`: the tenant, or the validation before, refuses the payload, and nothing says which value; tried again.
   * - `credentials`, `settings`: somebody has to set something right; tried again.
   */
  readonly kind: 'removal' | 'refused' | 'credentials' | 'settings';
  readonly pair: PairOfIncarnation;
  /** A sentence, without secrets. */
  readonly message: string;
  readonly hint?: string | undefined;
  readonly removals?: readonly Removal[] | undefined;
  readonly since: number;
}

/** What is known of a publication. Times in milliseconds since 1970, by the clock of the database. */
export interface PublicationState {
  readonly paused: boolean;
  /** The last push that the tenant has confirmed. */
  readonly published: (PairOfIncarnation & { readonly dataSourceId: string; readonly at: number }) | undefined;
  /** A push whose end nobody has noted: it may still reach the tenant until `until`. */
  readonly push: { readonly pair: PairOfIncarnation; readonly begunAt: number; readonly until: number } | undefined;
  /** Until then an earlier push, whose outcome nobody knows, may arrive on top of later ones. */
  readonly strayUntil: number | undefined;
  /** Why a push is due although the published pair may be the current one. */
  readonly full: string | undefined;
  readonly hold: PublicationHold | undefined;
  /** The pair for which removals were accepted. */
  readonly acceptedRemoval: PairOfIncarnation | undefined;
  /** Left out since the tenant refused it; with a new base, all of it is tried again. */
  readonly quarantine: { readonly generation: number; readonly values: readonly QuarantinedValue[] } | undefined;
  /** What was left out of the published payload: at most 20 sentences, and how many there are. */
  readonly leftOut: { readonly count: number; readonly messages: readonly string[] } | undefined;
  readonly lastError: { readonly message: string; readonly at: number } | undefined;
  /** When a push was tried last, sent or not. */
  readonly lastAttemptAt: number | undefined;
  /** How often in a row it came to nothing. */
  readonly failures: number;
  readonly retryAt: number | undefined;
}

export const initialPublicationState: PublicationState = {
  paused: false,
  published: undefined,
  push: undefined,
  strayUntil: undefined,
  full: undefined,
  hold: undefined,
  acceptedRemoval: undefined,
  quarantine: undefined,
  leftOut: undefined,
  lastError: undefined,
  lastAttemptAt: undefined,
  failures: 0,
  retryAt: undefined,
};

/** Who publishes, and until when nobody else does. */
export interface PublicationLease {
  readonly owner: string;
  /** Counts owners. */
  readonly epoch: number;
  readonly until: number;
}

/** A publication as it is at one moment. */
export interface PublicationView {
  readonly key: PublicationKey;
  readonly state: PublicationState;
  /** Undefined: nobody publishes. */
  readonly lease: PublicationLease | undefined;
  readonly current: CurrentPair;
  /** When the oldest change that is not published was made; undefined where everything is. Milliseconds since 1970. */
  readonly behindSince: number | undefined;
  /** The clock of the database. */
  readonly now: number;
}

/** Computes a state from another; it may be called several times. */
export type PublicationChange = (state: PublicationState, now: number) => PublicationState;

export interface OpenIntents {
  readonly open: number;
  readonly needsAttention: number;
}

/** A resource with the SCIM ids of the groups that it is in directly. */
export interface SnapshotResource {
  readonly id: string;
  /** Undefined where it is known already. */
  readonly resource: ProjectedResource | undefined;
  readonly groupIds: readonly string[];
}

/** All that a payload is made of, as of one moment. Lists come in parts, and have to be read one after the other. */
export interface PublicationSnapshot {
  readonly pair: Pair;
  readonly base: Pick<LastBase, 'payload' | 'linking'> & { readonly asExtracted: AsExtracted | undefined };
  /** All, tombstones too. */
  links(): AsyncIterable<readonly KeyedLink[]>;
  /** Reads all of a group unless that need not be. */
  groups(isKnown: KnownResource): AsyncIterable<readonly SnapshotResource[]>;
  users(isKnown: KnownResource): AsyncIterable<readonly SnapshotResource[]>;
}

/** Whether what a resource says in this version is known already. */
export type KnownResource = (id: string, version: number) => boolean;

/** What is published from a database, and who does. Every method is one transaction. */
export interface PublicationStore {
  /** Publications of an organization, or of all. */
  list(organization?: string): Promise<readonly PublicationView[]>;
  /** Undefined before anybody has claimed it. */
  view(key: PublicationKey): Promise<PublicationView | undefined>;
  /**
   * Takes or prolongs the lease. Whoever gets it from another owner finds `full` set: it has to push, whatever is published.
   * Undefined: somebody else has it.
   */
  claim(key: PublicationKey, owner: string, leaseMs: number): Promise<PublicationView | undefined>;
  /** Gives the lease back, so that the next owner need not wait for its end. */
  release(key: PublicationKey, lease: PublicationLease): Promise<void>;
  /** Changes the state as its owner. Undefined: somebody else is the owner now, and nothing was changed. */
  record(
    key: PublicationKey,
    lease: PublicationLease,
    change: PublicationChange,
  ): Promise<PublicationState | undefined>;
  /** Changes the state as an operator does. Undefined: there is no such publication. */
  change(key: PublicationKey, change: PublicationChange): Promise<PublicationState | undefined>;
  /** Tells this database from what it was restored from: everything is published again. */
  renewIncarnation(): Promise<void>;
  openIntents(organization: string): Promise<OpenIntents>;
  /** Lets `work` read one moment. Undefined before the first base. */
  snapshot<Result>(
    organization: string,
    work: (snapshot: PublicationSnapshot) => Promise<Result>,
  ): Promise<Result | undefined>;
}
