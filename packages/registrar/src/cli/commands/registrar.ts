import { defineCommand, type OptionSpecs, tenantOptions } from '@oaa-kit/oaa/cli';

const manifestOption = {
  type: 'string',
  array: true,
  alias: 'f',
  valueName: 'file',
  describe: 'Manifest, YAML or JSON, of one or many providers; may be given several times',
} as const;

/** What every command reads that compares manifests with a tenant. */
const comparingOptions = {
  environment: {
    type: 'string',
    valueName: 'name',
    describe: 'Which of the environments in the manifests; none when left out',
  },
  state: {
    type: 'string',
    valueName: 'file',
    describe: 'State file of the tenant; otherwise one for each tenant in the state folder of this machine',
  },
  'allow-http': {
    type: 'boolean',
    describe: 'Take SCIM endpoints without TLS on other machines, which show their credentials to everybody on the way',
  },
  ...tenantOptions,
} as const satisfies OptionSpecs;

const allowDelete = {
  type: 'boolean',
  describe: 'Allow what destroys graph data: deleting, and replacing a provider by one with another payload template',
} as const;

export const planOptions = {
  manifest: { ...manifestOption, required: true },
  out: { type: 'string', valueName: 'file', describe: 'Write the plan here, for `oaa registrar apply --plan`' },
  'detailed-exit': { type: 'boolean', describe: 'Exit with 7 when there is something to do' },
  'allow-delete': allowDelete,
  ...comparingOptions,
} as const satisfies OptionSpecs;

export const applyOptions = {
  manifest: manifestOption,
  plan: { type: 'string', valueName: 'file', describe: 'Apply this plan, and no other; -f then only names the tenant' },
  resume: { type: 'boolean', describe: 'Go on with the apply that stopped on its way; -f then only names the tenant' },
  yes: { type: 'boolean', alias: 'y', describe: 'Do not ask; needed where nobody can be asked' },
  'allow-delete': allowDelete,
  'accept-failing-checks': {
    type: 'string',
    array: true,
    valueName: 'codes',
    describe: 'Requirements of the endpoint check that need not be met, by their codes, with commas between',
  },
  'verify-from': {
    type: 'string',
    choices: ['here', 'tenant'],
    default: 'here',
    describe: 'tenant: go on where a SCIM endpoint cannot be reached from here, since the tenant may reach it',
  },
  'check-read-only': {
    type: 'boolean',
    describe:
      'Make no user and no group at SCIM endpoints to try them out; what is not tried is counted, and listed with --json',
  },
  ...comparingOptions,
} as const satisfies OptionSpecs;

export const statusOptions = {
  manifest: { ...manifestOption, required: true },
  ...comparingOptions,
} as const satisfies OptionSpecs;

export const importOptions = {
  out: {
    type: 'string',
    valueName: 'file',
    describe: 'Write the manifest here instead of printing it; a file that is there already is not overwritten',
  },
  ...tenantOptions,
} as const satisfies OptionSpecs;

export const provisioningOptions = {
  manifest: { ...manifestOption, required: true },
  ...comparingOptions,
} as const satisfies OptionSpecs;

/** `oaa registrar ...` */
export const registrarCommands = [
  defineCommand({
    path: ['registrar', 'plan'],
    summary: 'Show what an apply would create, change, replace and delete; nothing is changed',
    options: planOptions,
    examples: ['oaa registrar plan -f provider.yaml', 'oaa registrar plan -f provider.yaml --out plan.json'],
    load: async () => (await import('./run-registrar-plan.ts')).runRegistrarPlan,
  }),
  defineCommand({
    path: ['registrar', 'apply'],
    summary: 'Register the providers of manifests, after their SCIM endpoints were tried out',
    options: applyOptions,
    examples: ['oaa registrar apply --plan plan.json', 'oaa registrar apply -f provider.yaml --yes'],
    load: async () => (await import('./run-registrar-apply.ts')).runRegistrarApply,
  }),
  defineCommand({
    path: ['registrar', 'status'],
    summary: 'Show how the providers stand: state, data sources, last push, connection, differences. Exit 7 for any',
    options: statusOptions,
    examples: ['oaa registrar status -f provider.yaml'],
    load: async () => (await import('./run-registrar-status.ts')).runRegistrarStatus,
  }),
  defineCommand({
    path: ['registrar', 'import'],
    summary: 'Write the manifest of a provider that is there; its secrets become env: references to fill in',
    arguments: [{ name: 'name-or-id', describe: 'Name or id of the provider', required: true }],
    options: importOptions,
    examples: ['oaa registrar import "Help Desk" --out imported.yaml'],
    load: async () => (await import('./run-registrar-import.ts')).runRegistrarImport,
  }),
  defineCommand({
    path: ['registrar', 'disable'],
    summary: 'Stop the tenant from changing access through the providers whose manifests say provisioning',
    options: provisioningOptions,
    examples: ['oaa registrar disable -f provider.yaml'],
    load: async () => (await import('./run-registrar-provisioning.ts')).runRegistrarDisable,
  }),
  defineCommand({
    path: ['registrar', 'enable'],
    summary: 'Let the tenant change access through the providers whose manifests say provisioning',
    options: provisioningOptions,
    examples: ['oaa registrar enable -f provider.yaml'],
    load: async () => (await import('./run-registrar-provisioning.ts')).runRegistrarEnable,
  }),
];
