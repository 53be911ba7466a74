import type {
  ChangeContext,
  ChangedFacts,
  GroupMember,
  NewResource,
  ResourceChange,
  ResourceKind,
  StoredResource,
} from './directory.ts';

/** One identity for ever: a SCIM resource, its key in payloads, and what the application calls it. */
export interface Link {
  readonly kind: ResourceKind;
  /** Of the SCIM resource. */
  readonly id: string;
  /** In payloads, set once: the base's id, else its name; the SCIM id of what SCIM created. Compared with `foldKey`. */
  readonly key: string;
  /** What the application calls it, where it told. */
  readonly nativeId: string | undefined;
  readonly state: 'live' | 'tombstone';
  /** The revision from which the state holds. */
  readonly since: number;
}

/** What the connector extracted, as it was accepted. */
export interface BaseRecord {
  /** 1, 2, 3, ... for each organization. */
  readonly generation: number;
  /** The organization's revision before the extraction began. */
  readonly asOf: number;
  /** The organization's revision once it was merged. */
  readonly revision: number;
  /** SHA-256 of the payload's JSON, hex: to see the same base again. */
  readonly digest: string;
  /** Name and type of the application, which all bases of an organization share. */
  readonly application: { readonly name: string; readonly type: string };
  readonly counts: Readonly<Record<string, number>>;
  readonly actor: string;
  readonly acceptedAt: string;
}

/**
 * Which link each row of a base is. Decided once, when the base is accepted, and kept with it: native ids, names and links
 * change afterwards, and the grants of a row are still those of the link that it was then.
 */
export interface BaseLinking {
  /**
   * For each of `local_users`, in their order, the SCIM id of its link: live, or a tombstone that swallows the row. Null:
   * the row has none (`link.ambiguous`) and is published apart, as the base has it.
   */
  readonly users: readonly (string | null)[];
  /** The same for `local_groups`. */
  readonly groups: readonly (string | null)[];
}

/** A fact of which the directory was told that it was applied, and that the last base does not show. */
export interface DriftRecord {
  readonly kind: ResourceKind;
  readonly id: string;
  /** `exists`, a path of `ComparableFacts`, or `member:` and the id of the member. */
  readonly fact: string;
  /** Of the base that did not show it first. */
  readonly generation: number;
}

/** What an adapter is asked to do in the application. Ids of SCIM; `nativeId` where the application told one. */
export type ApplicationOperation =
  | { readonly type: 'create-user' | 'create-group'; readonly after: ResourceSnapshot }
  | {
      readonly type: 'update-user' | 'deactivate-user' | 'reactivate-user' | 'update-group';
      readonly before: ResourceSnapshot;
      readonly after: ResourceSnapshot;
    }
  | { readonly type: 'delete-user' | 'delete-group'; readonly before: ResourceSnapshot }
  | {
      /** At most `maxMembersPerOperation` at a time. */
      readonly type: 'add-members' | 'remove-members';
      readonly group: ResourceSnapshot;
      readonly members: readonly MemberSnapshot[];
    };

/** A resource as the application is to know it. */
export interface ResourceSnapshot {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly key: string;
  readonly nativeId: string | undefined;
  /** As in `StoredResource`. */
  readonly attributes: StoredResource['attributes'];
}

export interface MemberSnapshot extends Pick<GroupMember, 'id' | 'kind'> {
  readonly key: string;
  readonly nativeId: string | undefined;
  /** `userName` of a user, `displayName` of a group; undefined when it is gone. */
  readonly name: string | undefined;
}

/** What a request comes to, as tx1 found it: the net effect, with members who are there already left out. */
export type IntendedEffect =
  | { readonly type: 'create'; readonly after: ResourceSnapshot; readonly membersAdded: readonly MemberSnapshot[] }
  | {
      readonly type: 'update';
      readonly before: ResourceSnapshot;
      readonly after: ResourceSnapshot;
      readonly membersAdded: readonly MemberSnapshot[];
      readonly membersRemoved: readonly MemberSnapshot[];
    }
  | { readonly type: 'delete'; readonly before: ResourceSnapshot };

/** Why the application did not take a change, for the client. */
export interface ApplicationRefusal {
  /** A sentence without secrets. */
  readonly reason: string;
  /** `conflict`: somebody else has the name (409 `uniqueness`); `invalid`: 400 `invalidValue`; `not-found`: 404. */
  readonly kind: 'conflict' | 'invalid' | 'not-found';
}

