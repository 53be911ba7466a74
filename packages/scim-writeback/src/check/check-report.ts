import type { RequestDocument } from '../client/index.ts';

/**
 * How a requirement was met. `not-tried`: it would write and the check is read-only, or what it builds on failed.
 * `unreachable`: no answer came at all, which says nothing about the endpoint as others see it.
 */
export type CheckStatus = 'passed' | 'failed' | 'warning' | 'not-tried' | 'unreachable';

/** One exchange with the endpoint, without credentials. */
export interface CheckExchange {
  readonly request: RequestDocument;
  /** Undefined when none came. `body` is cut at 2,000 characters. */
  readonly answer?: { readonly status: number; readonly body: string } | undefined;
}

/** What became of one requirement. */
export interface CheckResult {
  /** Stable: `user-create`, `member-remove` ... Named by `--accept-failing-checks`. */
  readonly code: string;
  /** A sentence: `A user is found by its userName`. */
  readonly title: string;
  /** The requirement's source: `OAA with SCIM Lifecycle Management, Required SCIM 2.0 Endpoints`, `RFC 7644 s3.12`. */
  readonly source: string;
  readonly status: CheckStatus;
  /** What is wrong, or why it was not tried; undefined when it passed. */
  readonly problem?: string | undefined;
  /** How to put it right. */
  readonly fix?: string | undefined;
  /** The last exchanges that show it, at most 6, last one last; none when it passed or was not tried. */
  readonly exchanges: readonly CheckExchange[];
}

/** What the check found out about an endpoint. */
export interface CheckReport {
  readonly format: 'oaa-scim-check';
  readonly version: 1;
  readonly url: string;
  readonly readOnly: boolean;
  /** `failed` when a requirement failed, `unreachable` when no answer came to any request. */
  readonly outcome: 'passed' | 'failed' | 'unreachable';
  readonly results: readonly CheckResult[];
  /**
   * What the check made and could not take away again, or may have made without an answer: to be deleted by hand. `id` is
   * empty where no answer told it.
   */
  readonly leftBehind: readonly { readonly kind: 'User' | 'Group'; readonly id: string; readonly name: string }[];
}
