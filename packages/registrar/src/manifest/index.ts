export { checkSecretValue } from './check-secret-value.ts';
export type {
  DeclaredDataSource,
  DeclaredIcon,
  DeclaredProvider,
  DeclaredSecret,
  JsonRecord,
  JsonValue,
  ManifestProblem,
  Manifests,
  Place,
  ScimConnection,
} from './declared-provider.ts';
export { manifestOf } from './manifest-of.ts';
export { ManifestError } from './manifest-problems.ts';
export type { ManifestSource } from './manifest-source.ts';
export { type ReadManifestsOptions, readManifests } from './read-manifests.ts';