/** What a database keeps in one place of a row. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** The transaction that writes the directory, for an application that is in the same database. */
export interface SqlTransaction {
  /**
   * Runs one statement that reads or writes rows (SELECT, INSERT, UPDATE, DELETE, REPLACE, VALUES, WITH), and gives the rows.
   * It is done as a whole or not at all; one that fails leaves what was done before. Statements run one after the other.
   *
   * @param parameters for each `?` of the statement, in order
   * @throws TypeError for another statement, and once the transaction has ended; what the database throws. What ends the
   * transaction instead of only failing (`OR ROLLBACK`, `RAISE(ROLLBACK)`) rolls back all of it, whatever is answered.
   */
  execute(statement: string, parameters?: readonly SqlValue[]): Promise<readonly Readonly<Record<string, SqlValue>>[]>;
}

/** What an application said to all operations of an intent, within the transaction. */
export type JoinedAnswer =
  | { readonly type: 'applied'; readonly nativeId: string | undefined }
  | { readonly type: 'refused'; readonly refusal: ApplicationRefusal };

/** A change that was asked for, before it is known whether the application took it. */
export interface Intent {
  /** Random; with the number of the operation it is the idempotency key for the application, the same in every attempt. */
  readonly id: string;
  readonly kind: ResourceKind;
  /** Of the resource that it locks; of a create, the id that the resource will have. */
  readonly resourceId: string;
  /** In this order; each is done before the next is begun. */
  readonly operations: readonly ApplicationOperation[];
  /** How many of the operations are known to be done. */
  readonly done: number;
  /** Whether the next operation may have been asked for already. */
  readonly asked: boolean;
  /** What the application calls the resource, where it told in the course of the operations. */
  readonly nativeId: string | undefined;
  /**
   * Set when the application has refused: the intent is closed with it. While the intent is open, the operations that are
   * left take back what was done before the refusal.
   */
  readonly refusal: ApplicationRefusal | undefined;
  readonly context: ChangeContext;
  /** Tells the same request again: of the actor, the resource and what the request comes to. */
  readonly digest: string;
  readonly state: 'open' | 'applied' | 'refused' | 'needs-attention';
  /** Who works at it; with `attempt` it fences what an earlier owner still wants to write. */
  readonly owner: string;
  /** 1, and one more each time somebody takes it over. */
  readonly attempt: number;
  /** ISO 8601; after it, any node may take the intent over. */
  readonly leaseUntil: string;
  /** How long nobody had held it when it was taken over; milliseconds. */
  readonly idleMs?: number | undefined;
  readonly openedAt: string;
  /** Why its end is not known, or why it needs attention: for those who run the service. */
  readonly reason: string | undefined;
}

/** What a request wants; computed against the state that the intent locks. */
export type IntentRequest =
  | { readonly type: 'create'; readonly kind: ResourceKind; readonly resource: NewResource }
  | {
      readonly type: 'update';
      readonly kind: ResourceKind;
      readonly id: string;
      readonly decide: (current: StoredResource) => ResourceChange;
    }
  | {
      readonly type: 'delete';
      readonly kind: ResourceKind;
      readonly id: string;
      readonly check: (current: StoredResource) => void;
    };

/** What somebody takes away with a change. */
export interface Removals {
  /** Users deleted or deactivated. */
  readonly users: number;
  readonly groups: number;
  /** Members taken out of groups; those who go with a deleted user or group are not counted. */
  readonly memberships: number;
}

/** How much one credential may take away within an hour, whatever was left of it undone. Left out: any number. */
export type RemovalLimits = { readonly [Kind in keyof Removals]?: number | undefined };

export interface OpenOptions {
  readonly context: ChangeContext;
  readonly owner: string;
  /** At most `longestLeaseMs` is given. */
  readonly leaseMs: number;
  /** Which operations carry a change into the application, in order; none where it is nothing to the application. */
  readonly plan: (effect: IntendedEffect) => readonly ApplicationOperation[];
  readonly removalLimits?: RemovalLimits | undefined;
}

/** What opening an intent came to. */
export type Opened =
  /** Locked, and to be carried out. */
  | { readonly type: 'opened'; readonly intent: Intent }
  /** Nothing would change: nobody is called. */
  | { readonly type: 'unchanged'; readonly resource: StoredResource }
  /** Another open intent has the resource or one of its unique values; `joins`: it is the same request again. */
  | { readonly type: 'locked'; readonly by: Intent; readonly joins: boolean }
  /** The credential has taken away too much of late; nothing was begun. */
  | { readonly type: 'over-limit'; readonly kind: keyof Removals; readonly limit: number; readonly waitMs: number };

