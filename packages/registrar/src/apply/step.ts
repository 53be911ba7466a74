import type { Tenant } from '@oaa-kit/oaa';
import type { PlannedDataSource, PlannedProvider } from '../plan/plan.ts';
import type { RememberedSecret } from '../state/index.ts';
import type { StateHandle } from './state-handle.ts';
import type { SecretValues, WireBody } from './wire-body.ts';

/** What can be done for a provider. */
export type StepName =
  | 'delete'
  | 'wait-until-gone'
  | 'forget'
  | 'create'
  | 'update'
  | 'remember'
  | 'icon'
  | 'delete-data-source'
  | 'create-data-source'
  | 'verify';

/** One step of a plan: the same plan always has the same steps in the same order. */
export interface Step {
  /** Its place among the providers of the plan. */
  readonly provider: number;
  readonly name: StepName;
  /** Of the data source steps. */
  readonly dataSource?: PlannedDataSource | undefined;
}

/** What a step found out that later ones need. It is kept in the journal: no secret may be in it. */
export interface StepFacts {
  /** Of the provider that was made. */
  readonly id?: string | undefined;
  /** Paths under which the tenant shows something else than it was sent. */
  readonly differences?: readonly string[] | undefined;
}

/** A step, and what happened before it. */
export interface StepMoment {
  readonly step: Step;
  /** A run before this one began the step, and nobody knows what came of it. */
  readonly outcomeUnknown: boolean;
  /** The provider's fields were sent by this run, not by one before it, which may have had other secrets. */
  readonly sentByThisRun: boolean;
  /** What the steps before found out about this provider. */
  readonly facts: StepFacts;
}

/** What a step works with. */
export interface StepContext extends StepMoment {
  readonly tenant: Tenant;
  readonly planned: PlannedProvider;
  /** All that may be sent of the provider, with its secrets; undefined for one that is only deleted. */
  readonly body: WireBody | undefined;
  /** Those that are in the body. */
  readonly secrets: SecretValues;
  readonly secretCost: RememberedSecret['cost'] | undefined;
  readonly icon: Uint8Array | undefined;
  readonly state: StateHandle;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Waits; rejects when the signal is aborted. */
  readonly sleep: (durationMs: number, signal: AbortSignal) => Promise<void>;
  readonly deletionTimeoutMs: number;
}

/** What a look before a step tells: that it must be done, or that nothing is left to do. */
export type Look = 'to-do' | StepFacts;

/**
 * How a step is done. `look` only reads, and throws where the step must not be done; then the journal says that the step
 * is begun; then `act` writes.
 */
export interface StepWork {
  readonly look?: ((context: StepContext) => Promise<Look>) | undefined;
  readonly act: (context: StepContext) => Promise<StepFacts>;
  /** Waits for what `act` has begun; what fails here says nothing of whether that had an effect. */
  readonly settle?: ((context: StepContext) => Promise<void>) | undefined;
}

/** The provider that the steps of this one are about: the one that was made, or the one that the plan saw. */
export function providerId({ facts, planned }: StepContext): string {
  const id = facts.id ?? planned.assumes?.id;
  if (id === undefined) throw new Error(`the provider "${planned.declared.name}" has no id yet`);
  return id;
}
