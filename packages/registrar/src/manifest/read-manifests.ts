import { type DocumentProblem, type PositionedDocument, shapeProblems } from '@oaa-kit/oaa/settings';
import { checkTogether } from './check-together.ts';
import { declareProvider } from './declare-provider.ts';
import { commonTenant, type DeclaredTenant, declareTenant } from './declare-tenant.ts';
import type { DeclaredProvider, Manifests } from './declared-provider.ts';
import { ManifestProblems } from './manifest-problems.ts';
import { manifestSchema, type ProviderManifest, providerSchema } from './manifest-schema.ts';
import { type ManifestSource, nameOfSource, readSource } from './manifest-source.ts';
import { inEnvironment, isFromEnvironment } from './merge-environment.ts';
import { readShape } from './read-shape.ts';
import { checkDocument } from './rules/check-document.ts';
import { clearInEnvironment } from './select-environment.ts';

export interface ReadManifestsOptions {
  /** Needed when a manifest has environments. */
  readonly environment?: string | undefined;
  /** Where relative paths of files begin; the working folder of the process unless told otherwise. */
  readonly cwd?: string | undefined;
  /** For the validity of certificates. */
  readonly now?: (() => Date) | undefined;
  /** Takes `http://` for hosts other than this machine: credentials then travel unencrypted. */
  readonly allowHttp?: boolean | undefined;
}

interface Entry {
  readonly document: PositionedDocument;
  readonly folder: string;
}

/** Checks form and secrets of a document as it stands, with all its environments; false when it cannot be read on. */
function checkForm(document: PositionedDocument, problems: ManifestProblems): boolean {
  const report = problems.reportFor(document);
  if (typeof document.value !== 'object' || document.value === null || Array.isArray(document.value)) {
    report.error('not-a-manifest', [], 'a provider is an object with name, custom_template ...');
    return false;
  }
  checkDocument(document, report);
  addShape(shapeProblems(document, manifestSchema), document, problems);
  return readShape(manifestSchema, document.value) !== undefined;
}

function addShape(found: readonly DocumentProblem[], { file }: PositionedDocument, problems: ManifestProblems): void {
  for (const problem of found) problems.add({ ...problem, file, severity: 'error', code: 'shape' });
}

/** What a document says in one environment. What is wrong with its form as a whole has been told. */
function readProvider(
  whole: PositionedDocument,
  document: PositionedDocument,
  problems: ManifestProblems,
): ProviderManifest | undefined {
  if (manifestSchema.safeParse(whole.value).success) {
    addShape(shapeProblems(document, providerSchema), document, problems);
  }
  return readShape(providerSchema, document.value);
}

/**
 * Reads manifests: YAML, with one or many documents, or JSON, with an object or an array, for one environment. Every
 * rule is checked, and the files that they name (icons, certificates) are read; secrets are not.
 *
 * @param sources paths of files, or texts and values of the caller's
 * @throws ManifestError with every problem of every file, each with its row and column
 *
 * @example
 * const manifests = await readManifests(['registrar.yaml'], { environment: 'production' });
 * const own = await readManifests([{ value: { name: 'Portal', custom_template: 'application' } }]);
 */
export async function readManifests(
  sources: readonly ManifestSource[],
  options: ReadManifestsOptions = {},
): Promise<Manifests> {
  const { environment, cwd = process.cwd(), now = () => new Date(), allowHttp = false } = options;
  const problems = new ManifestProblems(sources.map(nameOfSource));
  const read = (await Promise.all(sources.map((source) => readSource(source, cwd, problems)))).filter(
    (one) => one !== undefined,
  );
  const entries = read.flatMap(({ documents, folder }) => documents.map((document): Entry => ({ document, folder })));
  const wellFormed = entries.filter(({ document }) => checkForm(document, problems));
  const found: { provider: DeclaredProvider; document: PositionedDocument; tenant: DeclaredTenant }[] = [];
  for (const { document: whole, folder } of clearInEnvironment(wellFormed, environment, problems)) {
    const document = inEnvironment(whole, environment);
    const manifest = readProvider(whole, document, problems);
    if (manifest === undefined) continue;
    const provider = await declareProvider({
      manifest,
      document,
      report: problems.reportFor(document),
      folder,
      now: now(),
      allowHttp,
      isOverride: (key) => isFromEnvironment(whole, environment, key),
    });
    found.push({ provider, document, tenant: declareTenant(manifest, document, folder, problems) });
  }
  checkTogether(found, problems);
  const tenant = commonTenant(
    found.map((one) => one.tenant),
    problems,
  );
  problems.refuse();
  return {
    files: read.map(({ file, sha256 }) => ({ file, sha256 })),
    environment,
    tenant,
    providers: found.map(({ provider }) => provider),
    warnings: problems.warnings(),
  };
}
