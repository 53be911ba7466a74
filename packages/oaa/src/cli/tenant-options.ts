import type { OptionSpecs } from './command.ts';

/** How to reach a tenant: the same options on every command that talks to one. */
export const tenantOptions = {
  url: { type: 'string', valueName: 'url', describe: "The tenant's address; otherwise VEZA_URL" },
  'api-key': {
    type: 'string',
    valueName: 'reference',
    describe: 'Where the API key is: env:NAME, file:path or cmd:program, never the key itself; otherwise VEZA_API_KEY',
  },
  'ca-file': {
    type: 'string',
    valueName: 'file',
    describe: 'PEM file with certificates to trust beside the usual ones',
  },
  timeout: {
    type: 'number',
    valueName: 'seconds',
    describe: 'How long to wait for an answer; otherwise OAA_API_TIMEOUT, or 300',
  },
  retries: {
    type: 'number',
    valueName: 'count',
    describe: 'How often to send a failed request again; otherwise OAA_API_RETRIES, or 10',
  },
  proxy: { type: 'string', valueName: 'url', describe: 'HTTP proxy; otherwise HTTPS_PROXY' },
  'unsafe-https': {
    type: 'boolean',
    describe: 'Do not check the certificate of the tenant (tests only); otherwise VEZA_UNSAFE_HTTPS',
  },
  'allow-commands': { type: 'boolean', describe: 'Allow cmd: references to run programs' },
} as const satisfies OptionSpecs;
