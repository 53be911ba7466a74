import type { HttpClient } from '../http/index.ts';
import { text, valueAnswer } from './answers.ts';
import { checkName } from './check-name.ts';
import { createOnce } from './create-once.ts';
import type { DataSource } from './data-source.ts';
import { findByName } from './find-by-name.ts';
import { isBeingDeleted } from './is-being-deleted.ts';
import { pages } from './pages.ts';
import { pathSegment } from './path-segment.ts';
import { orUndefined, providersPath } from './providers.ts';
import { readDataSource } from './read-data-source.ts';
import type { CallOptions, ListOptions, NewDataSource } from './tenant-options.ts';

/** The data sources below the providers of a tenant. */
export interface DataSources {
  /** Every data source of a provider, page by page as the loop asks for them. */
  list(providerId: string, options?: ListOptions): AsyncIterable<DataSource>;
  /** The data source with this id; undefined when there is none. */
  get(providerId: string, id: string, options?: CallOptions): Promise<DataSource | undefined>;
  /**
   * The data source with exactly this name; undefined when there is none.
   *
   * @throws RemoteError `name-ambiguous` when there are several
   */
  find(providerId: string, name: string, options?: CallOptions): Promise<DataSource | undefined>;
  /** @throws UsageError for a name that the tenant would refuse */
  create(providerId: string, dataSource: NewDataSource): Promise<DataSource>;
  /** Takes the data source and its entities out of the graph. */
  delete(providerId: string, id: string, options?: CallOptions): Promise<void>;
}

/** Path of the data sources of a provider. */
export function dataSourcesPath(providerId: string): string {
  return `${providersPath}/${pathSegment(providerId)}/datasources`;
}

/** What shows that a data source was not made by a creation with this template. */
function contradictedKeys(found: DataSource, template: string | undefined): string[] {
  if (isBeingDeleted(found)) return ['state'];
  const shown = text(found.raw, 'custom_template') ?? '';
  const otherTemplate = template !== undefined && shown !== '' && shown !== template;
  return otherTemplate ? ['custom_template'] : [];
}

export function createDataSources(client: HttpClient): DataSources {
  async function* list(providerId: string, options?: ListOptions): AsyncGenerator<DataSource> {
    for await (const value of pages(client, dataSourcesPath(providerId), options)) yield readDataSource(value);
  }

  async function read(providerId: string, id: string, options: CallOptions): Promise<DataSource> {
    const path = `${dataSourcesPath(providerId)}/${pathSegment(id)}`;
    const response = await client.request({ method: 'GET', path, signal: options.signal });
    return readDataSource(valueAnswer(response, `GET ${path}`));
  }

  const find = (providerId: string, name: string, options: CallOptions = {}): Promise<DataSource | undefined> =>
    findByName('data source', name, (listOptions) => list(providerId, listOptions), options.signal);

  return {
    list,
    find,
    get: (providerId, id, options = {}) => orUndefined(read(providerId, id, options)),

    async create(providerId, { name, template, signal }) {
      checkName('data source', name);
      const path = dataSourcesPath(providerId);
      const json = { id: providerId, name, ...(template === undefined ? {} : { custom_template: template }) };
      const lostAnswerHint = `It is unknown whether the data source "${name}" was made; running again finds it.`;
      const send = async (): Promise<DataSource> => {
        const response = await client.request({ method: 'POST', path, json, lostAnswerHint, signal });
        return readDataSource(valueAnswer(response, `POST ${path}`));
      };
      return createOnce({
        what: `data source "${name}"`,
        send,
        find: () => find(providerId, name, { signal }),
        contradicted: (found) => contradictedKeys(found, template),
      });
    },

    async delete(providerId, id, options = {}) {
      const path = `${dataSourcesPath(providerId)}/${pathSegment(id)}`;
      await client.request({ method: 'DELETE', path, signal: options.signal });
    },
  };
}
