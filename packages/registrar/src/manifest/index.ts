export { checkSecretValue } from './check-secret-value.ts';
export type {
  DeclaredDataSource,
  DeclaredProvider,
  ManifestProblem,
  Manifests,
} from './declared-provider.ts';
export { manifestOf } from './manifest-of.ts';
export { ManifestError, placeText } from './manifest-problems.ts';
export type { ManifestSource } from './manifest-source.ts';
export { type ReadManifestsOptions, readManifests } from './read-manifests.ts';
export { type OnSecret, type SecretReader, secretReader } from './secret-reader.ts';
