import type { ResourceKind } from './directory.ts';
import type { BaseLinking, BaseRecord, DriftRecord } from './write-back.ts';

/** What can be said of a row, a resource or a membership when a base is accepted; nothing of it stops the rest. */
export interface BaseNotice {
  /**
   * - `link.ambiguous`: the row may be a resource that the directory knows, and nobody can say which. Both are published apart.
   * - `link.swallowed`: the row was extracted before its resource was deleted. Neither it nor its grants are published.
   * - `value.taken`: another resource has the user name, or another value that has to be unique. The row is published apart;
   *   where it is a resource already, the resource keeps the value that it has.
   * - `value.unusable`: a directory cannot keep the name. As `value.taken`.
   * - `membership.refused`: with it a group would be a member of itself.
   */
  readonly code: 'link.ambiguous' | 'link.swallowed' | 'value.taken' | 'value.unusable' | 'membership.refused';
  readonly kind: ResourceKind;
  /** Of the row, or the SCIM id of a group. */
  readonly key: string;
  /** A sentence. */
  readonly message: string;
}

/** How many resources and memberships a base has changed in the directory. */
export interface BaseChanges {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly membersAdded: number;
  readonly membersRemoved: number;
}

/**
 * By which attributes a row of a base is found to be a resource that no base has shown yet, and of which the application told
 * no native id; in this order. By each of them only where exactly one row and one resource are left to be each other. Who has
 * the name of such a resource, and may not be found by it, is `link.ambiguous`.
 */
export interface FirstContact {
  /** Default: `userName`, then `emails`. */
  readonly users?: readonly ('userName' | 'emails')[] | undefined;
  /** Default: `displayName`. */
  readonly groups?: readonly 'displayName'[] | undefined;
}

/** Name and type of an application, as payloads have them. */
export interface ApplicationName {
  readonly name: string;
  readonly type: string;
}

export interface SubmitOptions {
  /** What `begin` gave before the extraction; may be left out for the first base. */
  readonly asOf?: string | undefined;
  /** Who submits it, for the history. */
  readonly actor: string;
  /** Share of a kind that may go, in percent; 20 unless told otherwise. Ten of a kind may always go. */
  readonly maxRemovalPercent?: number | undefined;
  readonly link?: FirstContact | undefined;
  /** Of which the settings say that the base is. Default: that of the base before, and any for the first. */
  readonly application?: ApplicationName | undefined;
}

/** What accepting a base came to. */
export interface AcceptedBase {
  readonly record: BaseRecord;
  readonly changes: BaseChanges;
  /** All drift that is open now, in the order of kinds, ids and facts. */
  readonly drifts: readonly DriftRecord[];
  readonly notices: readonly BaseNotice[];
}

/** The last base, with all that a projection needs of it. */
export interface LastBase {
  readonly record: BaseRecord;
  readonly payload: unknown;
  readonly linking: BaseLinking;
}

/** The bases of one organization. */
export interface BaseStore {
  /** Called before an extraction begins. Changes nothing. */
  begin(): Promise<{ readonly asOf: string }>;

  /**
   * Merges a base into the directory, all or nothing, in one transaction, which every other change of the database waits for.
   * What is to be written is found out before, while others may change the directory; if they do, it is found out again.
   *
   * @param payload of the application template, parsed
   * @throws InputError `payload-invalid` with the diagnostics of `validate`; `base-foreign` for a base of another application
   * than before, or than the options name; `base-superseded` for one that began before the last one
   * @throws UsageError for an `asOf` that is missing, no such text, or of another database
   * @throws GuardError `guard` when more would go than is allowed; nothing was changed
   */
  submit(payload: unknown, options: SubmitOptions): Promise<AcceptedBase>;

  /** All accepted bases, the last one first. */
  list(): Promise<readonly BaseRecord[]>;

  /** Undefined before the first base. */
  last(): Promise<LastBase | undefined>;

  /** Drift that is open. */
  drifts(): Promise<readonly DriftRecord[]>;
}
