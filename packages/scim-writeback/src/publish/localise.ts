import type { Diagnostic, FieldViolation, WireApplicationPayload, WireGroup, WireUser } from '@oaa-kit/oaa';
import type { ResourceKind } from '../directory/directory.ts';
import { canBeLeftOut, type QuarantinedValue } from '../projection/quarantine.ts';

const lists = { local_users: 'User', local_groups: 'Group' } as const satisfies Record<string, ResourceKind>;
const definitionLists = { local_user_properties: 'User', local_group_properties: 'Group' } as const;

/** So many users may be named by the value that they share; else it is the property that is refused. */
const mostNamed = 100;

/** The value that a diagnostic of `validate` is about; undefined where that cannot be left out by itself. */
export function localiseDiagnostic(
  { path, message }: Diagnostic,
  payload: WireApplicationPayload,
): QuarantinedValue | undefined {
  return localisePath(segmentsOf(path), payload, message);
}

/**
 * The values that a refusal of the tenant is about: those at the path that it tells, else those that it cites, else the custom
 * property of everybody. None where it names something that cannot be left out.
 *
 * @param violation `field` is a dotted path without indexes (reference 1.8)
 */
export function localiseViolation(
  { field, description }: FieldViolation,
  payload: WireApplicationPayload,
): readonly QuarantinedValue[] {
  const [told] = /\$[.]applications\[0\][^\s,)]+/.exec(description) ?? [];
  const exact = told === undefined ? undefined : localisePath(segmentsOf(told), payload, description);
  if (exact !== undefined) return [exact];
  const names = field.split('.');
  const ofAll = localisePath(names, payload, description);
  if (ofAll !== undefined) return [ofAll];
  const place = names.findIndex((name) => name in lists);
  const list = names[place] as keyof typeof lists | undefined;
  if (place < 0 || list === undefined) return [];
  const attribute = attributeOf(names.slice(place + 1));
  if (attribute === undefined) return [];
  const kind = lists[list];
  const cited = rowsOf(payload, kind).filter((row) => cites(description, valueAt(row, attribute)));
  if (cited.length > 0 && cited.length <= mostNamed) {
    return cited.map(({ id = null }) => ({ kind, key: id, attribute, reason: description }));
  }
  return attribute.startsWith('custom_properties.') ? [{ kind, key: null, attribute, reason: description }] : [];
}

function localisePath(
  segments: readonly (string | number)[],
  payload: WireApplicationPayload,
  reason: string,
): QuarantinedValue | undefined {
  for (const [list, kind] of Object.entries(definitionLists)) {
    const name = segments[segments.indexOf(list) + 1];
    if (!segments.includes(list) || typeof name !== 'string') continue;
    return { kind, key: null, attribute: `custom_properties.${name}`, reason };
  }
  const [root, , list, index, ...rest] = segments;
  if (root !== 'applications' || typeof list !== 'string' || !isList(list) || typeof index !== 'number')
    return undefined;
  const kind = lists[list];
  const key = rowsOf(payload, kind)[index]?.id;
  const attribute = attributeOf(rest);
  return key === undefined || attribute === undefined ? undefined : { kind, key, attribute, reason };
}

function isList(name: string): name is keyof typeof lists {
  return Object.hasOwn(lists, name);
}

function attributeOf([name, property]: readonly (string | number)[]): string | undefined {
  if (typeof name !== 'string') return undefined;
  const attribute = name === 'custom_properties' && typeof property === 'string' ? `${name}.${property}` : name;
  return canBeLeftOut(attribute) ? attribute : undefined;
}

function rowsOf({ applications: [application] }: WireApplicationPayload, kind: ResourceKind) {
  const rows: readonly (WireUser | WireGroup)[] | undefined =
    kind === 'User' ? application?.local_users : application?.local_groups;
  return rows ?? [];
}

function valueAt(row: WireUser | WireGroup, attribute: string): unknown {
  const [name = '', property] = attribute.split('.');
  const value: unknown = Object.hasOwn(row, name) ? row[name as keyof typeof row] : undefined;
  if (property === undefined || typeof value !== 'object' || value === null) return value;
  return Object.hasOwn(value, property) ? (value as Readonly<Record<string, unknown>>)[property] : undefined;
}

/** Whether a text has a value in it that could hardly be there by chance. */
function cites(text: string, value: unknown): boolean {
  return typeof value === 'string' && value.length >= 4 && text.includes(value);
}

const segment = /[.]([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]/g;

/** Names and indexes of a path as diagnostics have it: `$.a['b c'][0]`. */
function segmentsOf(path: string): readonly (string | number)[] {
  return Array.from(path.matchAll(segment), ([, plain, index, quoted = '']) =>
    index === undefined ? (plain ?? quoted.replace(/\\(.)/g, '$1')) : Number(index),
  );
}
