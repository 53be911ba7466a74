import { resolve } from 'node:path';
import { UsageError } from '../errors/index.ts';
import { loadConfig } from './config.ts';
import { readEnvFile } from './env-file.ts';
import { bypassesProxy, proxyFromEnvironment } from './proxy-for.ts';
import { readTextFile } from './read-text-file.ts';
import { isSecretReference, resolveSecret, type SecretContext } from './secret-reference.ts';
import {
  type FoundSetting,
  findSetting,
  type SettingNames,
  type SettingOrigin,
  type SettingSources,
  settingNames,
  waysToSet,
} from './setting-sources.ts';
import type { TenantFlags } from './tenant-flags.ts';
import { normaliseTenantUrl } from './tenant-url.ts';

export interface LoadTenantSettingsOptions {
  readonly flags?: TenantFlags | undefined;
  /** `process.env` unless told otherwise. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Where `.env` and `oaa.config.yaml` are looked for; the working folder unless told otherwise. */
  readonly cwd?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The tenant that a document is for. It counts where no URL is set. */
  readonly fallback?: FallbackTenant | undefined;
}

/** A tenant that is named beside the settings: in a manifest. */
export interface FallbackTenant {
  readonly url: string;
  /** A secret reference. It belongs to the URL: with that, it wins over everything but the flag. */
  readonly apiKey?: string | undefined;
  /** Where it is named, for messages: `provider.yaml:3:8`. */
  readonly where: string;
}

/** Everything needed to make a `Tenant`: `new Tenant(await loadTenantSettings(...))`. */
export interface TenantSettings {
  readonly url: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly tls: { readonly ca: string | undefined; readonly verify: boolean };
  readonly caFile: string | undefined;
  readonly unsafeHttps: boolean;
  readonly proxyUrl: string | undefined;
  /** By setting name: `url`, `apiKey`, `timeoutSeconds`, `retries`, `caFile`, `proxy`, `unsafeHttps`. */
  readonly origins: Readonly<Record<keyof typeof settingNames, SettingOrigin>>;
}

const defaults = { timeoutSeconds: 300, retries: 10 };
const maximumTimeoutSeconds = 86_400;
const maximumRetries = 100;
const maximumCaBytes = 4_000_000;

interface Problem {
  readonly code: 'setting-missing' | 'setting-invalid' | 'file-unreadable';
  readonly message: string;
}

/** Collects what is wrong, so that all of it is told at once. */
class Problems {
  readonly list: Problem[] = [];

  missing(what: string, names: SettingNames): undefined {
    this.list.push({ code: 'setting-missing', message: `${what} is missing: set ${waysToSet(names)}.` });
    return undefined;
  }

  invalid(found: FoundSetting, reason: string): undefined {
    this.list.push({ code: 'setting-invalid', message: `${found.where} ${reason}.` });
    return undefined;
  }

  /** Keeps an error of ours for later. */
  add(where: string, error: unknown): undefined {
    if (!(error instanceof UsageError)) throw error;
    const code = error.code === 'setting-missing' || error.code === 'file-unreadable' ? error.code : 'setting-invalid';
    this.list.push({ code, message: `${where}: ${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}` });
    return undefined;
  }

  throwIfAny(): void {
    const [first] = this.list;
    if (first === undefined) return;
    const same = this.list.every(({ code }) => code === first.code);
    const message =
      this.list.length === 1
        ? first.message
        : [`${this.list.length} settings are missing or wrong:`, ...this.list.map((each) => `  ${each.message}`)].join(
            '\n',
          );
    throw new UsageError(same ? first.code : 'setting-invalid', message, {
      hint: 'A flag wins over the environment, then .env, then oaa.config.yaml.',
    });
  }
}

