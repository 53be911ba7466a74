import type { Attribute } from '../schemas/schema.ts';
import { isScimObject, type ScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { valueKey } from '../values/value-key.ts';
import { resourceBounds } from './bounds.ts';
import { isForbiddenName, quote } from './names.ts';
import { describe, readSimple } from './read-simple.ts';
import type { Reading } from './reading.ts';
import { requireAttributes } from './require-attributes.ts';

/**
 * The whole value of an attribute as it is stored; undefined where it is unassigned (null, an empty list, an empty
 * object; RFC 7643 s2.5) or, with a problem, refused.
 */
export function readValue(input: unknown, attribute: Attribute, path: string, reading: Reading): ScimValue | undefined {
  if (input === null || input === undefined) return undefined;
  if (attribute.multiValued) return readList(input, attribute, path, reading);
  if (!Array.isArray(input)) return readElement(input, attribute, path, reading);
  if (input.length === 0) return undefined;
  if (input.length === 1 && !Array.isArray(input[0]) && reading.profile.looseShapes === 'accept') {
    return readValue(input[0], attribute, path, reading);
  }
  reading.problems.add('invalidValue', `${path} takes a single value, not a list.`, path);
  return undefined;
}

function readList(input: unknown, attribute: Attribute, path: string, reading: Reading): ScimValue | undefined {
  const { problems, profile } = reading;
  if (!Array.isArray(input) && profile.looseShapes === 'reject') {
    problems.add('invalidValue', `${path} takes a list, not ${describe(input)}.`, path);
    return undefined;
  }
  const inputs = Array.isArray(input) ? input : [input];
  if (inputs.length > resourceBounds.values) {
    problems.add('invalidValue', `${path} has more than ${resourceBounds.values} values.`, path);
    return undefined;
  }
  const values = new Map<string, ScimValue>();
  let primaries = 0;
  for (const [index, element] of inputs.entries()) {
    if (element === null) continue;
    let value = readElement(element, attribute, `${path}[${index}]`, reading);
    if (value === undefined) continue;
    if (isPrimary(value) && ++primaries > 1) {
      // RFC 7643 s2.4: true for one value at most.
      if (profile.manyPrimaries === 'reject')
        problems.add('invalidValue', `${path} has two values with primary: true.`);
      else value = objectOf({ ...(value as ScimObject), primary: false });
    }
    addValue(values, value, attribute, `${path}[${index}]`, reading);
  }
  return values.size === 0 ? undefined : [...values.values()];
}

/** RFC 7643 s2.4: a combination of value and type is there once. */
function addValue(
  values: Map<string, ScimValue>,
  value: ScimValue,
  attribute: Attribute,
  path: string,
  { profile, problems }: Reading,
): void {
  const key = valueKey(value, attribute);
  const before = values.get(key);
  if (before === undefined) values.set(key, value);
  else if (profile.duplicateValues === 'reject') problems.add('invalidValue', `${path} is there twice.`);
  else if (isScimObject(before) && isScimObject(value)) values.set(key, objectOf({ ...value, ...before }));
}

/** One value: of a single-valued attribute, or of the list of a multi-valued one. */
export function readElement(
  input: unknown,
  attribute: Attribute,
  path: string,
  reading: Reading,
): ScimValue | undefined {
  if (attribute.type !== 'complex') return readSimple(input, attribute, path, reading);
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
    return readComplex(input as Readonly<Record<string, unknown>>, attribute, path, reading);
  }
  const value = attribute.subAttributes?.find(({ name }) => name === 'value');
  if (value !== undefined && !Array.isArray(input) && reading.profile.looseShapes === 'accept') {
    return readComplex({ value: input }, attribute, path, reading);
  }
  reading.problems.add('invalidValue', `${path} takes an object, not ${describe(input)}.`, path);
  return undefined;
}

function readComplex(
  input: Readonly<Record<string, unknown>>,
  attribute: Attribute,
  path: string,
  reading: Reading,
): ScimObject | undefined {
  const inputs = collectSubAttributes(input, attribute, path, reading);
  const found: Record<string, ScimValue> = Object.create(null);
  for (const sub of attribute.subAttributes ?? []) {
    // RFC 7644 s3.3: what a client may not write is ignored.
    if (sub.mutability === 'readOnly') continue;
    const given = inputs.get(sub);
    const value =
      given === '' && clears(sub, attribute, reading)
        ? undefined
        : readValue(given, sub, `${path}.${sub.name}`, reading);
    if (value !== undefined) found[sub.name] = value;
  }
  if (Object.keys(found).length === 0) return undefined;
  requireAttributes(found, attribute.subAttributes ?? [], `${path}.`, reading.problems);
  return found;
}

/** Entra ID clears `manager` with an empty id. */
function clears(sub: Attribute, attribute: Attribute, { profile }: Reading): boolean {
  return profile.looseShapes === 'accept' && sub.name === 'value' && !attribute.multiValued;
}

function collectSubAttributes(
  input: Readonly<Record<string, unknown>>,
  attribute: Attribute,
  path: string,
  { schema, profile, problems }: Reading,
): Map<Attribute, unknown> {
  const inputs = new Map<Attribute, unknown>();
  for (const name of Object.keys(input)) {
    const sub = schema.subAttribute(attribute, name);
    if (sub === undefined) {
      if (isForbiddenName(name)) problems.add('invalidSyntax', `${path}: no attribute may be called ${quote(name)}.`);
      else if (profile.unknownAttributes === 'reject') problems.add('invalidSyntax', `${path} has no ${quote(name)}.`);
    } else if (inputs.has(sub)) {
      // RFC 7643 s2.1: names do not depend on case.
      problems.add('invalidSyntax', `${path}.${sub.name} is given twice; names do not depend on case.`);
    } else inputs.set(sub, input[name]);
  }
  return inputs;
}

function isPrimary(value: ScimValue): boolean {
  return isScimObject(value) && value.primary === true;
}

function objectOf(entries: ScimObject): ScimObject {
  return Object.assign(Object.create(null), entries);
}
