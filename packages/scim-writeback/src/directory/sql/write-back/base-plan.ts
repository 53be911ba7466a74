import type { BaseRow } from '../../../base/merge/read-base.ts';
import type { ResourceKind } from '../../directory.ts';
import type { DriftRecord } from '../../write-back.ts';
import type { NewRow } from './linked-rows.ts';
import type { PreparedCreation } from './prepare-creations.ts';

/** What a base changes in the directory. */
export interface BasePlan {
  readonly deletions: readonly { readonly kind: ResourceKind; readonly id: string }[];
  readonly updates: readonly PlannedUpdate[];
  readonly creations: readonly PreparedCreation[];
  readonly members: readonly PlannedMembers[];
  /** Resources that have no link yet; `key` is the base's, or their own id where no base has shown them. */
  readonly newLinks: readonly {
    readonly kind: ResourceKind;
    readonly id: string;
    readonly key: string;
    readonly nativeId: string | undefined;
  }[];
  /** Versions of resources that are published as the base has them, by id, where the base leaves them as they are. */
  readonly asExtracted: ReadonlyMap<string, number>;
  /** All drift that is open after this base. */
  readonly drifts: readonly DriftRecord[];
}

export interface PlannedUpdate {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly row: BaseRow;
  /** What the resource takes from the row: paths of `ComparableFacts`. */
  readonly paths: readonly string[];
}

export interface PlannedCreation extends NewRow {
  readonly kind: ResourceKind;
}

export interface PlannedMembers {
  readonly groupId: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}
