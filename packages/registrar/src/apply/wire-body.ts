import { isRecord, own } from '../json.ts';
import type { DeclaredProvider, JsonRecord, JsonValue } from '../manifest/declared-provider.ts';
import type { PlannedProvider } from '../plan/plan.ts';
import { changedFields } from './changed-fields.ts';

/** What may be sent of a provider. Its secrets are in it: it lives in memory only. */
export interface WireBody {
  /** The whole body of a creation (reference 2.3.1). */
  readonly creation: JsonRecord;
  /** The fields of it that differ, for a PATCH. */
  readonly changes: JsonRecord;
}

/** The values of a provider's secrets by path. */
export type SecretValues = ReadonlyMap<string, string>;

/** A record with one value put under a path; what is on the way there is copied. */
function withValue(record: JsonRecord, [key = '', ...rest]: readonly string[], value: string): JsonRecord {
  const inner = own(record, key);
  const entries = new Map<string, JsonValue>(Object.entries(record));
  entries.set(key, rest.length === 0 ? value : withValue(isRecord(inner) ? inner : {}, rest, value));
  return Object.fromEntries(entries);
}

/** All wire fields of a provider, `configuration_json` still as an object. */
function fieldsWith(declared: DeclaredProvider, secrets: SecretValues): JsonRecord {
  const { name, templates, fields, configuration } = declared;
  const [first, ...more] = templates;
  const template =
    first !== undefined && more.length === 0 ? { custom_template: first } : { custom_templates: templates };
  let body: JsonRecord = {
    name,
    ...template,
    ...fields,
    ...(configuration === undefined ? {} : { configuration_json: configuration }),
  };
  for (const [path, value] of secrets) body = withValue(body, path.split('.'), value);
  return body;
}

/**
 * The bodies of a planned provider. A field of which anything differs is sent whole: the tenant replaces it whole.
 *
 * @param secrets those of the declared paths that are needed for what is sent
 */
export function wireBody(planned: PlannedProvider, secrets: SecretValues): WireBody {
  const all = fieldsWith(planned.declared, secrets);
  const creation: JsonRecord = Object.hasOwn(all, 'configuration_json')
    ? { ...all, configuration_json: JSON.stringify(all.configuration_json) }
    : all;
  const changed = changedFields(planned);
  return { creation, changes: Object.fromEntries(Object.entries(creation).filter(([field]) => changed.has(field))) };
}

/** @throws Error when the body was not prepared, which would be a fault of ours */
export function bodyOf({ body }: { readonly body: WireBody | undefined }): WireBody {
  if (body === undefined) throw new Error('the body of the provider was not prepared');
  return body;
}
