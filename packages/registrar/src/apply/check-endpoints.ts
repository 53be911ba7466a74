import { GuardError, UnreachableError } from '@oaa-kit/oaa';
import type { HttpAuth } from '@oaa-kit/oaa/http';
import type { CheckReport, CheckResult } from '@oaa-kit/scim-writeback/check';
import type { ScimConnection } from '../manifest/declared-provider.ts';
import type { PlannedProvider } from '../plan/plan.ts';
import { leftBehindNotes } from './left-behind.ts';
import { stoppedBySignal } from './stopped-by-signal.ts';
import type { SecretValues } from './wire-body.ts';

/** The SCIM endpoint of a provider, as the tenant would use it. */
export interface EndpointToCheck {
  readonly url: string;
  readonly auth: HttpAuth;
  readonly usersEndpoint?: string | undefined;
  readonly groupsEndpoint?: string | undefined;
  readonly extensionSchemas: boolean;
  readonly tls?: { readonly ca: string } | undefined;
  readonly readOnly: boolean;
  readonly signal: AbortSignal;
}

/** Tries an endpoint out; `checkEndpoint` of `@oaa-kit/scim-writeback/check` unless another is handed in. */
export type EndpointCheck = (endpoint: EndpointToCheck) => Promise<CheckReport>;

export interface EndpointCheckOptions {
  readonly check: EndpointCheck;
  /** Codes of requirements that need not be met. */
  readonly acceptFailingChecks: readonly string[];
  /** `tenant`: an endpoint that cannot be reached from here is taken on trust, since the tenant may reach it. */
  readonly verifyFrom: 'here' | 'tenant';
  /** Only read: what would write on the endpoint is not tried. */
  readonly checkReadOnly: boolean;
  readonly signal: AbortSignal;
}

/** What the check of one endpoint found. */
export interface CheckedEndpoint {
  /** Key of the provider. */
  readonly provider: string;
  readonly report: CheckReport;
}

/** The endpoint of a provider is not as the tenant needs it: nothing was registered or changed. Exit code 8. */
export class EndpointCheckError extends GuardError {
  readonly checks: readonly CheckedEndpoint[];

  constructor(message: string, hint: string, checks: readonly CheckedEndpoint[]) {
    super('guard', message, { hint });
    this.checks = checks;
  }

  override get facts(): Readonly<Record<string, unknown>> {
    return { checks: this.checks };
  }
}

/** The secrets that an endpoint is asked with. */
export const credentialPaths: ReadonlySet<string> = new Set(
  ['scim_token', 'username', 'password'].map((key) => `configuration_json.${key}`),
);

function authOf(connection: ScimConnection, secrets: SecretValues): HttpAuth {
  const token = secrets.get('configuration_json.scim_token');
  if (token !== undefined) return { type: 'bearer', token };
  return {
    type: 'basic',
    username: secrets.get('configuration_json.username') ?? connection.username ?? '',
    password: secrets.get('configuration_json.password') ?? '',
  };
}

/** The endpoint of a connection with its credentials. */
export function endpointOf(
  connection: ScimConnection,
  secrets: SecretValues,
  options: Pick<EndpointCheckOptions, 'checkReadOnly' | 'signal'>,
): EndpointToCheck {
  const { url, usersEndpoint, groupsEndpoint, extensionSchemas, caCertificate } = connection;
  return {
    url,
    auth: authOf(connection, secrets),
    usersEndpoint,
    groupsEndpoint,
    extensionSchemas,
    tls: caCertificate === undefined ? undefined : { ca: caCertificate },
    readOnly: options.checkReadOnly,
    signal: options.signal,
  };
}

function unaccepted({ report }: CheckedEndpoint, accepted: readonly string[]): readonly CheckResult[] {
  return report.results.filter(({ status, code }) => status === 'failed' && !accepted.includes(code));
}

async function refuseFailing(checks: readonly CheckedEndpoint[], accepted: readonly string[]): Promise<void> {
  const lines = checks.flatMap((check) =>
    unaccepted(check, accepted).map(
      ({ code, title, problem }) => `  ${check.provider}, ${code}: ${title}: ${problem ?? 'it is not so'}`,
    ),
  );
  if (lines.length === 0) return;
  const codes = [...new Set(checks.flatMap((check) => unaccepted(check, accepted).map(({ code }) => code)))];
  throw new EndpointCheckError(
    [
      `Nothing was changed, since the SCIM endpoint is not as the tenant needs it:`,
      ...lines,
      ...(await leftBehindNotes(checks)),
    ].join('\n'),
    `See them in full with: oaa scim check <url>. To go on all the same: --accept-failing-checks ${codes.join(',')}; in code acceptFailingChecks.`,
    checks,
  );
}

async function refuseUnreachable(checks: readonly CheckedEndpoint[]): Promise<void> {
  const lines = checks
    .filter(({ report }) => report.outcome === 'unreachable')
    .map(({ provider, report }) => {
      const problem = report.results.find(({ status }) => status === 'unreachable')?.problem;
      return `  ${provider}, ${report.url}: ${problem ?? 'no answer came'}`;
    });
  if (lines.length === 0) return;
  throw new UnreachableError(
    'unreachable',
    [
      `Nothing was changed, since the SCIM endpoint could not be reached from here:`,
      ...lines,
      ...(await leftBehindNotes(checks)),
    ].join('\n'),
    {
      hint: 'If the tenant reaches it where this machine does not, go on with: --verify-from tenant; in code verifyFrom.',
    },
  );
}

/** An interruption must not hide what the checks before it have left. */
async function interrupted(error: unknown, before: readonly CheckedEndpoint[]): Promise<unknown> {
  const notes = await leftBehindNotes(before);
  if (notes.length === 0 || !(error instanceof UnreachableError)) return error;
  const { code, message, hint, retryable } = error;
  return new UnreachableError(code, [message, ...notes].join('\n'), { hint, retryable, cause: error });
}

/**
 * Tries the endpoints of all providers whose connection is new or changed. Nothing is registered before all are as the
 * tenant needs them.
 *
 * @throws EndpointCheckError when a requirement is not met that was not accepted; UnreachableError for an endpoint that
 *   cannot be reached, unless the tenant is trusted to reach it
 */
export async function checkEndpoints(
  providers: readonly { readonly planned: PlannedProvider; readonly secrets: SecretValues }[],
  options: EndpointCheckOptions,
): Promise<readonly CheckedEndpoint[]> {
  const checks: CheckedEndpoint[] = [];
  for (const { planned, secrets } of providers) {
    const { key, scim } = planned.declared;
    if (!planned.checksEndpoint || scim === undefined) continue;
    try {
      if (options.signal.aborted) throw stoppedBySignal();
      checks.push({ provider: key, report: await options.check(endpointOf(scim, secrets, options)) });
    } catch (error) {
      throw await interrupted(error, checks);
    }
  }
  await refuseFailing(checks, options.acceptFailingChecks);
  if (options.verifyFrom === 'here') await refuseUnreachable(checks);
  return checks;
}
