import type { Tenant } from '@oaa-kit/oaa';
import type { SecretContext } from '@oaa-kit/oaa/settings';
import type { Plan } from '../plan/plan.ts';
import type { RememberedSecret } from '../state/index.ts';
import type { EndpointCheck } from './check-endpoints.ts';
import type { StepEvent } from './run-steps.ts';
import type { StateHandle } from './state-handle.ts';

/** What goes on with an apply, also with one that a run before began. */
export interface ResumeOptions {
  readonly tenant: Tenant;
  /** Open for changing, so that nobody else applies at the same time: from `openState`, or `memoryState`. */
  readonly state: StateHandle;
  /** Where references are looked up; relative paths begin at the folder of their manifest. */
  readonly secrets: Omit<SecretContext, 'cwd' | 'signal'>;
  /** Tries an endpoint out; `checkEndpoint` of `@oaa-kit/scim-writeback/check` unless another is given. */
  readonly check?: EndpointCheck | undefined;
  /** Codes of requirements that an endpoint need not meet. */
  readonly acceptFailingChecks?: readonly string[] | undefined;
  /** `tenant`: an endpoint that cannot be reached from here is no reason to stop. `here` unless told otherwise. */
  readonly verifyFrom?: 'here' | 'tenant' | undefined;
  /** Endpoints are only read: what would write on them is not tried. */
  readonly checkReadOnly?: boolean | undefined;
  /** Told of each step when it begins and when it is done. */
  readonly onStep?: ((event: StepEvent) => void) | undefined;
  /** Told of each secret as soon as it is read, so that outputs can hide it. */
  readonly onSecret?: ((value: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for one deletion in the tenant's background; 600,000 unless told otherwise. */
  readonly deletionTimeoutMs?: number | undefined;
  /** The clock. */
  readonly now?: (() => Date) | undefined;
  /** Waits; rejects when the signal is aborted. For tests. */
  readonly sleep?: ((durationMs: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** How hints say to go on with an apply that stopped, for example a command; `resumeApply` unless told otherwise. */
  readonly resumeWith?: string | undefined;
  /** Of the scrypt that secrets are remembered by; less than the default is for tests. */
  readonly secretCost?: RememberedSecret['cost'] | undefined;
}

export interface ApplyOptions extends ResumeOptions {
  /** From `planProviders` or a plan file. */
  readonly plan: Plan;
}
