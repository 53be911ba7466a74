import type { OptionSpec, OptionSpecs } from '@oaa-kit/oaa/cli';

/** Of clients of the administration API; seconds and a count. */
export const defaultPatience = { timeout: 300, retries: 5 };

/** The way to a service on another machine, the same for all commands that ask one. */
export const connectionOptions = {
  ca: { type: 'string', valueName: 'file', describe: 'PEM file with certificates to trust beside the usual ones' },
  'unsafe-https': { type: 'boolean', describe: 'Do not check the certificate of the service (tests only)' },
  proxy: { type: 'string', valueName: 'url', describe: 'HTTP proxy; otherwise HTTPS_PROXY' },
} as const satisfies OptionSpecs;

export const allowCommandsOption = {
  type: 'boolean',
  describe: 'Allow cmd: references to run programs',
} as const satisfies OptionSpec;

/** The credential for a SCIM service, the same for all commands that ask one. */
export const credentialOptions = {
  token: {
    type: 'string',
    valueName: 'reference',
    describe: 'Where the bearer token is: env:NAME, file:path or cmd:program; otherwise SCIM_TOKEN',
  },
  'basic-user': { type: 'string', valueName: 'name', describe: 'User name for Basic, instead of a token' },
  'basic-password': {
    type: 'string',
    valueName: 'reference',
    describe: 'Its password: env:NAME, file:path or cmd:program',
  },
  'allow-commands': allowCommandsOption,
} as const satisfies OptionSpecs;

/** Where a SCIM service has its users and groups. */
export const endpointOptions = {
  'users-endpoint': { type: 'string', valueName: 'path', default: 'Users', describe: 'Path of users below the URL' },
  'groups-endpoint': { type: 'string', valueName: 'path', default: 'Groups', describe: 'Path of groups below the URL' },
} as const satisfies OptionSpecs;
