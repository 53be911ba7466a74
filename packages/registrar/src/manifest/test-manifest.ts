import type { DeclaredProvider, Manifests } from './declared-provider.ts';
import { ManifestError, type ReadManifestsOptions, readManifests } from './index.ts';

/** A day on which nothing in the tests expires by itself. */
export const testNow = new Date('2026-03-01T12:00:00Z');

export function readText(text: string, options: ReadManifestsOptions = {}): Promise<Manifests> {
  return readManifests([{ file: 'm.yaml', text }], { now: () => testNow, ...options });
}

/** The only provider of a text. */
export async function readOne(text: string, options?: ReadManifestsOptions): Promise<DeclaredProvider> {
  const { providers } = await readText(text, options);
  const [first] = providers;
  if (first === undefined || providers.length !== 1) throw new Error(`${providers.length} providers`);
  return first;
}

/** The error that reading ends with. */
export async function refusal(reading: Promise<unknown>): Promise<ManifestError> {
  const error = await reading.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ManifestError)) throw error;
  return error;
}

/** `row:column code message` of every problem, or of every warning where nothing is refused. */
export async function problemsOf(text: string, options?: ReadManifestsOptions): Promise<string[]> {
  const reading = readText(text, options);
  const problems = await reading.then(
    ({ warnings }) => warnings,
    () => refusal(reading).then((error) => error.problems),
  );
  return problems.map(({ row, column, code, message }) => `${row}:${column} ${code} ${message}`);
}

/** A provider with a SCIM connection, as short as can be. */
export const tenLines = `name: MyCustomApp
custom_template: application
provisioning: true
external_lifecycle_management_type: SCIM
configuration:
  scim_url: https://api.myapp.com/scim/v2
  scim_token: env:SCIM_TOKEN
`;

/** A provider without any. */
export const plain = (name: string, more = '') => `name: ${name}\ncustom_template: application\n${more}`;
