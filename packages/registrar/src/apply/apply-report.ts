import { type ExitCode, OaaError } from '@oaa-kit/oaa';
import type { ProviderAction } from '../plan/plan.ts';
import type { CheckedEndpoint } from './check-endpoints.ts';

/** What became of one provider. */
export interface AppliedProvider {
  readonly key: string;
  readonly name: string;
  readonly action: ProviderAction;
  /** Undefined when it is gone, or was not made. */
  readonly id: string | undefined;
  /** In words, in their order: `create`, `create data source portal-eu`. */
  readonly done: readonly string[];
  /** What was begun, and of which nobody knows yet whether it took effect. */
  readonly unknown: readonly string[];
  readonly notDone: readonly string[];
  /** Paths under which the tenant shows something else than it was sent: the next plan shows them again. */
  readonly differences: readonly string[];
}

/** What an apply did: a document without secrets. */
export interface ApplyReport {
  readonly format: 'oaa-registrar-apply';
  readonly version: 1;
  readonly tenant: string;
  /** `stopped`: a step failed or it was interrupted, and something is left to do. */
  readonly outcome: 'done' | 'stopped';
  /** Every provider of the plan, in its order. */
  readonly providers: readonly AppliedProvider[];
  readonly checks: readonly CheckedEndpoint[];
  /** For people: what the checks have left at endpoints, to be deleted by hand. */
  readonly notes: readonly string[];
}

/** An apply that stopped on its way: code, exit code and cause are those of the step that failed. */
export class ApplyStoppedError extends OaaError {
  override readonly exitCode: ExitCode;
  override readonly retryable: boolean;
  readonly report: ApplyReport;

  constructor(error: OaaError, message: string, hint: string, report: ApplyReport) {
    super(error.code, message, { hint, cause: error });
    this.exitCode = error.exitCode;
    this.retryable = error.retryable;
    this.report = report;
  }

  override get facts(): Readonly<Record<string, unknown>> {
    return { report: this.report };
  }
}
