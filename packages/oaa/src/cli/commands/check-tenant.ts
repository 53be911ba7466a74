import { type ExitCode, exitCodes, OaaError } from '../../errors/index.ts';
import type { TenantSettings } from '../../settings/index.ts';
import type { Tenant } from '../../tenant/index.ts';
import { type ConnectionProbe, probeConnection } from '../probe-connection.ts';

/** One line of `oaa tenant check`. */
export interface CheckStep {
  readonly step: 'settings' | 'name' | 'connection' | 'tls' | 'answer' | 'key' | 'read' | 'push';
  readonly status: 'ok' | 'failed' | 'not tried';
  readonly detail: string;
  readonly hint?: string | undefined;
}

/** What the check found, and the exit code of its first failure. */
export interface TenantCheck {
  readonly steps: readonly CheckStep[];
  readonly exitCode: ExitCode;
}

type Reach = Pick<TenantSettings, 'proxyUrl' | 'tls' | 'timeoutMs'>;

function notTried(step: CheckStep['step'], detail: string): CheckStep {
  return { step, status: 'not tried', detail };
}

function failed(step: CheckStep['step'], error: OaaError): CheckStep {
  return { step, status: 'failed', detail: error.message, hint: error.hint };
}

function networkSteps(url: URL, probe: ConnectionProbe): CheckStep[] {
  const host = url.hostname;
  if (probe.failedAt === 'name') {
    const detail = `the name service does not know ${host} (${probe.code})`;
    const hint = 'Check the spelling in --url or VEZA_URL, and the network.';
    return [
      { step: 'name', status: 'failed', detail, hint },
      notTried('connection', 'there is no address to connect to'),
    ];
  }
  const name: CheckStep =
    probe.address === undefined
      ? notTried('name', `${host} is an address already`)
      : { step: 'name', status: 'ok', detail: `${host} is ${probe.address}` };
  const place = `${url.host}${url.port === '' ? (url.protocol === 'https:' ? ':443' : ':80') : ''}`;
  if (probe.failedAt === undefined)
    return [name, { step: 'connection', status: 'ok', detail: `${place} accepts connections` }];
  const hint = 'Check host and port in --url or VEZA_URL; behind a firewall set --proxy or HTTPS_PROXY.';
  return [
    name,
    { step: 'connection', status: 'failed', detail: `${place} accepts no connection (${probe.code})`, hint },
  ];
}

function tlsStep(url: URL, reach: Reach): CheckStep {
  if (url.protocol === 'http:') {
    return {
      ...notTried('tls', 'the address is plain http: everybody on the way can read the API key'),
      hint: 'Use https.',
    };
  }
  if (!reach.tls.verify) {
    return {
      ...notTried('tls', 'switched off by --unsafe-https or VEZA_UNSAFE_HTTPS'),
      hint: 'Use --ca-file instead.',
    };
  }
  return { step: 'tls', status: 'ok', detail: 'the certificate is trusted' };
}

async function pushStep(tenant: Tenant, signal: AbortSignal): Promise<CheckStep> {
  const right = await tenant.findPushRight({ signal });
  switch (right.kind) {
    case 'not-refused':
      return {
        step: 'push',
        status: 'ok',
        detail: 'not refused: an empty push to a made-up data source was answered with "not found"',
      };
    case 'refused':
      return failed('push', right.error);
    default:
      return {
        ...notTried('push', 'the answer to an empty push to a made-up data source does not tell'),
        hint: 'The API key needs the right to make OAA providers and data sources: a team key, or a key of an administrator.',
      };
  }
}

const laterSteps = (reason: string, ...steps: readonly CheckStep['step'][]): CheckStep[] =>
  steps.map((step) => notTried(step, reason));

/** What the failure of the first request says about each layer that it went through. */
function requestFailure(error: OaaError, tls: CheckStep): CheckStep[] {
  if (error.code === 'tls')
    return [failed('tls', error), ...laterSteps('there is no safe connection', 'answer', 'key', 'read', 'push')];
  const answered: CheckStep = { step: 'answer', status: 'ok', detail: 'the tenant answers' };
  if (error.code === 'credentials-refused')
    return [tls, answered, failed('key', error), ...laterSteps('the key is refused', 'read', 'push')];
  return [tls, failed('answer', error), ...laterSteps('there was no good answer', 'key', 'read', 'push')];
}

async function requestSteps(tenant: Tenant, tls: CheckStep, signal: AbortSignal): Promise<TenantCheck> {
  const steps: CheckStep[] = [];
  try {
    const templates = await tenant.templates.list({ signal });
    steps.push(tls, { step: 'answer', status: 'ok', detail: 'the tenant answers' });
    steps.push({
      step: 'key',
      status: 'ok',
      detail: `accepted; the tenant knows ${templates.length} payload templates`,
    });
  } catch (error) {
    if (!(error instanceof OaaError)) throw error;
    return { steps: requestFailure(error, tls), exitCode: error.exitCode };
  }
  try {
    const first = await tenant.providers.list({ pageSize: 1, signal })[Symbol.asyncIterator]().next();
    const seen = first.done === true ? 'there is none yet' : 'there is at least one';
    steps.push({ step: 'read', status: 'ok', detail: `the key may list custom providers; ${seen}` });
  } catch (error) {
    if (!(error instanceof OaaError)) throw error;
    return {
      steps: [...steps, failed('read', error), ...laterSteps('it may not even read', 'push')],
      exitCode: error.exitCode,
    };
  }
  try {
    const push = await pushStep(tenant, signal);
    return { steps: [...steps, push], exitCode: push.status === 'failed' ? exitCodes.credentials : exitCodes.done };
  } catch (error) {
    if (!(error instanceof OaaError)) throw error;
    return { steps: [...steps, failed('push', error)], exitCode: error.exitCode };
  }
}

/** Goes from the name of the tenant to the rights of the key. Changes nothing; stops at the first failure. */
export async function checkTenant(tenant: Tenant, reach: Reach, signal: AbortSignal): Promise<TenantCheck> {
  const url = new URL(tenant.url);
  const tls = tlsStep(url, reach);
  if (reach.proxyUrl !== undefined) {
    const requests = await requestSteps(tenant, tls, signal);
    return { ...requests, steps: [...laterSteps('the proxy connects', 'name', 'connection'), ...requests.steps] };
  }
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const probe = await probeConnection(host, port, { timeoutMs: reach.timeoutMs, signal });
  const network = networkSteps(url, probe);
  if (probe.failedAt !== undefined) {
    const rest = laterSteps('there is no connection', 'tls', 'answer', 'key', 'read', 'push');
    return { steps: [...network, ...rest], exitCode: exitCodes.unreachable };
  }
  const requests = await requestSteps(tenant, tls, signal);
  return { ...requests, steps: [...network, ...requests.steps] };
}
