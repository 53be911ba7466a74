import {
  type ExitCode,
  GuardError,
  isBeingDeleted,
  OaaError,
  type Provider,
  RemoteError,
  type Tenant,
  UsageError,
} from '@oaa-kit/oaa';
import type { DeclaredProvider, Manifests } from '../manifest/index.ts';
import type { RegistrarState } from '../state/index.ts';

export interface SetProvisioningOptions {
  readonly tenant: Tenant;
  readonly manifests: Manifests;
  readonly state: RegistrarState;
  /** Whether the tenant may change access through the providers. */
  readonly provisioning: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What became of the switch of one provider. */
export interface SwitchedProvider {
  readonly key: string;
  readonly name: string;
  readonly id: string;
  /** It stood so before. */
  readonly unchanged: boolean;
}

/**
 * A provider could not be switched, and those before it are: code, exit code and cause are those of the request that
 * failed.
 */
export class ProvisioningStoppedError extends OaaError {
  override readonly exitCode: ExitCode;
  override readonly retryable: boolean;
  /** What stands as it was asked for. */
  readonly switched: readonly SwitchedProvider[];
  /** Names of those that do not, as far as is known: the answer to the first of them may have been lost. */
  readonly open: readonly string[];

  constructor(error: OaaError, message: string, switched: readonly SwitchedProvider[], open: readonly string[]) {
    const hint = [error.hint, 'Run it again: what is switched stays so.'].filter((part) => part !== undefined);
    super(error.code, message, { hint: hint.join(' '), cause: error });
    this.exitCode = error.exitCode;
    this.retryable = error.retryable;
    this.switched = switched;
    this.open = open;
  }

  override get facts(): Readonly<Record<string, unknown>> {
    return { switched: this.switched, open: this.open };
  }
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

function stopped(
  error: unknown,
  provisioning: boolean,
  switched: readonly SwitchedProvider[],
  open: readonly string[],
): unknown {
  if (!(error instanceof OaaError)) return error;
  const word = provisioning ? 'on' : 'off';
  const lines = [
    error.message,
    ...(switched.length === 0 ? [] : [`Provisioning is ${word} now: ${quoted(switched.map(({ name }) => name))}.`]),
    `Not switched, as far as is known: ${quoted(open)}.`,
  ];
  return new ProvisioningStoppedError(error, lines.join('\n'), switched, open);
}

async function find(
  { key, name, adopt }: DeclaredProvider,
  { tenant, state, signal }: SetProvisioningOptions,
): Promise<Provider | undefined> {
  const remembered = state.providers.find((provider) => provider.key === key);
  if (remembered !== undefined) return tenant.providers.get(remembered.id, { signal });
  return adopt ? tenant.providers.find(name, { signal }) : undefined;
}

/** Whether a manifest says whether the tenant may change access; where it does not, that is somebody else's to say. */
export function declaresProvisioning({ fields }: DeclaredProvider): boolean {
  return fields.provisioning !== undefined;
}

/**
 * Switches `provisioning` of the providers whose manifests have that field, and nothing else of them. What a manifest does
 * not name is left alone here as everywhere. Providers that nobody here made and that no manifest adopts are not touched:
 * all are found before the first is switched.
 *
 * @throws UsageError when no manifest has the field; RemoteError `not-found` with all that are not there; GuardError for
 *   those that are being deleted: nothing was changed then; ProvisioningStoppedError when a provider could not be
 *   switched, which says what is and what is not
 */
export async function setProvisioning(options: SetProvisioningOptions): Promise<readonly SwitchedProvider[]> {
  const { tenant, manifests, provisioning, signal } = options;
  const wanted = manifests.providers.filter(declaresProvisioning);
  if (wanted.length === 0) {
    throw new UsageError('usage', 'Nothing was changed: no provider of these manifests has the field provisioning.', {
      hint: 'Write provisioning: true or false into the manifest of each provider that is to be switched.',
    });
  }
  const found: { readonly declared: DeclaredProvider; readonly provider: Provider }[] = [];
  const missing: string[] = [];
  for (const declared of wanted) {
    const provider = await find(declared, options);
    if (provider === undefined) missing.push(declared.name);
    else found.push({ declared, provider });
  }
  if (missing.length > 0) {
    throw new RemoteError(
      'not-found',
      `Nothing was changed: ${quoted(missing)} ${missing.length === 1 ? 'was' : 'were'} not registered from here, or is no longer there.`,
      { status: 404, hint: 'Look with oaa registrar status; a provider that was made by hand needs adopt: true.' },
    );
  }
  const leaving = found.filter(({ provider }) => isBeingDeleted(provider));
  if (leaving.length > 0) {
    const names = quoted(leaving.map(({ provider }) => provider.name));
    throw new GuardError('guard', `Nothing was changed: ${names} is being deleted on the tenant.`, {
      hint: 'Wait until it is gone, then plan and apply.',
    });
  }
  const switched: SwitchedProvider[] = [];
  for (const [index, { declared, provider }] of found.entries()) {
    const { id, name } = provider;
    const unchanged = provider.provisioning === provisioning;
    try {
      if (!unchanged) await tenant.providers.update(id, { provisioning }, { signal });
    } catch (error) {
      const open = found.slice(index).filter((one) => one.provider.provisioning !== provisioning);
      throw stopped(
        error,
        provisioning,
        switched,
        open.map((one) => one.provider.name),
      );
    }
    switched.push({ key: declared.key, name, id, unchanged });
  }
  return switched;
}
