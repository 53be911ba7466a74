import { foldKey, UsageError } from '@oaa-kit/oaa';
import { formatProblems, type LoadedConfig, shapeProblems } from '@oaa-kit/oaa/settings';
import { z } from 'zod';

const name = z.string().min(1);
const seconds = z
  .number()
  .min(0)
  .max(7 * 86_400);

const adapterSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('csv'),
    /** The mapping file with its `writeBack:`; relative to the settings file. */
    mapping: name,
  }),
  z.strictObject({
    type: z.literal('custom'),
    /** A module whose default export is an adapter, or a class of one; relative to the settings file. */
    module: name,
    /** Handed to the class. */
    options: z.record(z.string(), z.unknown()).optional(),
    timeoutSeconds: z.number().positive().max(600).optional(),
  }),
]);

const publishSchema = z.strictObject({
  /** How long nothing may change before a push. */
  quietSeconds: seconds.optional(),
  /** How long changes may keep on coming before there is a push all the same. */
  longestWaitSeconds: seconds.optional(),
  secondsBetweenFullPushes: seconds.optional(),
  fullPushEverySeconds: seconds.optional(),
  maxRemovalPercent: z.number().min(0).max(100).optional(),
  minimumRemovals: z.int().min(0).optional(),
});

/** Each once, in any order, or none. */
function several<const Name extends string>(names: readonly [Name, ...Name[]]) {
  return z.array(z.enum(names)).refine((given) => new Set(given).size === given.length, 'each attribute once');
}

const entrySchema = z.strictObject({
  organization: z.string().regex(/^[\w-]{1,64}$/, 'letters, digits, "-" and "_", at most 64'),
  provider: name,
  dataSource: name,
  application: z.strictObject({ name, type: name }),
  /** By which attributes a row of a base is found to be somebody whom only SCIM knows, in this order. */
  link: z
    .strictObject({ users: several(['userName', 'emails']).optional(), groups: several(['displayName']).optional() })
    .optional(),
  adapter: adapterSchema,
  publish: publishSchema.optional(),
  /** User names of break-glass accounts, which are never deactivated or deleted over SCIM. */
  protected: z.array(name).optional(),
  /** How much one credential may take away within an hour: users deactivated or deleted, groups, memberships. */
  maxRemovalsPerHour: z
    .strictObject({
      users: z.int().min(0).optional(),
      groups: z.int().min(0).optional(),
      memberships: z.int().min(0).optional(),
    })
    .optional(),
});

const configSchema = z.looseObject({ writeBack: z.array(entrySchema).min(1).optional() });

/** One entry of `writeBack:` in `oaa.config.yaml`: whose changes go into which application and which data source. */
export type WriteBackEntry = z.infer<typeof entrySchema>;

/**
 * The `writeBack:` of the settings. None: the service changes nothing but its directory.
 *
 * @throws UsageError with every problem as `file:row:column`; also where two entries have one organization (its changes
 * would go into two applications) or one data source (two would push over one another)
 */
export function readWriteBackConfig(loaded: LoadedConfig | undefined): readonly WriteBackEntry[] {
  if (loaded?.config.writeBack === undefined) return [];
  const { document } = loaded;
  const problems = shapeProblems(document, configSchema);
  if (problems.length === 0) {
    const entries = configSchema.parse(document.value).writeBack ?? [];
    const twice = [
      ...repeated(entries, ({ organization }) => organization, 'organization'),
      // As `oaa push` compares them: the tenant may not tell names by case.
      ...repeated(entries, (entry) => JSON.stringify([entry.provider, entry.dataSource].map(foldKey)), 'dataSource'),
    ];
    if (twice.length === 0) return entries;
    problems.push(
      ...twice.map(({ index, first, key }) => ({
        ...document.positionOf(['writeBack', index, key]),
        message: `"writeBack[${index}].${key}" is that of "writeBack[${first}]", too; each has one entry`,
      })),
    );
  }
  throw new UsageError('setting-invalid', formatProblems(document.file, problems), {
    hint: 'Correct "writeBack" at the places named.',
  });
}

function repeated(entries: readonly WriteBackEntry[], keyOf: (entry: WriteBackEntry) => string, key: string) {
  const first = new Map<string, number>();
  return entries.flatMap((entry, index) => {
    const before = first.get(keyOf(entry));
    if (before !== undefined) return [{ index, first: before, key }];
    first.set(keyOf(entry), index);
    return [];
  });
}

/** The entry of an organization; undefined where there is none. */
export function entryOf(entries: readonly WriteBackEntry[], organization: string): WriteBackEntry | undefined {
  return entries.find((entry) => entry.organization === organization);
}
