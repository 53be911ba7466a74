import { randomUUID } from 'node:crypto';
import { CredentialsError, type OaaError, RemoteError } from '../errors/index.ts';
import type { HttpClient } from '../http/index.ts';
import { dataSourcesPath } from './data-sources.ts';

/** What an empty push to a data source that cannot exist says about the rights of the key. */
export type PushRight =
  /** The tenant looked for the data source: it did not stop at the rights. */
  | { readonly kind: 'not-refused' }
  /** The tenant refuses the key, in the words of `error`. */
  | { readonly kind: 'refused'; readonly error: OaaError }
  /** It was refused for another reason, which says nothing about the rights. */
  | { readonly kind: 'unclear' };

/**
 * Asks whether the key may push, without anything that could change: the provider and the data source that the push names
 * are made up. No call that only reads tells it. That a tenant checks rights before it looks for the data source is an
 * assumption.
 *
 * @throws OaaError when the tenant cannot be reached
 */
export async function findPushRight(client: HttpClient, signal: AbortSignal | undefined): Promise<PushRight> {
  const provider = randomUUID();
  const dataSource = randomUUID();
  try {
    await client.request({
      method: 'POST',
      path: `${dataSourcesPath(provider)}/${dataSource}:push`,
      json: { id: provider, data_source_id: dataSource, json_data: '{}' },
      idempotent: true,
      signal,
    });
    return { kind: 'unclear' };
  } catch (error) {
    if (error instanceof CredentialsError) return { kind: 'refused', error };
    if (!(error instanceof RemoteError)) throw error;
    return { kind: error.code === 'not-found' ? 'not-refused' : 'unclear' };
  }
}
