export { type LoadedConfig, loadConfig, type OaaConfig, type TenantConfig } from './config.ts';
export { readEnvFile } from './env-file.ts';
export { findJsonSyntaxError, type JsonSyntaxError } from './json-syntax-error.ts';
export {
  type DocumentPath,
  type DocumentProblem,
  formatProblems,
  type ParseOptions,
  type Position,
  type PositionedDocument,
  parsePositioned,
  readPositioned,
} from './positioned-document.ts';
export { isSecretReference, resolveSecret, type SecretContext } from './secret-reference.ts';
export type { SettingOrigin } from './setting-sources.ts';
export { shapeProblems } from './shape-problems.ts';
export type { TenantFlags } from './tenant-flags.ts';
export {
  type LoadTenantSettingsOptions,
  loadTenantSettings,
  type TenantSettings,
} from './tenant-settings.ts';
export { isLoopback, normaliseTenantUrl, type TenantUrl } from './tenant-url.ts';
