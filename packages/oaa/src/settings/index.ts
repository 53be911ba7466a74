export { type LoadedConfig, loadConfig, type OaaConfig, type TenantConfig } from './config.ts';
export { readEnvFile } from './env-file.ts';
export {
  type DocumentPath,
  type DocumentProblem,
  formatProblems,
  type ParseOptions,
  type Position,
  type PositionedDocument,
  parsePositioned,
  readPositioned,
  readPositionedAll,
} from './positioned-document.ts';
export { proxyFromEnvironment } from './proxy-for.ts';
export { readTextFile } from './read-text-file.ts';
export { type ReplaceFileOptions, replaceFile, whyUnwritable } from './replace-file.ts';
export { findJsonSyntaxError, type JsonProblem, scanJson } from './scan-json.ts';
export { isSecretReference, resolveSecret, type SecretContext } from './secret-reference.ts';
export type { SettingOrigin } from './setting-sources.ts';
export { pathText, shapeProblems } from './shape-problems.ts';
export type { TenantFlags } from './tenant-flags.ts';
export {
  type FallbackTenant,
  type LoadTenantSettingsOptions,
  loadTenantSettings,
  type TenantSettings,
} from './tenant-settings.ts';
export { isLoopback, normaliseTenantUrl, type TenantUrl } from './tenant-url.ts';
export { toYaml } from './to-yaml.ts';
export { withoutLinks } from './without-links.ts';
