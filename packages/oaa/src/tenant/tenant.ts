import { UsageError } from '../errors/index.ts';
import { createHttpClient } from '../http/index.ts';
import { normaliseTenantUrl } from '../settings/tenant-url.ts';
import { createDataSources, type DataSources } from './data-sources.ts';
import { createProviders, type Providers } from './providers.ts';
import { push, pushCsv } from './push.ts';
import { findPushRight, type PushRight } from './push-right.ts';
import type { PushCsvOptions, PushOptions, PushResult } from './push-types.ts';
import { createTemplates, type Templates } from './templates.ts';
import type { TenantOptions } from './tenant-options.ts';
import { tenantWords } from './tenant-words.ts';
import { userAgent } from './user-agent.ts';

function checkedUrl(text: string): string {
  const normal = normaliseTenantUrl(text);
  if ('url' in normal) return normal.url;
  throw new UsageError('setting-invalid', `The tenant's URL ${normal.problem}.`, {
    hint: `Correct ${tenantWords.settings.url}.`,
  });
}

function checkKey(apiKey: string): void {
  if (/^[\x21-\x7e]+$/.test(apiKey)) return;
  const [code, problem] =
    apiKey === ''
      ? (['setting-missing', 'is missing'] as const)
      : (['setting-invalid', 'holds blanks, line breaks or unprintable characters (not shown)'] as const);
  throw new UsageError(code, `The API key ${problem}.`, { hint: `Set ${tenantWords.settings.credential}.` });
}

/**
 * The client of a tenant's REST API.
 *
 * @throws UsageError when URL or key cannot be used. Nothing is sent before the first call.
 *
 * @example
 * import { loadTenantSettings } from '@oaa-kit/oaa/settings';
 *
 * const tenant = new Tenant(await loadTenantSettings());
 * const { warnings } = await tenant.push({
 *   provider: 'Customer portal',
 *   dataSource: 'portal.example.com',
 *   payload: application,
 *   createProvider: { template: 'application' },
 * });
 */
export class Tenant {
  /** Normalised: scheme in front, no slash at the end. */
  readonly url: string;
  readonly templates: Templates;
  readonly providers: Providers;
  readonly dataSources: DataSources;
  readonly #client: ReturnType<typeof createHttpClient>;

  constructor(options: TenantOptions) {
    this.url = checkedUrl(options.url);
    checkKey(options.apiKey);
    this.#client = createHttpClient({
      baseUrl: this.url,
      auth: { type: 'bearer', token: options.apiKey },
      userAgent: userAgent(options.userAgentExtra),
      timeoutMs: options.timeoutMs,
      retryPolicy: { ...(options.retries === undefined ? {} : { retries: options.retries }), ...options.retryPolicy },
      tls: options.tls,
      proxyUrl: options.proxyUrl,
      words: tenantWords,
      logger: options.logger,
      seams: options.seams,
    });
    this.templates = createTemplates(this.#client);
    this.providers = createProviders(this.#client);
    this.dataSources = createDataSources(this.#client);
  }

  /**
   * Delivers a payload: serialised, compressed and encoded as a stream, in parts when it is large. Makes the data source
   * when it is missing, and the provider when asked to. Resolves only when the tenant has confirmed the push.
   *
   * @throws InputError `payload-too-large` before anything is sent
   * @throws RemoteError `not-found` without provider, `remote-refused` with violations when the tenant refuses the payload
   * @throws UnreachableError `push-superseded` when a newer push to the same data source has begun in this process,
   *   `push-incomplete` when parts were sent and not confirmed
   */
  push(options: PushOptions): Promise<PushResult> {
    return push(this.#context, options);
  }

  /**
   * Delivers a CSV file, to be read with the provider's column mapping. Every file is a full snapshot.
   *
   * @throws InputError for a file that is empty or larger than 100,000,000 bytes
   */
  pushCsv(options: PushCsvOptions): Promise<PushResult> {
    return pushCsv(this.#context, options);
  }

  /**
   * Whether the key may push, as far as an empty push to a data source that cannot exist tells; nothing is changed.
   *
   * @throws UnreachableError when the tenant gives no answer
   */
  findPushRight(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<PushRight> {
    return findPushRight(this.#client, options.signal);
  }

  get #context() {
    const { providers, dataSources } = this;
    return { client: this.#client, providers, dataSources, tenantUrl: this.url };
  }
}
