import { resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors/index.ts';
import {
  type DocumentProblem,
  formatProblems,
  type PositionedDocument,
  readPositioned,
} from './positioned-document.ts';
import { readTextFile } from './read-text-file.ts';
import { isSecretReference } from './secret-reference.ts';
import { shapeProblems } from './shape-problems.ts';

/** The tenant's part of `oaa.config.yaml`. */
export interface TenantConfig {
  readonly url?: string | undefined;
  /** A secret reference. */
  readonly apiKey?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly retries?: number | undefined;
  readonly caFile?: string | undefined;
  readonly proxy?: string | undefined;
  readonly unsafeHttps?: boolean | undefined;
}

/** The limits of the removal guard in `oaa.config.yaml`. */
export interface RemovalGuardConfig {
  readonly maxRemovalPercent?: number | undefined;
  readonly minimumRemovals?: number | undefined;
  readonly stateDir?: string | undefined;
}

/** `oaa.config.yaml`. Keys of other packs are theirs to check. */
export interface OaaConfig {
  readonly tenant?: TenantConfig | undefined;
  readonly removalGuard?: RemovalGuardConfig | undefined;
  /** Names of packages that bring commands. */
  readonly packs?: readonly string[] | undefined;
  readonly writeBack?: unknown;
  readonly registrar?: unknown;
  readonly sandbox?: unknown;
}

export interface LoadedConfig {
  readonly config: OaaConfig;
  /** For positions in messages, and for packs that check their own keys. */
  readonly document: PositionedDocument;
}

const maximumBytes = 1_000_000;

const configSchema = z.strictObject({
  tenant: z
    .strictObject({
      url: z.string().optional(),
      apiKey: z
        .string()
        .refine(isSecretReference, 'a secret does not belong into this file; write env:NAME, file:path or cmd:program')
        .optional(),
      timeoutSeconds: z.number().positive().max(86_400).optional(),
      retries: z.int().min(0).max(100).optional(),
      caFile: z.string().min(1).optional(),
      proxy: z.string().min(1).optional(),
      unsafeHttps: z.boolean().optional(),
    })
    .optional(),
  removalGuard: z
    .strictObject({
      maxRemovalPercent: z.number().min(0).max(100).optional(),
      minimumRemovals: z.int().min(0).optional(),
      stateDir: z.string().min(1).optional(),
    })
    .optional(),
  packs: z.array(z.string().min(1)).optional(),
  writeBack: z.unknown().optional(),
  registrar: z.unknown().optional(),
  sandbox: z.unknown().optional(),
}) satisfies z.ZodType<OaaConfig>;

function refuse(file: string, problems: readonly DocumentProblem[]): never {
  throw new UsageError('setting-invalid', formatProblems(file, problems), {
    hint: 'Correct the settings file at the places named.',
  });
}

/**
 * Reads `oaa.config.yaml` of a folder, or the file that is named; undefined when the folder has none. An empty file is
 * an empty configuration.
 *
 * @throws UsageError with every problem as `file:row:column`
 */
export async function loadConfig(options: {
  readonly cwd: string;
  readonly file?: string | undefined;
}): Promise<LoadedConfig | undefined> {
  const file = options.file ?? 'oaa.config.yaml';
  const text = await readTextFile(resolve(options.cwd, file), maximumBytes);
  if (text === undefined) {
    if (options.file === undefined) return undefined;
    throw new UsageError('file-unreadable', `The settings file ${file} cannot be read: there is no such file.`, {
      hint: 'Check the path given with --config.',
    });
  }
  const read = readPositioned(text, file);
  if (read.problems.length > 0) refuse(file, read.problems);
  const document: PositionedDocument = { ...read.document, value: read.document.value ?? {} };
  const problems = shapeProblems(document, configSchema);
  if (problems.length > 0) refuse(file, problems);
  return { config: configSchema.parse(document.value), document };
}
