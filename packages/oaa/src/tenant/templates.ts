import type { HttpClient } from '../http/index.ts';
import { isObject, type JsonObject, own } from '../payload/json.ts';
import { unexpectedAnswer } from './answers.ts';
import { providersPath } from './providers.ts';
import type { CallOptions } from './tenant-options.ts';

/** The payload templates that a tenant knows. */
export interface Templates {
  /** As the tenant gives them: names or objects. Any valid API key may ask, so this also shows whether the key is good. */
  list(options?: CallOptions): Promise<readonly (string | JsonObject)[]>;
}

export function createTemplates(client: HttpClient): Templates {
  const path = `${providersPath}/templates`;
  return {
    async list(options = {}) {
      const { json, status } = await client.request({ method: 'GET', path, signal: options.signal });
      const values = isObject(json) ? (own(json, 'values') ?? own(json, 'value') ?? []) : json;
      if (!Array.isArray(values)) throw unexpectedAnswer(`GET ${path}`, 'is not a list of templates', status);
      return values.filter((value): value is string | JsonObject => typeof value === 'string' || isObject(value));
    },
  };
}
