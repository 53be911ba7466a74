import { OaaError } from '@oaa-kit/oaa';
import { resolveSecret, type SecretContext } from '@oaa-kit/oaa/settings';
import { type EndpointCheck, endpointOf } from '../apply/check-endpoints.ts';
import type { DeclaredProvider, DeclaredSecret } from '../manifest/index.ts';
import type { ConnectionHealth } from './status-report.ts';

export interface HealthOptions {
  readonly secrets: Omit<SecretContext, 'cwd' | 'signal'>;
  readonly check: EndpointCheck;
  readonly onSecret: ((value: string) => void) | undefined;
  readonly signal: AbortSignal;
}

async function valuesOf(
  secrets: readonly DeclaredSecret[],
  { secrets: context, onSecret, signal }: HealthOptions,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const { path, reference, folder } of secrets) {
    const value = await resolveSecret(reference, { ...context, cwd: folder, signal });
    onSecret?.(value);
    values.set(path, value);
  }
  return values;
}

/** How the SCIM endpoint of a provider answers; undefined where there is none. Nothing is written on it. */
export async function connectionHealth(
  { scim, secrets }: DeclaredProvider,
  options: HealthOptions,
): Promise<ConnectionHealth | undefined> {
  if (scim === undefined) return undefined;
  const { url } = scim;
  try {
    const values = await valuesOf(secrets, options);
    const { signal, check } = options;
    const { outcome, results } = await check(endpointOf(scim, values, { checkReadOnly: true, signal }));
    const wrong = results.filter(({ status }) => status === 'failed' || status === 'unreachable');
    return { url, outcome, problems: wrong.map(({ code, title, problem }) => `${code}: ${problem ?? title}`) };
  } catch (error) {
    if (!(error instanceof OaaError)) throw error;
    return { url, outcome: 'unknown', problems: [error.message] };
  }
}
