import { GuardError, isEqual, type Provider, RemoteError, type Tenant, UsageError } from '@oaa-kit/oaa';
import type { CheckReport } from '@oaa-kit/scim-writeback/check';
import {
  type ApplyReport,
  applyPlan,
  type EndpointCheck,
  memoryState,
  type ResumeOptions,
  resumeApply,
  type StateHandle,
  unfinishedPlan,
} from './apply/index.ts';
import { giveUpHint } from './apply/ways-on.ts';
import { checkSecretValue, type Manifests, readManifests } from './manifest/index.ts';
import { isEmptyPlan, planProviders } from './plan/index.ts';
import { openState } from './state/index.ts';

interface Credentials {
  /** Of the SCIM service; this, or `username` and `password`. The value itself: references are for manifests. */
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

type HowToApply = Pick<
  ResumeOptions,
  | 'acceptFailingChecks'
  | 'verifyFrom'
  | 'checkReadOnly'
  | 'onStep'
  | 'signal'
  | 'deletionTimeoutMs'
  | 'now'
  | 'sleep'
  | 'secretCost'
>;

export interface RegisterScimProviderOptions extends Credentials, HowToApply {
  readonly tenant: Tenant;
  readonly name: string;
  /** What stays the same when the name changes; the name unless told otherwise. */
  readonly key?: string | undefined;
  /** Base URL of the SCIM service, without `/Users` or `/Groups`. */
  readonly scimUrl: string;
  /** Path of users below the base URL; `Users` unless told otherwise. */
  readonly usersEndpoint?: string | undefined;
  /** Path of groups below the base URL; `Groups` unless told otherwise. */
  readonly groupsEndpoint?: string | undefined;
  /** The tenant reads `/Schemas`, so that extension attributes can be set. */
  readonly extensionSchemas?: boolean | undefined;
  /** PEM text. */
  readonly caCertificate?: string | undefined;
  /** Path of a PNG or SVG file of at most 48,000 bytes. */
  readonly icon?: string | undefined;
  /** Names of data sources to have. */
  readonly dataSources?: readonly string[] | undefined;
  /** Further wire fields as they are. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** Takes over a provider of this name that was not made from here. */
  readonly adopt?: boolean | undefined;
  /** Takes `http://` for hosts other than this machine: the credentials then travel unencrypted. */
  readonly allowHttp?: boolean | undefined;
  /**
   * Path of the file that remembers what was made; without one nothing is remembered, and running again needs `adopt`
   * and sends the credentials again.
   */
  readonly stateFile?: string | undefined;
  /** Tries the endpoint out; `checkEndpoint` of `@oaa-kit/scim-writeback/check` unless another is given. */
  readonly check?: EndpointCheck | undefined;
}

export interface RegisteredProvider {
  /** As the tenant shows it now. */
  readonly provider: Provider;
  /** Whether anything was sent. */
  readonly changed: boolean;
  /** What the check of the endpoint found; undefined when the connection is as it was. */
  readonly check: CheckReport | undefined;
}

const secretNames = { scim_token: 'token', username: 'username', password: 'password' } as const;

/** The credentials go the way of all secrets, by reference: into no manifest, plan or state. */
function credentialsOf(options: Credentials): { references: Record<string, string>; env: Record<string, string> } {
  const given = Object.entries(secretNames).flatMap(([key, name]) => {
    const value = options[name];
    if (value === undefined) return [];
    const problem = checkSecretValue(`configuration_json.${key}`, value);
    if (problem === undefined) return [[key, name, value] as const];
    throw new UsageError(value === '' ? 'setting-missing' : 'setting-invalid', `The option ${name} ${problem}.`, {
      hint: 'Give the credential itself; where it comes from a variable, see that this one is set.',
    });
  });
  return {
    references: Object.fromEntries(given.map(([key, name]) => [key, `env:${name}`])),
    env: Object.fromEntries(given.map(([, name, value]) => [name, value])),
  };
}

function manifestOf(options: RegisterScimProviderOptions, references: Readonly<Record<string, string>>): object {
  return {
    key: options.key,
    name: options.name,
    custom_template: 'application',
    provisioning: true,
    external_lifecycle_management_type: 'SCIM',
    configuration: {
      scim_url: options.scimUrl,
      ...references,
      users_endpoint: options.usersEndpoint,
      groups_endpoint: options.groupsEndpoint,
      scim_extension_schemas: options.extensionSchemas,
      ca_certificate: options.caCertificate,
    },
    icon: options.icon,
    data_sources: options.dataSources,
    options: options.options,
    adopt: options.adopt,
  };
}

async function stateOf({ stateFile, tenant, now = () => new Date() }: RegisterScimProviderOptions) {
  if (stateFile === undefined) return { state: memoryState(tenant.url), close: () => undefined };
  const state = await openState(stateFile, tenant.url, now);
  return { state, close: () => state.close() };
}

/** As it is once it was written. */
const written = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/**
 * Goes on with a call of the same registration that stopped on its way. One with other options is not gone on with: what it
 * was to send, and where to, is not what is asked for now.
 */
async function resumeOwn(
  state: StateHandle,
  manifests: Manifests,
  options: ResumeOptions,
): Promise<ApplyReport | undefined> {
  const plan = await unfinishedPlan(state);
  if (plan === undefined) return undefined;
  const declared = plan.providers.map((planned) => planned.declared);
  if (isEqual(written(declared), written(manifests.providers))) return resumeApply(options);
  throw new GuardError(
    'guard',
    'An earlier registration with this state file was not finished, and had other options. Nothing was changed now.',
    { hint: `Make that one again with its own options. ${giveUpHint(state.file ?? '')}` },
  );
}

async function planAndApply(
  options: RegisterScimProviderOptions,
  manifests: Manifests,
  state: StateHandle,
  env: Readonly<Record<string, string>>,
): Promise<Pick<RegisteredProvider, 'changed' | 'check'>> {
  const { tenant, signal, now = () => new Date() } = options;
  const resumeWith = 'the same call of registerScimProvider again, with the same options';
  const how = { ...options, state, secrets: { env }, resumeWith };
  const resumed = await resumeOwn(state, manifests, how);
  const plan = await planProviders({
    tenant,
    manifests,
    state: state.state,
    secrets: { env, cwd: process.cwd() },
    allowDelete: false,
    now,
    signal,
  });
  const { checks } = await applyPlan({ ...how, plan });
  return {
    changed: resumed !== undefined || !isEmptyPlan(plan),
    check: (checks[0] ?? resumed?.checks[0])?.report,
  };
}

/**
 * Registers an application whose users and groups the tenant may change over SCIM, or makes the registration as it is
 * asked for: the same call may be made again and again. The endpoint is tried out before anything is sent; what happened
 * to a call before that was cut off is looked up.
 *
 * @returns the provider, and whether anything had to be changed
 * @throws InputError for options that contradict the client's rules; UsageError for a credential that is empty or cannot
 *   be sent; GuardError for a name that somebody else has registered, and for an endpoint that is not as the tenant needs
 *   it; otherwise as `applyPlan`
 *
 * @example
 * import { Tenant } from '@oaa-kit/oaa';
 * import { loadTenantSettings } from '@oaa-kit/oaa/settings';
 * import { registerScimProvider } from '@oaa-kit/registrar';
 *
 * const tenant = new Tenant(await loadTenantSettings());
 * const scimUrl = 'https://api.myapp.com/scim/v2';
 * const token = process.env.SCIM_TOKEN;
 * const registered = await registerScimProvider({ tenant, name: 'MyCustomApp', scimUrl, token, stateFile: 'registrar.json' });
 * console.log(registered.provider.id, registered.changed);
 */
export async function registerScimProvider(options: RegisterScimProviderOptions): Promise<RegisteredProvider> {
  const { tenant, name, signal, now, allowHttp } = options;
  const { references, env } = credentialsOf(options);
  const manifests = await readManifests([{ file: 'registerScimProvider', value: manifestOf(options, references) }], {
    now,
    allowHttp,
  });
  const { state, close } = await stateOf(options);
  try {
    const outcome = await planAndApply(options, manifests, state, env);
    const id = state.state.providers.find(({ key }) => key === (options.key ?? name))?.id;
    const provider = id === undefined ? undefined : await tenant.providers.get(id, { signal });
    if (provider === undefined) {
      throw new RemoteError('not-found', `The provider "${name}" was registered, and is not there any more.`, {
        status: 404,
        hint: 'Somebody may have deleted it just now: register it again.',
      });
    }
    return { provider, ...outcome };
  } finally {
    close();
  }
}
