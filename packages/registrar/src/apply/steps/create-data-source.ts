import { isBeingDeleted } from '@oaa-kit/oaa';
import { providerId, type StepContext, type StepWork } from '../step.ts';
import { dataSourceOf } from './data-source-of.ts';

/** A data source is its name: one that somebody else made meanwhile is the one that is wanted. */
export const createDataSource: StepWork = {
  look: async (context) => {
    const { name } = dataSourceOf(context);
    const found = await context.tenant.dataSources.find(providerId(context), name, { signal: context.signal });
    return found === undefined || isBeingDeleted(found) ? 'to-do' : {};
  },
  act: async (context: StepContext) => {
    const { name, template } = dataSourceOf(context);
    await context.tenant.dataSources.create(providerId(context), { name, template, signal: context.signal });
    return {};
  },
};
