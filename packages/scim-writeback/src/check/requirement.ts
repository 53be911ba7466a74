import type { Probe } from './probe.ts';

/** One thing that a tenant needs of an endpoint, or that RFC 7644 asks and other clients need. */
export interface Requirement {
  /** Stable, named after the file: `user-create`. */
  readonly code: string;
  readonly title: string;
  readonly source: string;
  /** How to put it right. */
  readonly fix: string;
  /** Whether it makes, changes or deletes anything. */
  readonly writes: boolean;
  /** Checked only when the tenant is to read `/Schemas`. */
  readonly ofExtensions?: true;
  /** Returns when the requirement is met. Throws what `judge.ts` throws otherwise. */
  check(probe: Probe): Promise<void>;
}