/** What closing an intent as applied came to. */
export interface Applied {
  /** Undefined after a delete, and where a base has taken the resource away meanwhile. */
  readonly resource: StoredResource | undefined;
  readonly facts: ChangedFacts;
}

/** What closing an intent came to where the application is in the database, too. */
export type JoinedOutcome =
  | { readonly type: 'applied'; readonly applied: Applied }
  | { readonly type: 'refused'; readonly refusal: ApplicationRefusal };

/** No lease is longer: one that ends later was written before the clock was set back, and is cut to this. */
export const longestLeaseMs = 5 * 60_000;

/** The intents of one organization: what write-back.md calls tx1 and tx2. Every method is one transaction. */
export interface IntentStore {
  /**
   * tx1: checks as the directory's own change would (preconditions, uniqueness, members, no-op), keeps nothing of it, and
   * writes the intent with its reserved unique values.
   *
   * @throws ScimError as `OrganizationDirectory`
   */
  open(request: IntentRequest, options: OpenOptions): Promise<Opened>;

  /**
   * Notes how many operations are done, and lengthens the lease. False: somebody else has the intent now.
   *
   * @param done `asked`: whether the next one is about to be asked for; so it is unless told otherwise
   */
  advance(
    intent: Intent,
    done: {
      readonly operations: number;
      readonly nativeId?: string | undefined;
      readonly asked?: boolean | undefined;
    },
    leaseMs: number,
  ): Promise<boolean>;

  /**
   * Sets when the lease ends: to keep it while a call is under way, or to let others try after a while. False: somebody else
   * has the intent now.
   *
   * @param reason why its end is not known
   */
  renew(intent: Intent, leaseMs: number, reason?: string): Promise<boolean>;

  /** Replaces the operations that are not done by those that undo what is done. False: somebody else has it now. */
  turnBack(intent: Intent, undoing: readonly ApplicationOperation[], refusal: ApplicationRefusal): Promise<boolean>;

  /**
   * tx2, all operations being done: the document, member rows, link and change row; the intent is closed. Undefined:
   * somebody else has it now. What the directory cannot take any more (a group that would be in itself) needs attention.
   *
   * @param nativeId from the last operation
   */
  apply(intent: Intent, nativeId?: string): Promise<Applied | 'needs-attention' | undefined>;

  /**
   * tx2 that the application joins: either all of both is written and the intent is closed as applied, or nothing is and it
   * is closed as refused, by the application or for what the directory cannot take any more. Undefined: somebody else has it
   * now, and nothing was written.
   *
   * @param carry does the application's part. It may be called again when the transaction has to be, and all other changes
   * of the database wait for it.
   * @throws what `carry` throws, and TransactionEndedError where a statement of it has ended the transaction: nothing was
   * written, and the intent is as it was
   */
  applyJoined(
    intent: Intent,
    carry: (transaction: SqlTransaction) => Promise<JoinedAnswer>,
  ): Promise<JoinedOutcome | undefined>;

  /** Closes without effect and gives back what was reserved. False: somebody else has it now. */
  refuse(intent: Intent, refusal: ApplicationRefusal): Promise<boolean>;

  /** Leaves it to people: only this resource is blocked. False: somebody else has it now. */
  needAttention(intent: Intent, reason: string): Promise<boolean>;

  /** Takes over intents whose lease has ended, at most `limit`, oldest first, but for those in `except`. */
  takeOver(owner: string, leaseMs: number, limit: number, except: readonly string[]): Promise<readonly Intent[]>;

  /**
   * Takes over one that needs attention, or that is tried again and again, whatever its lease says. Undefined where there is
   * none, it is closed, or a request is still waiting for it.
   */
  seize(id: string, owner: string, leaseMs: number): Promise<Intent | undefined>;

  get(id: string): Promise<Intent | undefined>;
  /** Open ones and those that need attention, oldest first. */
  list(): Promise<readonly Intent[]>;
  /** Forgets intents that were closed a while ago: `list` does not show them, and nobody asks for their outcome any more. */
  forgetClosed(): Promise<void>;
}

/** The links of one organization. */
export interface LinkStore {
  all(): AsyncIterable<readonly Link[]>;
  find(kind: ResourceKind, id: string): Promise<Link | undefined>;
}
