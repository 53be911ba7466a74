import type { PlannedDataSource } from '../../plan/plan.ts';
import type { StepContext } from '../step.ts';

/** The data source that a step is about. */
export function dataSourceOf({ step }: StepContext): PlannedDataSource {
  if (step.dataSource === undefined) throw new Error(`the step ${step.name} names no data source`);
  return step.dataSource;
}
