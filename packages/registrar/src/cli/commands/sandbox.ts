import { defineCommand, type OptionSpecs } from '@oaa-kit/oaa/cli';

export const sandboxOptions = {
  port: { type: 'number', valueName: 'number', default: 0, describe: 'Port to listen on; 0 takes any free one' },
  host: { type: 'string', valueName: 'address', default: '127.0.0.1', describe: 'Address to listen on' },
  'api-key': {
    type: 'string',
    valueName: 'reference',
    describe: 'Where the API key is: env:NAME, file:path or cmd:program; a key is made and printed when left out',
  },
  tls: { type: 'boolean', describe: 'Serve HTTPS with a self-signed certificate' },
  state: { type: 'string', valueName: 'file', describe: 'JSON file that keeps the state over restarts' },
  'allow-commands': { type: 'boolean', describe: 'Allow cmd: references to run programs' },
} as const satisfies OptionSpecs;

/** `oaa sandbox` */
export const sandboxCommand = defineCommand({
  path: ['sandbox'],
  summary: 'Run a local stand-in for a tenant until it is stopped',
  options: sandboxOptions,
  examples: [
    'oaa sandbox --port 8443 --tls',
    'oaa sandbox --port 8080 --api-key env:VEZA_API_KEY --state sandbox.json',
  ],
  load: async () => (await import('./run-sandbox.ts')).runSandbox,
});
