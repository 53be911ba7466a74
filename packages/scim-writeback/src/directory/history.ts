import type { ChangeRow, ResourceKind } from './directory.ts';

/** Somebody or something that was ever called what is asked for. */
export interface HistorySubject {
  readonly kind: ResourceKind;
  readonly id: string;
  /** `userName` or `displayName`: the last one that is on record. */
  readonly name: string | undefined;
  /** The revision of its deletion; undefined while it is there. */
  readonly deletedAt: number | undefined;
}

/** A change of a subject, or of a group in which it came or went. */
export interface HistoryEntry extends ChangeRow {
  /** What the changed group is called, where the change is one of membership. */
  readonly groupName?: string | undefined;
}

/** Who changed what in an organization. */
export interface HistoryStore {
  /**
   * Resources by id, or by any `userName` or `displayName` that they ever had, without regard to case; deleted ones too. In
   * the order in which they were made.
   */
  find(text: string): Promise<readonly HistorySubject[]>;
  /** All changes of a subject and of its memberships, the oldest first. */
  changes(subject: Pick<HistorySubject, 'kind' | 'id'>): Promise<readonly HistoryEntry[]>;
}
