import { dirname, resolve } from 'node:path';
import { type Logger, OaaError, Tenant, UsageError } from '@oaa-kit/oaa';
import { type CommandContext, guardOptions } from '@oaa-kit/oaa/cli';
import { secretsOf } from '@oaa-kit/oaa/http';
import { loadConfig, loadTenantSettings } from '@oaa-kit/oaa/settings';
import type { Adapter } from '../../application/joining-adapter.ts';
import { loadAdapter } from '../../application/load-adapter.ts';
import { protectedUserNames } from '../../application/protect.ts';
import { type ApplicationOptions, withWriteBack } from '../../application/with-write-back.ts';
import { type AttributeMapping, attributeMapping } from '../../attributes/attribute-mapping.ts';
import type { Directory, ResourceKind } from '../../directory/directory.ts';
import { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../../protocol/schemas/resource-types.ts';
import type { PublishSettings } from '../../publish/publish-settings.ts';
import { Publisher } from '../../publish/publisher.ts';
import { tenantPushTarget } from '../../publish/tenant-push-target.ts';
import { requireOrganization } from '../open-database.ts';
import { adapterWords } from './adapter-words.ts';
import { eventLine } from './event-line.ts';
import { entryOf, readWriteBackConfig, type WriteBackEntry } from './write-back-config.ts';

/** A directory whose accepted changes reach applications and the tenant. */
export interface OpenedWriteBack {
  /** Closing it closes the adapters, not the directory underneath. */
  readonly directory: Directory;
  /** The application whose settings name the organization; undefined where none do. */
  readonly applicationOf: (organization: string) => WriteBackEntry['application'] | undefined;
  /** Begins to publish: once the service listens, so that one that cannot start pushes nothing. */
  publish(): void;
  /** Finishes changes and pushes that are under way. */
  close(): Promise<void>;
}

interface WriteBackOptions {
  readonly allowCommands?: boolean | undefined;
  readonly logger: Logger;
}

type Mapping = Readonly<Record<ResourceKind, AttributeMapping>>;

/**
 * Starts what `writeBack:` of the settings asks for: the adapters, and the recovery of what an earlier process left; and makes
 * the publishers. Undefined where the settings ask for nothing.
 *
 * @throws UsageError, InputError for settings, an organization, an adapter or files that cannot be used: nothing was started
 */
export async function openWriteBack(
  context: CommandContext,
  directory: Directory,
  options: WriteBackOptions,
): Promise<OpenedWriteBack | undefined> {
  const { cwd, configFile } = context;
  const entries = readWriteBackConfig(await loadConfig({ cwd, file: configFile }));
  await requireEntries(directory, entries);
  if (entries.length === 0) return undefined;
  const folder = dirname(resolve(cwd, configFile ?? 'oaa.config.yaml'));
  const mapping: Mapping = {
    User: attributeMapping(new ResourceSchema(userResourceType)),
    Group: attributeMapping(new ResourceSchema(groupResourceType)),
  };
  const tenant = await openTenant(context, options);
  const guard = await guardOptions(context, {});
  for (const entry of entries) await checkOrganization(directory, entry);
  const applications = new Map<string, ApplicationOptions>();
  try {
    for (const entry of entries) {
      const adapter = await openAdapter(entry, folder, mapping, options.logger);
      applications.set(entry.organization, applicationOptions(entry, adapter, options.logger));
      await checkAdapter(adapter, entry);
    }
  } catch (error) {
    await closeAdapters(applications);
    throw error;
  }
  const publishers = entries.map(({ organization, provider, dataSource, publish = {} }) => {
    const { maxRemovalPercent = guard.maxRemovalPercent, minimumRemovals = guard.minimumRemovals } = publish;
    const limits = { ...guard, maxRemovalPercent, minimumRemovals };
    return new Publisher({
      publications: directory.publications,
      organization,
      provider,
      dataSource,
      mapping,
      target: tenantPushTarget({ tenant, provider, dataSource, guard: limits, createProvider: true }),
      settings: publishSettingsOf(publish),
      logger: options.logger,
    });
  });
  const writing = withWriteBack(directory, applications);
  return {
    directory: writing,
    applicationOf: (id) => entryOf(entries, id)?.application,
    publish() {
      for (const publisher of publishers) publisher.start();
    },
    async close() {
      await Promise.all(publishers.map((publisher) => publisher.stop()));
      await writing.close();
    },
  };
}

/** What it says of failed requests are lines of the log, as all else of the service. */
async function openTenant(
  { cwd, env, signal, configFile: config, hideSecret, debug }: CommandContext,
  { allowCommands, logger }: WriteBackOptions,
): Promise<Tenant> {
  const settings = await loadTenantSettings({ flags: { config, allowCommands }, env, cwd, signal });
  for (const secret of [settings.apiKey, ...secretsOf({ proxyUrl: settings.proxyUrl })]) hideSecret(secret);
  return new Tenant({ ...settings, logger: debug ? { ...logger, debug: logger.info } : logger });
}

/**
 * An organization that has a base belongs to an application. Served without write-back, changes would be acknowledged that
 * never reach it.
 */
async function requireEntries(directory: Directory, entries: readonly WriteBackEntry[]): Promise<void> {
  const known = new Set(entries.map(({ organization }) => organization));
  for (const { id } of await directory.organizations.list()) {
    if (known.has(id)) continue;
    const base = (await directory.bases(id).list())[0];
    if (base === undefined) continue;
    throw new UsageError(
      'setting-missing',
      `The organization "${id}" has bases of the application "${base.application.name}", and no settings say how changes reach it.`,
      {
        hint: 'Name the settings file with an entry for it under "writeBack": oaa scim serve --config oaa.config.yaml.',
      },
    );
  }
}

/** Whose database is this? What was extracted from one application says nothing of another. */
async function checkOrganization(directory: Directory, { organization, application }: WriteBackEntry): Promise<void> {
  await requireOrganization(directory, organization);
  const base = (await directory.bases(organization).list())[0]?.application;
  if (base === undefined || (base.name === application.name && base.type === application.type)) return;
  throw new UsageError(
    'setting-invalid',
    `The organization "${organization}" has bases of the application "${base.name}" (${base.type}), not of "${application.name}" (${application.type}).`,
    { hint: 'Correct "application" in the settings, or give this application an organization of its own.' },
  );
}

async function openAdapter(
  { adapter, organization }: WriteBackEntry,
  folder: string,
  { User: users, Group: groups }: Mapping,
  logger: Logger,
): Promise<Adapter> {
  if (adapter.type === 'custom') return loadAdapter(adapter.module, { folder, settings: adapter.options });
  // Only who writes files reads mappings.
  const [{ readMapping }, { createCsvAdapter }] = await Promise.all([
    import('@oaa-kit/oaa/sources'),
    import('../../application/csv/index.ts'),
  ]);
  return createCsvAdapter({
    mapping: await readMapping(resolve(folder, adapter.mapping)),
    users,
    groups,
    onKeptEdit: ({ path, keptAs }) =>
      logger.error('somebody edited a file while it was written: carry over by hand what is in the other file alone', {
        organization,
        file: path,
        edited: keptAs,
      }),
  });
}

/** @throws UsageError for what an adapter of somebody else's says in its own words: it is no fault of ours */
async function checkAdapter(adapter: Adapter, { organization, adapter: { type } }: WriteBackEntry): Promise<void> {
  try {
    await adapter.check?.();
  } catch (cause) {
    if (type !== 'custom' || cause instanceof OaaError) throw cause;
    throw new UsageError(
      'setting-invalid',
      `The adapter "${adapter.name}" of the organization "${organization}" refuses to start: ${adapterWords(cause)}`,
      { hint: 'Correct what its check complains about: its "options" in the settings, or the application.', cause },
    );
  }
}

function applicationOptions(
  { adapter: settings, link, protected: names = [], maxRemovalsPerHour, organization }: WriteBackEntry,
  adapter: Adapter,
  logger: Logger,
): ApplicationOptions {
  return {
    adapter,
    link,
    callTimeoutMs:
      settings.type === 'custom' && settings.timeoutSeconds !== undefined ? settings.timeoutSeconds * 1_000 : undefined,
    isProtected: protectedUserNames(names),
    removalLimits: maxRemovalsPerHour,
    onEvent: (event) => {
      const { level, message, facts } = eventLine(event);
      logger[level](message, { organization, ...facts });
    },
  };
}

function publishSettingsOf(publish: NonNullable<WriteBackEntry['publish']>): Partial<PublishSettings> {
  const ms = (seconds: number | undefined) => (seconds === undefined ? undefined : Math.round(seconds * 1_000));
  const settings = {
    quietMs: ms(publish.quietSeconds),
    longestWaitMs: ms(publish.longestWaitSeconds),
    minimumIntervalMs: ms(publish.secondsBetweenFullPushes),
    fullEveryMs: ms(publish.fullPushEverySeconds),
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

async function closeAdapters(applications: ReadonlyMap<string, ApplicationOptions>): Promise<void> {
  await Promise.allSettled([...applications.values()].map(({ adapter }) => adapter.close?.()));
}
