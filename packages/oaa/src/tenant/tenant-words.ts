import type { RemoteWords } from '../http/index.ts';

/** How messages speak of a tenant. The names are those of `loadTenantSettings`. */
export const tenantWords: RemoteWords = {
  noun: 'tenant',
  credential: 'API key',
  rightsHint: "Use an administrator's personal key, or a team key with the role oaa_push.",
  settings: {
    url: 'VEZA_URL (--url, tenant.url)',
    credential: 'VEZA_API_KEY (--api-key, tenant.apiKey)',
    timeout: 'OAA_API_TIMEOUT (--timeout, tenant.timeoutSeconds)',
    retries: 'OAA_API_RETRIES (--retries, tenant.retries)',
    caFile: 'OAA_CA_FILE (--ca-file, tenant.caFile)',
    proxy: 'HTTPS_PROXY (--proxy, tenant.proxy)',
    unsafe: 'VEZA_UNSAFE_HTTPS=true',
  },
};
