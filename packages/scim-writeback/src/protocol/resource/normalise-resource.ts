import { ScimError } from '../errors/scim-error.ts';
import type { Profile } from '../profile.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { Attribute, Schema } from '../schemas/schema.ts';
import { isScimObject, ownMember, type ScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { sameValue } from '../values/same-value.ts';
import { carryReadOnly } from './carry-read-only.ts';
import { checkSchemas } from './check-schemas.ts';
import { type Body, collectBody } from './collect-body.ts';
import { requireAll, withSchemas } from './complete-resource.ts';
import { Problems } from './problems.ts';
import { describe } from './read-simple.ts';
import { readValue } from './read-value.ts';
import type { Reading } from './reading.ts';

/**
 * A resource as it is stored, from the parsed JSON of a POST or PUT. Names are spelt as in the schema, values kept as they
 * were sent; what a client may not write is left out (RFC 7644 s3.3).
 *
 * @param current the stored resource that a PUT replaces: its readOnly attributes stay, immutable ones may not change,
 * writeOnly ones stay where they are not given (RFC 7644 s3.5.1). Without it, a resource is made.
 * @throws ScimError 400 with all that is wrong in `detail`: `invalidSyntax` for the shape of the body and its names,
 * `invalidValue` for values, `mutability` for immutable ones.
 * @example normaliseResource(JSON.parse(body), new ResourceSchema(userResourceType), standardProfile)
 */
export function normaliseResource(
  input: unknown,
  schema: ResourceSchema,
  profile: Profile,
  current?: ScimObject,
): ScimObject {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ScimError(400, 'invalidSyntax', `The body has to be an object, not ${describe(input)}.`);
  }
  const problems = new Problems();
  const reading: Reading = { schema, profile, problems };
  const body = collectBody(input as Readonly<Record<string, unknown>>, reading);
  const resource: Record<string, ScimValue> = Object.create(null);
  readAttributes(resource, schema.attributes, undefined, current, body, reading);
  defaultActive(resource, current, reading);
  for (const extension of schema.type.extensions) {
    const data: Record<string, ScimValue> = Object.create(null);
    const stored = current === undefined ? undefined : ownMember(current, extension.schema.id);
    const { attributes } = extension.schema;
    readAttributes(data, attributes, extension.schema, isScimObject(stored) ? stored : undefined, body, reading);
    if (Object.keys(data).length > 0) resource[extension.schema.id] = data;
  }
  const schemas = schema.attribute('schemas') as Attribute;
  checkSchemas(body.get(schemas, undefined), resource, reading);
  requireAll(resource, schema, problems);
  problems.throwIfAny();
  return withSchemas(resource, schema);
}

/** Reads the attributes of one schema into `data`. */
function readAttributes(
  data: Record<string, ScimValue>,
  attributes: readonly Attribute[],
  extension: Schema | undefined,
  current: ScimObject | undefined,
  body: Body,
  reading: Reading,
): void {
  for (const attribute of attributes) {
    if (attribute.name === 'schemas' && extension === undefined) continue;
    const stored = current === undefined ? undefined : ownMember(current, attribute.name);
    const value =
      attribute.mutability === 'readOnly'
        ? stored
        : writtenValue(body.get(attribute, extension), attribute, extension, stored, reading);
    if (value !== undefined) data[attribute.name] = value;
  }
}

function writtenValue(
  input: unknown,
  attribute: Attribute,
  extension: Schema | undefined,
  stored: ScimValue | undefined,
  reading: Reading,
): ScimValue | undefined {
  const path = extension === undefined ? attribute.name : `${extension.id}:${attribute.name}`;
  const value = readValue(input, attribute, path, reading);
  if (attribute.name === 'password' && extension === undefined && reading.profile.passwords === 'discard') {
    return undefined;
  }
  if (attribute.mutability === 'writeOnly') return value ?? stored;
  const written = value === undefined ? undefined : carryReadOnly(value, stored, attribute);
  if (stored === undefined) return written;
  if (attribute.mutability === 'immutable') {
    // RFC 7644 s3.5.1.
    if (written !== undefined && !sameValue(written, stored)) reportImmutable(path, reading);
    return stored;
  }
  return keepImmutableParts(written, stored, attribute, path, reading);
}

/** Immutable sub-attributes of a single complex value; the values of a list come and go as a whole. */
function keepImmutableParts(
  written: ScimValue | undefined,
  stored: ScimValue,
  attribute: Attribute,
  path: string,
  reading: Reading,
): ScimValue | undefined {
  if (!isScimObject(written) || !isScimObject(stored)) return written;
  for (const { name, mutability } of attribute.subAttributes ?? []) {
    const before = ownMember(stored, name);
    if (mutability === 'immutable' && before !== undefined && !sameValue(ownMember(written, name), before)) {
      reportImmutable(`${path}.${name}`, reading);
    }
  }
  return written;
}

function reportImmutable(path: string, { problems }: Reading): void {
  problems.add('mutability', `${path} is immutable and has another value already.`, path);
}

/** What a user's `active` is where the body says nothing of it. RFC 7643 s4.1.1, RFC 7644 s3.5.1. */
function defaultActive(
  resource: Record<string, ScimValue>,
  current: ScimObject | undefined,
  { schema, profile }: Reading,
): void {
  if (profile.omittedActive === 'unassigned' || schema.attribute('active')?.type !== 'boolean') return;
  resource.active ??= current === undefined ? true : (ownMember(current, 'active') ?? true);
}
