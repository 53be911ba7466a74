import type { OptionSpecs } from '@oaa-kit/oaa/cli';

/** The way to a service on another machine, the same for all commands that ask one. */
export const connectionOptions = {
  ca: { type: 'string', valueName: 'file', describe: 'PEM file with certificates to trust beside the usual ones' },
  'unsafe-https': { type: 'boolean', describe: 'Do not check the certificate of the service (tests only)' },
  proxy: { type: 'string', valueName: 'url', describe: 'HTTP proxy; otherwise HTTPS_PROXY' },
} as const satisfies OptionSpecs;
