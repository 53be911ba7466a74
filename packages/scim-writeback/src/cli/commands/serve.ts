import { defineCommand, type OptionSpecs } from '@oaa-kit/oaa/cli';
import { allowCommandsOption } from '../connection-options.ts';
import { databaseOption } from '../database-option.ts';

export const serveOptions = {
  database: databaseOption,
  port: { type: 'number', valueName: 'number', default: 8080, describe: 'Port to listen on; 0 takes any free one' },
  host: {
    type: 'string',
    valueName: 'address',
    default: '127.0.0.1',
    describe: 'Address to listen on; others than of this machine need --base-url',
  },
  'base-url': {
    type: 'string',
    valueName: 'url',
    describe: 'Where clients find the service, as they are configured: https://scim.example.com/v2',
  },
  'mount-path': {
    type: 'string',
    valueName: 'path',
    describe: 'Path of the service on this server; that of --base-url when left out, else /scim',
  },
  'admin-path': {
    type: 'string',
    valueName: 'path',
    describe: 'Path of the administration API, beside that of the service: /admin; it is off when left out',
  },
  token: {
    type: 'string',
    array: true,
    valueName: 'reference',
    describe: 'Bearer token for the organization "default": env:NAME, file:path or cmd:program',
  },
  'basic-user': { type: 'string', valueName: 'name', describe: 'User name for Basic, for the organization "default"' },
  'basic-password': {
    type: 'string',
    valueName: 'reference',
    describe: 'Its password: env:NAME, file:path or cmd:program',
  },
  'allow-commands': allowCommandsOption,
  'trusted-proxy': {
    type: 'string',
    array: true,
    valueName: 'range',
    describe: 'Address or CIDR range of a proxy whose X-Forwarded-* headers are believed',
  },
  'metrics-from': {
    type: 'string',
    array: true,
    valueName: 'range',
    describe:
      'Address or CIDR range that may read /metrics; when left out this machine, or nobody with --base-url or --trusted-proxy',
  },
  'rate-limit': {
    type: 'number',
    valueName: 'number',
    default: 500,
    describe: 'Requests per second of one credential, twice as many in a burst; 0 for any number',
  },
} as const satisfies OptionSpecs;

/** `oaa scim serve` */
export const serveCommand = defineCommand({
  path: ['scim', 'serve'],
  summary: 'Serve SCIM 2.0 over a directory of users and groups until it is stopped',
  options: serveOptions,
  examples: [
    'oaa scim serve --database sqlite:scim.db --token env:SCIM_TOKEN',
    'oaa scim serve --database sqlite:scim.db --port 8443 --base-url https://scim.example.com/v2 --trusted-proxy 127.0.0.1',
  ],
  load: async () => (await import('./run-serve.ts')).runServe,
});
