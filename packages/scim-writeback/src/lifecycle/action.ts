import type { RequestDocument } from '../client/describe-request.ts';

/** One request of an action, and what came of it. */
export interface ActionStep {
  readonly request: RequestDocument;
  /** `not-sent`: a dry run left it out. `no-answer`: whether it was done is not known. */
  readonly outcome: 'answered' | 'refused' | 'no-answer' | 'not-sent';
  /** Of the answer. */
  readonly status?: number | undefined;
}

export interface ActionOptions {
  /**
   * Sends requests that read, and none that changes anything: the first of those ends the action, as `not-sent`. So a
   * dry run needs the service and a credential that may read, and tells whether a user would be made or changed.
   */
  readonly dryRun?: boolean | undefined;
  /** Told of each request as soon as its outcome is known. */
  readonly onStep?: ((step: ActionStep) => void) | undefined;
}

/** What came of an action. With a dry run: what would have come of it. */
export type ActionOutcome =
  | 'created'
  | 'updated'
  /** Nothing to do: the user is as it should be. */
  | 'unchanged'
  | 'deactivated'
  | 'deleted'
  | 'added'
  | 'removed';

export interface ActionResult {
  readonly outcome: ActionOutcome;
  /** Id of the user or group that the action is about; undefined where a dry run left out what would have made it. */
  readonly id: string | undefined;
  /** The user name that a sync ended with, as the service has it: one of the fallbacks, perhaps. */
  readonly userName?: string | undefined;
  readonly dryRun: boolean;
  /** Every request, in order. */
  readonly steps: readonly ActionStep[];
}
