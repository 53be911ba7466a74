import { type DataSource, isBeingDeleted, RemoteError } from '@oaa-kit/oaa';
import { providerId, type StepContext, type StepWork } from '../step.ts';
import { waitUntil } from '../wait-until.ts';
import { dataSourceOf } from './data-source-of.ts';

async function find(context: StepContext): Promise<DataSource | undefined> {
  const { id } = dataSourceOf(context);
  if (id === undefined) return undefined;
  return context.tenant.dataSources.get(providerId(context), id, { signal: context.signal });
}

async function deleteOnce(context: StepContext, id: string): Promise<void> {
  try {
    await context.tenant.dataSources.delete(providerId(context), id, { signal: context.signal });
  } catch (error) {
    if (!(error instanceof RemoteError) || error.code !== 'not-found') throw error;
  }
}

/** Deletes a data source with what it has in the graph, and waits until it is gone. */
export const deleteDataSource: StepWork = {
  look: async (context) => ((await find(context)) === undefined ? {} : 'to-do'),
  act: async (context) => {
    const { id } = dataSourceOf(context);
    const found = await find(context);
    if (id !== undefined && found !== undefined && !isBeingDeleted(found)) await deleteOnce(context, id);
    return {};
  },
  settle: async (context) => {
    const { signal, sleep, deletionTimeoutMs } = context;
    await waitUntil(async () => (await find(context)) === undefined, {
      timeoutMs: deletionTimeoutMs,
      signal,
      sleep,
      what: `the data source "${dataSourceOf(context).name}" to be gone`,
    });
  },
};
