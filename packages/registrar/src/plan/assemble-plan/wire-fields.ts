import { secretMark } from '@oaa-kit/oaa';
import { isRecord, own, sameJson } from '../../json.ts';
import type { DeclaredProvider, JsonRecord, JsonValue } from '../../manifest/declared-provider.ts';

/** Values by path: a wire field (`provisioning`) or a key of `configuration_json` (`configuration_json.scim_url`). */
export type WireFields = ReadonlyMap<string, JsonValue>;

/** A provider as the tenant shows it: wire fields by name. */
export type ShownProvider = Readonly<Record<string, unknown>>;

const configurationField = 'configuration_json';
const configurationPrefix = `${configurationField}.`;

/** The wire field of a path: `configuration_json` of `configuration_json.scim_url`. */
export function wireField(path: string): string {
  return path.split('.', 1)[0] ?? path;
}

/** Whether a path is a key of `configuration_json`. */
export function isOfConfiguration(path: string): boolean {
  return path.startsWith(configurationPrefix);
}

/** Whether the manifest says what is in `configuration_json`; the tenant then gets it whole. */
export function declaresConfiguration({ configuration, secrets }: DeclaredProvider): boolean {
  return configuration !== undefined || secrets.some(({ path }) => isOfConfiguration(path));
}

/** The wire field of the payload templates: one has another than several. */
export function templateField({ templates }: DeclaredProvider): 'custom_template' | 'custom_templates' {
  return templates.length === 1 ? 'custom_template' : 'custom_templates';
}

/** `configuration_json` as an object; undefined when nothing is shown, or nothing that can be read. */
export function shownConfiguration(shown: ShownProvider): JsonRecord | undefined {
  const value = own(shown, configurationField);
  if (typeof value !== 'string') return isRecord(value) ? value : undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function withMember(record: JsonRecord, key: string, value: JsonValue): JsonRecord {
  return Object.fromEntries([...Object.entries(record).filter(([name]) => name !== key), [key, value]]);
}

/** The record with the mark under a path; what is missing on the way is made. */
function marked(record: JsonRecord, [key = '', ...rest]: readonly string[]): JsonRecord {
  const inner = own(record, key);
  return withMember(record, key, rest.length === 0 ? secretMark : marked(isRecord(inner) ? inner : {}, rest));
}

/** The record with the mark in the place of what is under a path; where nothing is, nothing comes. */
function masked(record: JsonRecord, [key = '', ...rest]: readonly string[]): JsonRecord {
  const inner = own(record, key) as JsonValue | undefined;
  if (inner === undefined || inner === null || inner === '') return record;
  if (rest.length === 0) return withMember(record, key, secretMark);
  return isRecord(inner) ? withMember(record, key, masked(inner, rest)) : record;
}

function byPath(record: JsonRecord): Map<string, JsonValue> {
  return new Map(
    Object.entries(record).flatMap(([field, value]): [string, JsonValue][] =>
      field === configurationField && isRecord(value)
        ? Object.entries(value).map(([key, item]) => [`${configurationPrefix}${key}`, item])
        : [[field, value]],
    ),
  );
}

/** What a manifest wants sent, `(secret)` in the place of each secret. */
export function declaredFields(declared: DeclaredProvider): WireFields {
  const { name, templates, fields, configuration = {}, secrets } = declared;
  const field = templateField(declared);
  const record: JsonRecord = {
    name,
    [field]: field === 'custom_template' ? (templates[0] ?? null) : templates,
    ...fields,
    ...(declaresConfiguration(declared) ? { [configurationField]: configuration } : {}),
  };
  return byPath(secrets.reduce((before, { path }) => marked(before, path.split('.')), record));
}

/**
 * What the tenant shows of the fields that a manifest is about, and of `configuration_json` every key: it is replaced as
 * a whole. Under the paths of secrets it is `(secret)` where anything is there.
 */
export function shownFields(
  declared: DeclaredProvider,
  shown: ShownProvider,
  secretPaths: Iterable<string>,
): WireFields {
  const wanted = [...declaredFields(declared).keys()].filter((path) => !isOfConfiguration(path));
  const configuration = declaresConfiguration(declared) ? shownConfiguration(shown) : undefined;
  const entries = wanted.map((field): [string, unknown] => [field, own(shown, field)]);
  // A JSON answer holds nothing but JSON values.
  let record = Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null)) as JsonRecord;
  if (configuration !== undefined) record = withMember(record, configurationField, configuration);
  for (const path of secretPaths) record = masked(record, path.split('.'));
  return byPath(record);
}

/** What is under the path of a secret, which may lie deeper than those of fields. */
export function valueUnder(path: string, fields: WireFields): JsonValue | undefined {
  const field = [...fields.keys()].find((key) => path === key || path.startsWith(`${key}.`));
  if (field === undefined) return undefined;
  let value = fields.get(field);
  for (const key of path === field ? [] : path.slice(field.length + 1).split('.')) {
    value = isRecord(value) ? (own(value, key) as JsonValue | undefined) : undefined;
  }
  return value;
}

/** What the state keeps of a provider's fields after they were sent. */
export interface RememberedFields {
  /** What was sent, without secrets. */
  readonly sent: JsonRecord;
  /** What the tenant shows where it is something else; `null` for nothing. */
  readonly answered: JsonRecord;
}

/** What to remember of a provider that was sent as declared, and is shown as it is now. */
export function rememberedFields(declared: DeclaredProvider, shown: ShownProvider): RememberedFields {
  const secretPaths = new Set(declared.secrets.map(({ path }) => path));
  const wanted = declaredFields(declared);
  const there = shownFields(declared, shown, secretPaths);
  const paths = new Set([...wanted.keys(), ...there.keys()]);
  const different = [...paths].filter((path) => !sameJson(wanted.get(path) ?? null, there.get(path) ?? null));
  return {
    sent: Object.fromEntries([...wanted].filter(([path]) => !secretPaths.has(path))),
    answered: Object.fromEntries(different.map((path) => [path, there.get(path) ?? null])),
  };
}
