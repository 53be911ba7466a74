import { foldKey } from '@oaa-kit/oaa';
import { compileDateFormatter, type WrittenColumn, type WrittenEntity } from '@oaa-kit/oaa/sources';
import type { AttributeMapping, MappedProperty } from '../../../attributes/attribute-mapping.ts';
import { encodeAt } from '../../../attributes/custom-properties.ts';
import { toEmailFacts } from '../../../attributes/emails.ts';
import { Misfit } from '../../../attributes/misfit.ts';
import { own } from '../../../attributes/value-at.ts';
import { isActive } from '../../../directory/removals.ts';
import type { ResourceSnapshot } from '../../../directory/write-back.ts';
import { Refusal } from '../refusal.ts';

export type FullColumn = Exclude<WrittenColumn, string>;

/** A text alone names the attribute. */
export function fullColumn(spec: WrittenColumn): FullColumn {
  return typeof spec === 'string' ? { attribute: spec } : spec;
}

/** The attribute of a column in the spelling of `ComparableFacts`; `id` for the id of who is new. Undefined: no such one. */
export function writtenPath(attribute: string, mapping: AttributeMapping): string | undefined {
  const name = mapping.schema.type.name === 'User' ? ['userName', 'emails', 'active'] : ['displayName'];
  return ['id', ...name].find((path) => foldKey(path) === foldKey(attribute)) ?? propertyOf(attribute, mapping)?.path;
}

/** The mapped property of an attribute path. */
export function propertyOf(attribute: string, { properties }: AttributeMapping): MappedProperty | undefined {
  return properties.find(({ path }) => foldKey(path) === foldKey(attribute));
}

/** What the columns of a row say of a resource: an empty text where it has no value. @throws Refusal */
export function renderCells(
  { columns }: WrittenEntity,
  snapshot: ResourceSnapshot,
  mapping: AttributeMapping,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(columns).map(([column, spec]) => [column, renderCell(fullColumn(spec), snapshot, mapping)] as const),
  );
}

function renderCell(spec: FullColumn, snapshot: ResourceSnapshot, mapping: AttributeMapping): string {
  const property = propertyOf(spec.attribute, mapping);
  if (property === undefined) return ownText(writtenPath(spec.attribute, mapping), spec, snapshot);
  const value = encodeAt(snapshot.attributes, property);
  if (value instanceof Misfit) throw new Refusal(`${spec.attribute} ${value.reason}`);
  if (property.type === 'TIMESTAMP' && typeof value === 'string') {
    return compileDateFormatter(spec.format ?? 'rfc3339', spec.timezone)(value) ?? '';
  }
  return valueText(value, spec);
}

/** What is no custom property of a payload. */
function ownText(path: string | undefined, spec: FullColumn, { key, attributes }: ResourceSnapshot): string {
  if (path === undefined) return '';
  if (path === 'id') return key;
  if (path === 'active') return valueText(isActive(attributes), spec);
  if (path !== 'emails') return valueText(own(attributes, path), spec);
  const { email, identities = [] } = toEmailFacts(own(attributes, 'emails'));
  const others = identities.filter((one) => email === undefined || foldKey(one) !== foldKey(email));
  const all = email === undefined ? identities : [email, ...others];
  return spec.list === undefined ? (all[0] ?? '') : all.join(spec.list);
}

function valueText(value: unknown, spec: FullColumn): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? (spec.true ?? 'true') : (spec.false ?? 'false');
  if (Array.isArray(value)) return value.map((one) => valueText(one, spec)).join(spec.list ?? ',');
  const text = String(value);
  const { map } = spec;
  return map !== undefined && Object.hasOwn(map, text) ? (map[text] ?? text) : text;
}
