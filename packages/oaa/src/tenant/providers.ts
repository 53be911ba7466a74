import { RemoteError, UsageError } from '../errors/index.ts';
import type { HttpClient } from '../http/index.ts';
import type { JsonObject } from '../payload/json.ts';
import { text, valueAnswer } from './answers.ts';
import { checkName } from './check-name.ts';
import { contradictedFields } from './contradicted-fields.ts';
import { createOnce } from './create-once.ts';
import { findByName } from './find-by-name.ts';
import { encodeIcon } from './icon.ts';
import { pages } from './pages.ts';
import { pathSegment } from './path-segment.ts';
import type { Provider } from './provider.ts';
import { readProvider } from './read-provider.ts';
import { secretsInside } from './redact.ts';
import type { CallOptions, ListOptions, NewProvider } from './tenant-options.ts';

export const providersPath = '/api/v1/providers/custom';

/** The providers of a tenant. */
export interface Providers {
  /** Every provider, page by page as the loop asks for them. */
  list(options?: ListOptions): AsyncIterable<Provider>;
  /** The provider with this id; undefined when there is none. */
  get(id: string, options?: CallOptions): Promise<Provider | undefined>;
  /**
   * The provider with exactly this name; undefined when there is none.
   *
   * @throws RemoteError `name-ambiguous` when there are several
   */
  find(name: string, options?: CallOptions): Promise<Provider | undefined>;
  /**
   * Sent once. When no answer came, the name is looked up, and a provider that shows what was sent is the one that was made.
   *
   * @throws UsageError for a name that the tenant would refuse, or when not exactly one of `template`, `templates` is given
   * @throws RemoteError `remote-refused` for a name that is taken, also when the answer was lost and another one has it
   */
  create(provider: NewProvider): Promise<Provider>;
  /** PATCH: only the given wire keys change, for example `{ provisioning: true }`. */
  update(id: string, changes: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<Provider>;
  /** PNG or SVG, at most 64,000 bytes after base64; otherwise InputError. */
  setIcon(id: string, icon: Uint8Array, options?: CallOptions): Promise<void>;
  /** The tenant goes on deleting in the background; the state is `DELETING` meanwhile. */
  delete(id: string, options?: CallOptions): Promise<void>;
}

/** The result of a look-up by id: undefined instead of `not-found`. */
export async function orUndefined<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function createBody(provider: NewProvider): JsonObject {
  const { name, template, templates, options } = provider;
  checkName('provider', name);
  if ((template === undefined) === (templates === undefined)) {
    throw new UsageError('usage', `The provider "${name}" needs either a template or a list of templates.`, {
      hint: 'Give template: "application", or templates: [...].',
    });
  }
  return {
    ...options,
    name,
    ...(template === undefined ? { custom_templates: templates } : { custom_template: template }),
  };
}

export function createProviders(client: HttpClient): Providers {
  const pathOf = (id: string): string => `${providersPath}/${pathSegment(id)}`;

  async function* list(options?: ListOptions): AsyncGenerator<Provider> {
    for await (const value of pages(client, providersPath, options)) yield readProvider(value);
  }

  async function read(id: string, options: CallOptions): Promise<Provider> {
    const path = pathOf(id);
    const response = await client.request({ method: 'GET', path, signal: options.signal });
    return readProvider(valueAnswer(response, `GET ${path}`));
  }

  const find = (name: string, options: CallOptions = {}): Promise<Provider | undefined> =>
    findByName('provider', name, list, options.signal);

  return {
    list,
    find,
    get: (id, options = {}) => orUndefined(read(id, options)),

    async create(provider) {
      const { name, signal } = provider;
      const json = createBody(provider);
      const send = async (): Promise<Provider> => {
        const response = await client.request({
          method: 'POST',
          path: providersPath,
          json,
          secrets: secretsInside(json),
          lostAnswerHint: `It is unknown whether the provider "${name}" was made; look with: oaa provider get.`,
          signal,
        });
        return readProvider(valueAnswer(response, `POST ${providersPath}`));
      };
      return createOnce({
        what: `provider "${name}"`,
        send,
        find: () => find(name, { signal }),
        contradicted: (found) => contradictedFields(json, found),
      });
    },

    async update(id, changes, options = {}) {
      const path = pathOf(id);
      const response = await client.request({
        method: 'PATCH',
        path,
        json: changes,
        idempotent: true,
        secrets: secretsInside(changes),
        signal: options.signal,
      });
      const value = valueAnswer(response, `PATCH ${path}`);
      return text(value, 'id') === undefined ? read(id, options) : readProvider(value);
    },

    async setIcon(id, icon, options = {}) {
      const json = { icon_base64: encodeIcon(icon) };
      await client.request({
        method: 'POST',
        path: `${pathOf(id)}:icon`,
        json,
        idempotent: true,
        signal: options.signal,
      });
    },

    async delete(id, options = {}) {
      await client.request({ method: 'DELETE', path: pathOf(id), signal: options.signal });
    },
  };
}
