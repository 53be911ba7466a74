import { OaaError } from '@oaa-kit/oaa';
import { credentialPaths, type EndpointCheck, endpointOf } from '../apply/check-endpoints.ts';
import type { DeclaredProvider, SecretReader } from '../manifest/index.ts';
import type { ConnectionHealth } from './status-report.ts';

export interface HealthOptions {
  readonly readSecret: SecretReader;
  readonly check: EndpointCheck;
  readonly signal: AbortSignal;
}

/** How the SCIM endpoint of a provider answers; undefined where there is none. Nothing is written on it. */
export async function connectionHealth(
  { scim, secrets }: DeclaredProvider,
  { readSecret, check, signal }: HealthOptions,
): Promise<ConnectionHealth | undefined> {
  if (scim === undefined) return undefined;
  const { url } = scim;
  try {
    const values = new Map<string, string>();
    for (const secret of secrets) {
      if (credentialPaths.has(secret.path)) values.set(secret.path, await readSecret(secret));
    }
    const { outcome, results } = await check(endpointOf(scim, values, { checkReadOnly: true, signal }));
    const wrong = results.filter(({ status }) => status === 'failed' || status === 'unreachable');
    return { url, outcome, problems: wrong.map(({ code, title, problem }) => `${code}: ${problem ?? title}`) };
  } catch (error) {
    if (!(error instanceof OaaError)) throw error;
    return { url, outcome: 'unknown', problems: [error.message] };
  }
}