function readNumber(
  found: FoundSetting | undefined,
  fallback: number,
  problems: Problems,
  rule: { readonly accepts: (value: number) => boolean; readonly reason: string },
): number {
  if (found === undefined) return fallback;
  const value = /^\d{1,9}(?:\.\d{1,3})?$/.test(found.text.trim()) ? Number(found.text) : Number.NaN;
  if (!rule.accepts(value)) problems.invalid(found, rule.reason);
  return value;
}

function readUrl(found: FoundSetting | undefined, problems: Problems): string | undefined {
  if (found === undefined) return problems.missing("The tenant's URL", settingNames.url);
  const normal = normaliseTenantUrl(found.text);
  return 'problem' in normal ? problems.invalid(found, normal.problem) : normal.url;
}

/** A flag and the settings file hold references; variables hold the key itself. */
async function readApiKey(
  found: FoundSetting | undefined,
  context: Pick<SecretContext, 'cwd' | 'signal'>,
  sources: SettingSources,
  problems: Problems,
): Promise<string | undefined> {
  if (found === undefined) return problems.missing('The API key', settingNames.apiKey);
  let key = found.text;
  if (found.origin === 'flag' || found.origin === 'config') {
    if (!isSecretReference(key)) {
      return problems.invalid(found, 'must be a reference (env:NAME, file:path or cmd:program), never the key itself');
    }
    const allowCommands = sources.flags.allowCommands ?? sources.environment.OAA_ALLOW_COMMANDS === 'true';
    const env = { ...sources.envFile, ...sources.environment };
    try {
      key = await resolveSecret(key, { ...context, env, allowCommands });
    } catch (error) {
      return problems.add(found.where, error);
    }
  }
  if (/\s/.test(key)) return problems.invalid(found, 'gives an API key with blanks or line breaks inside (not shown)');
  if (!/^[\x21-\x7e]+$/.test(key))
    return problems.invalid(found, 'gives an API key with unprintable or non-ASCII characters (not shown)');
  return key;
}

function readSwitch(found: FoundSetting | undefined, problems: Problems): boolean {
  if (found === undefined) return false;
  const text = found.text.trim().toLowerCase();
  if (text !== 'true' && text !== 'false') problems.invalid(found, 'must be true or false');
  return text === 'true';
}

async function readCa(
  found: FoundSetting | undefined,
  cwd: string,
  problems: Problems,
): Promise<{ readonly file: string | undefined; readonly text: string | undefined }> {
  if (found === undefined) return { file: undefined, text: undefined };
  const file = resolve(cwd, found.text);
  try {
    const text = await readTextFile(file, maximumCaBytes);
    if (text?.includes('-----BEGIN CERTIFICATE-----')) return { file, text };
    problems.invalid(
      found,
      text === undefined ? `names ${file}, which does not exist` : `names ${file}, which holds no PEM certificate`,
    );
  } catch (error) {
    problems.add(found.where, error);
  }
  return { file, text: undefined };
}

/** An explicit proxy is used as told; the standard variables are read as every program reads them. */
function readProxy(
  url: string | undefined,
  sources: SettingSources,
  problems: Problems,
): { readonly proxyUrl: string | undefined; readonly origin: SettingOrigin } {
  const explicit = findSetting(settingNames.proxy, { ...sources, environment: {}, envFile: {} });
  if (explicit !== undefined && (explicit.origin === 'flag' || url === undefined)) {
    return { proxyUrl: checkedProxy(explicit, problems), origin: explicit.origin };
  }
  if (url === undefined) return { proxyUrl: undefined, origin: 'default' };
  for (const [origin, env] of [
    ['environment', sources.environment],
    ['.env', sources.envFile],
  ] as const) {
    const proxyUrl = proxyFromEnvironment(url, env);
    if (proxyUrl !== undefined) {
      const found: FoundSetting = {
        origin,
        where: origin === '.env' ? 'HTTPS_PROXY in .env' : 'HTTPS_PROXY',
        text: proxyUrl,
      };
      return { proxyUrl: checkedProxy(found, problems), origin };
    }
    if (bypassesProxy(url, env)) return { proxyUrl: undefined, origin };
  }
  if (explicit === undefined) return { proxyUrl: undefined, origin: 'default' };
  return { proxyUrl: checkedProxy(explicit, problems), origin: explicit.origin };
}

