import type { DeclaredDataSource, DeclaredProvider } from '../../manifest/declared-provider.ts';
import type { PlannedDataSource, PlanProblem } from '../plan.ts';
import type { TenantDataSource } from './tenant-view.ts';

/** What happens to the data sources of a provider. */
export interface DataSourceComparison {
  /** Deletions stand before the creations that need their names. */
  readonly planned: readonly PlannedDataSource[];
  /** Something would be taken out of the graph. */
  readonly destroys: boolean;
  readonly reasons: readonly string[];
  readonly problems: readonly PlanProblem[];
}

const nothing: DataSourceComparison = { planned: [], destroys: false, reasons: [], problems: [] };

function creationOf({ name, template }: DeclaredDataSource): PlannedDataSource {
  return { action: 'create', name, ...(template === undefined ? {} : { template }) };
}

function deletionOf({ name, id, template }: TenantDataSource): PlannedDataSource {
  return { action: 'delete', name, ...(template === undefined ? {} : { template }), id };
}

function ambiguous(
  { name: provider, place }: DeclaredProvider,
  name: string,
  found: readonly TenantDataSource[],
): PlanProblem {
  const ids = found.map(({ id }) => id).join(', ');
  return {
    code: 'name-ambiguous',
    provider,
    place,
    message: `The provider "${provider}" has ${found.length} data sources named "${name}": ${ids}.`,
    hint: 'Delete or rename all but one of them.',
  };
}

function compareOne(
  provider: DeclaredProvider,
  declared: DeclaredDataSource,
  existing: readonly TenantDataSource[],
): DataSourceComparison {
  const named = existing.filter(({ name }) => name === declared.name);
  const live = named.filter(({ isDeleting }) => !isDeleting);
  const [there] = live;
  if (live.length > 1) return { ...nothing, problems: [ambiguous(provider, declared.name, live)] };
  if (declared.absent) {
    if (there === undefined) return nothing;
    const reasons = [`the data source "${there.name}" is declared absent: its entities leave the graph`];
    return { ...nothing, planned: [deletionOf(there)], destroys: true, reasons };
  }
  const creation = creationOf(declared);
  if (there === undefined) {
    const going = named.find(({ isDeleting }) => isDeleting);
    if (going === undefined) return { ...nothing, planned: [creation] };
    const reasons = [`the old data source "${going.name}" (${going.id}) is still being deleted: apply waits for it`];
    return { ...nothing, planned: [deletionOf(going), creation], reasons };
  }
  const { template } = there;
  if (declared.template === undefined || template === undefined || template === declared.template) return nothing;
  return {
    planned: [deletionOf(there), creation],
    destroys: true,
    reasons: [
      `the payload template of the data source "${there.name}" is fixed: from ${template} to ${declared.template} it is deleted and made again`,
    ],
    problems: [],
  };
}

/** Compares the data sources of a provider with those that are there. What the manifest does not name is left alone. */
export function compareDataSources(
  declared: DeclaredProvider,
  existing: readonly TenantDataSource[],
): DataSourceComparison {
  const all = declared.dataSources.map((dataSource) => compareOne(declared, dataSource, existing));
  return {
    planned: all.flatMap(({ planned }) => planned),
    destroys: all.some(({ destroys }) => destroys),
    reasons: all.flatMap(({ reasons }) => reasons),
    problems: all.flatMap(({ problems }) => problems),
  };
}

/** The data sources of a provider that is made anew. */
export function newDataSources({ dataSources }: DeclaredProvider): readonly PlannedDataSource[] {
  return dataSources.filter(({ absent }) => !absent).map(creationOf);
}
