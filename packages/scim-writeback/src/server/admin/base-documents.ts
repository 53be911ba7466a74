import type { AcceptedBase } from '../../directory/bases.ts';
import type { BaseRecord, DriftRecord } from '../../directory/write-back.ts';
import { showInstant } from '../../protocol/values/date-time.ts';

/** What the administration API answers about an accepted base, and `oaa scim base submit --json` prints. */
export interface AcceptedBaseDocument extends Omit<AcceptedBase, 'record'> {
  /** Its time with `Z`. */
  readonly base: BaseRecord;
}

/** What it answers about all of them, and `oaa scim base list --json` prints. */
export interface BaseListDocument {
  /** The last one first. */
  readonly bases: readonly BaseRecord[];
  /** Drift that is open. */
  readonly drifts: readonly DriftRecord[];
}

const shown = (record: BaseRecord): BaseRecord => ({ ...record, acceptedAt: showInstant(record.acceptedAt) });

export function acceptedBaseDocument({ record, changes, drifts, notices }: AcceptedBase): AcceptedBaseDocument {
  return { base: shown(record), changes, drifts, notices };
}

export function baseListDocument(records: readonly BaseRecord[], drifts: readonly DriftRecord[]): BaseListDocument {
  return { bases: records.map(shown), drifts };
}