function checkedProxy(found: FoundSetting, problems: Problems): string | undefined {
  const text = found.text.includes('://') ? found.text : `http://${found.text}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return problems.invalid(found, 'must be an http:// or https:// URL such as http://proxy.example.com:8080');
  }
  if (url.password !== '' && (found.origin === 'flag' || found.origin === 'config')) {
    return problems.invalid(found, 'holds a password, which belongs into HTTPS_PROXY in the environment (not shown)');
  }
  return text;
}

/**
 * Gathers the settings of a tenant: flag, then environment, then `.env`, then `oaa.config.yaml`. The variables are
 * those of the Python SDK: `VEZA_URL`, `VEZA_API_KEY`, `VEZA_UNSAFE_HTTPS`, `OAA_API_TIMEOUT` (seconds),
 * `OAA_API_RETRIES`; further `OAA_CA_FILE` and the standard `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`.
 *
 * @throws UsageError that names everything that is missing or wrong, never showing a secret
 *
 * @example
 * const tenant = new Tenant(await loadTenantSettings());
 */
export async function loadTenantSettings(options: LoadTenantSettingsOptions = {}): Promise<TenantSettings> {
  const { flags = {}, env = process.env, cwd = process.cwd(), signal } = options;
  const sources: SettingSources = {
    flags,
    environment: env,
    envFile: await readEnvFile(cwd),
    config: await loadConfig({ cwd, file: flags.config }),
  };
  const problems = new Problems();
  const found = Object.fromEntries(
    Object.entries(settingNames).map(([name, names]) => [name, findSetting(names, sources)]),
  ) as Record<keyof typeof settingNames, FoundSetting | undefined>;

  const { fallback } = options;
  if (found.url === undefined && fallback !== undefined) {
    const { url: text, apiKey: reference, where } = fallback;
    found.url = { origin: 'config', where, text };
    // A key of another tenant is not sent to this one.
    if (reference !== undefined && found.apiKey?.origin !== 'flag') {
      found.apiKey = { origin: 'config', where, text: reference };
    }
  }

  const url = readUrl(found.url, problems);
  const apiKey = await readApiKey(found.apiKey, { cwd, signal }, sources, problems);
  const timeoutSeconds = readNumber(found.timeoutSeconds, defaults.timeoutSeconds, problems, {
    accepts: (value) => value > 0 && value <= maximumTimeoutSeconds,
    reason: `must be a number of seconds, more than 0 and at most ${maximumTimeoutSeconds}`,
  });
  const retries = readNumber(found.retries, defaults.retries, problems, {
    accepts: (value) => Number.isInteger(value) && value <= maximumRetries,
    reason: `must be a whole number from 0 to ${maximumRetries}`,
  });
  const ca = await readCa(found.caFile, cwd, problems);
  const unsafeHttps = readSwitch(found.unsafeHttps, problems);
  const proxy = readProxy(url, sources, problems);
  problems.throwIfAny();
  if (url === undefined || apiKey === undefined) throw new TypeError('a missing setting was not reported');

  const originOf = (setting: FoundSetting | undefined): SettingOrigin => setting?.origin ?? 'default';
  return {
    url,
    apiKey,
    timeoutMs: timeoutSeconds * 1000,
    retries,
    tls: { ca: ca.text, verify: !unsafeHttps },
    caFile: ca.file,
    unsafeHttps,
    proxyUrl: proxy.proxyUrl,
    origins: {
      url: originOf(found.url),
      apiKey: originOf(found.apiKey),
      timeoutSeconds: originOf(found.timeoutSeconds),
      retries: originOf(found.retries),
      caFile: originOf(found.caFile),
      proxy: proxy.origin,
      unsafeHttps: originOf(found.unsafeHttps),
    },
  };
}
