import type { DeclaredProvider } from '../../manifest/declared-provider.ts';
import type { RememberedProvider } from '../../state/registrar-state.ts';
import type { AssumedProvider, PlannedField, PlannedProvider, PlanProblem, SecretChange } from '../plan.ts';
import { compareDataSources, newDataSources } from './compare-data-sources.ts';
import { abandonedFields, differingFields, type KnownSecrets, newFields } from './compare-fields.ts';
import { compareTemplates, templateDifference } from './compare-templates.ts';
import type { Match } from './match-provider.ts';
import type { TenantDataSource, TenantProvider } from './tenant-view.ts';
import { isOfConfiguration } from './wire-fields.ts';

/** What is known for the plan of one provider. */
export interface ProviderFacts {
  readonly declared: DeclaredProvider;
  readonly match: Exclude<Match, { readonly kind: 'problem' }>;
  readonly remembered: RememberedProvider | undefined;
  readonly secrets: KnownSecrets;
  /** Of the provider that was found; empty where they were not needed. */
  readonly dataSources: readonly TenantDataSource[];
  readonly allowDelete: boolean;
}

/** What a plan says about one provider. */
export interface ProviderOutcome {
  readonly planned: PlannedProvider;
  readonly problems: readonly PlanProblem[];
  readonly notes: readonly string[];
}

type Found = Extract<Match, { readonly kind: 'found' }>;
type None = Extract<Match, { readonly kind: 'none' }>;

function assumedOf({ id, name, state, fingerprint }: TenantProvider): AssumedProvider {
  return { id, name, state, fingerprint };
}

const connectionFields: ReadonlySet<string> = new Set(['external_lifecycle_management_type', 'provisioning']);

function changesConnection({ scim }: DeclaredProvider, fields: readonly PlannedField[]): boolean {
  return scim !== undefined && fields.some(({ path }) => isOfConfiguration(path) || connectionFields.has(path));
}

/** What the graph loses with a provider, in words. */
function lossOf({ id, name }: TenantProvider, dataSources: readonly TenantDataSource[]): string {
  const names = dataSources.map((dataSource) => `"${dataSource.name}"`).join(', ');
  const whose = `"${name}" (${id})`;
  return names === ''
    ? `${whose} has no data sources`
    : `the data sources of ${whose} and their entities leave the graph: ${names}`;
}

function planDeletion(
  { declared, dataSources, allowDelete }: ProviderFacts,
  { provider, adopts }: Found,
): ProviderOutcome {
  const planned: PlannedProvider = {
    action: 'delete',
    declared,
    assumes: assumedOf(provider),
    adopts,
    forgets: false,
    reasons: ['declared absent', lossOf(provider, dataSources)],
    fields: [],
    dataSources: [],
    checksEndpoint: false,
    needsAllowDelete: !allowDelete,
  };
  return { planned, problems: [], notes: [] };
}

function planCreation({ declared }: ProviderFacts, { waitsFor, lost }: None): ProviderOutcome {
  const waits = waitsFor && `the old provider "${waitsFor.name}" (${waitsFor.id}) is still being deleted`;
  const gone = lost && `the provider that was made from here (${lost.id}) is gone`;
  const base = { declared, assumes: waitsFor && assumedOf(waitsFor), adopts: false, needsAllowDelete: false };
  if (declared.absent) {
    const planned: PlannedProvider = {
      ...base,
      action: 'none',
      forgets: lost !== undefined,
      reasons: [waits, gone].filter((reason) => reason !== undefined),
      fields: [],
      dataSources: [],
      checksEndpoint: false,
    };
    return { planned, problems: [], notes: [] };
  }
  const reasons = [waits && `${waits}: apply waits until it is gone`, gone && `${gone}: it is made again`];
  const planned: PlannedProvider = {
    ...base,
    action: 'create',
    forgets: false,
    reasons: reasons.filter((reason) => reason !== undefined),
    fields: newFields(declared),
    dataSources: newDataSources(declared),
    checksEndpoint: declared.scim !== undefined,
  };
  return { planned, problems: [], notes: [] };
}

