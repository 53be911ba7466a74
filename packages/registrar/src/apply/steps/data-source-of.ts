import type { DataSource } from '@oaa-kit/oaa';
import type { PlannedDataSource } from '../../plan/plan.ts';
import type { StepContext } from '../step.ts';

/** The data source that a step is about. */
export function dataSourceOf({ step }: StepContext): PlannedDataSource {
  if (step.dataSource === undefined) throw new Error(`the step ${step.name} names no data source`);
  return step.dataSource;
}

/** Whether the tenant is deleting a data source in the background: its name is taken until it is gone. */
export function isDeletingDataSource({ status, raw }: DataSource): boolean {
  return [status, raw.state].some((word) => typeof word === 'string' && word.toUpperCase() === 'DELETING');
}