function notesOf(
  { declared, remembered }: ProviderFacts,
  provider: TenantProvider,
  fields: readonly PlannedField[],
): readonly string[] {
  const secretsThatAre = (change: SecretChange): readonly string[] =>
    fields.filter((field) => 'secret' in field && field.secret === change).map(({ path }) => path);
  const unknown = secretsThatAre('unknown');
  const unreadable = secretsThatAre('unreadable');
  const abandoned = abandonedFields(declared, remembered);
  const notes = [
    unknown.length > 0 && `${unknown.join(', ')}: nothing is remembered of what the tenant has, so it would be sent.`,
    unreadable.length > 0 &&
      `${unreadable.join(', ')}: cannot be read here, so that nobody can say whether it is what the tenant has.`,
    abandoned.length > 0 && `${abandoned.join(', ')}: no longer in the manifest; the tenant keeps what it has.`,
    provider.state.toUpperCase() === 'DISABLED' && 'the tenant has it disabled, and it stays so.',
  ];
  return notes.filter((note) => note !== false).map((note) => `"${declared.name}": ${note}`);
}

function planReplacement(facts: ProviderFacts, { provider, adopts }: Found): ProviderOutcome {
  const { declared, remembered, secrets, dataSources, allowDelete } = facts;
  const difference = templateDifference(declared, provider);
  const kept = new Set(declared.dataSources.filter(({ absent }) => !absent).map(({ name }) => name));
  const lost = dataSources.filter(({ name }) => !kept.has(name)).map(({ name }) => `"${name}"`);
  const planned: PlannedProvider = {
    action: 'replace',
    declared,
    assumes: assumedOf(provider),
    adopts,
    forgets: false,
    reasons: [
      'payload templates are fixed when a provider is made',
      lossOf(provider, dataSources),
      ...(lost.length > 0 ? [`not in the manifest, so not made again: ${lost.join(', ')}`] : []),
    ],
    fields: [difference, ...differingFields(declared, provider, remembered, secrets)],
    dataSources: newDataSources(declared),
    checksEndpoint: declared.scim !== undefined,
    needsAllowDelete: !allowDelete,
  };
  return { planned, problems: [], notes: [] };
}

function planUpdate(facts: ProviderFacts, { provider, adopts }: Found, templatesUnknown: boolean): ProviderOutcome {
  const { declared, remembered, secrets, allowDelete } = facts;
  const fields = differingFields(declared, provider, remembered, secrets);
  const dataSources = compareDataSources(declared, facts.dataSources);
  const planned: PlannedProvider = {
    action: fields.length > 0 || dataSources.planned.length > 0 ? 'update' : 'none',
    declared,
    assumes: assumedOf(provider),
    adopts,
    forgets: false,
    reasons: dataSources.reasons,
    fields,
    dataSources: dataSources.planned,
    checksEndpoint: changesConnection(declared, fields),
    needsAllowDelete: dataSources.destroys && !allowDelete,
  };
  const unknown = `"${declared.name}": the tenant does not say which payload template it has; it is taken to be as declared.`;
  const notes = [...notesOf(facts, provider, fields), ...(templatesUnknown ? [unknown] : [])];
  return { planned, problems: dataSources.problems, notes };
}

/** Plans one provider. */
export function planProvider(facts: ProviderFacts): ProviderOutcome {
  const { declared, match, remembered } = facts;
  if (match.kind === 'none') return planCreation(facts, match);
  if (declared.absent) return planDeletion(facts, match);
  const templates = compareTemplates(declared, match.provider, remembered);
  return templates === 'different' ? planReplacement(facts, match) : planUpdate(facts, match, templates === 'unknown');
}

/** Whether the data sources of a matched provider must be read for its plan. */
export function needsDataSources(
  declared: DeclaredProvider,
  provider: TenantProvider,
  remembered: RememberedProvider | undefined,
): boolean {
  if (declared.absent || declared.dataSources.length > 0) return true;
  return compareTemplates(declared, provider, remembered) === 'different';
}
