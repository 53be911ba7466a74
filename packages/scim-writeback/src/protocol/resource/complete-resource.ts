import type { ResourceSchema } from '../schemas/resource-schema.ts';
import { isScimObject, ownMember, type ScimObject } from '../schemas/scim-value.ts';
import { Problems } from './problems.ts';
import { requireAttributes } from './require-attributes.ts';

/**
 * A resource that is about to be stored, after a body was read or a patch applied: with `schemas` as its data has it, and
 * with everything that is required.
 *
 * @throws ScimError 400 `invalidValue` naming every required attribute and extension that is not there.
 */
export function completeResource(resource: ScimObject, schema: ResourceSchema): ScimObject {
  const problems = new Problems();
  requireAll(resource, schema, problems);
  problems.throwIfAny();
  return withSchemas(resource, schema);
}

/** Reports the required attributes and extensions that a resource lacks. */
export function requireAll(resource: ScimObject, { type }: ResourceSchema, problems: Problems): void {
  requireAttributes(resource, type.schema.attributes, '', problems);
  for (const { schema, required } of type.extensions) {
    const data = ownMember(resource, schema.id);
    if (isScimObject(data)) requireAttributes(data, schema.attributes, `${schema.id}:`, problems);
    // RFC 7643 s6.
    else if (required && !problems.has(schema.id)) problems.add('invalidValue', `${schema.id} is required.`);
  }
}

/** RFC 7643 s3, RFC 7644 s3.5.2: `schemas` holds the core URN and the URNs of the extensions that have data. */
export function withSchemas(resource: ScimObject, { type }: ResourceSchema): ScimObject {
  const extensions = type.extensions.map(({ schema }) => schema.id).filter((urn) => Object.hasOwn(resource, urn));
  const complete: Record<string, ScimObject[string]> = Object.create(null);
  complete.schemas = [type.schema.id, ...extensions];
  for (const name of Object.keys(resource))
    if (name !== 'schemas') complete[name] = resource[name] as ScimObject[string];
  return complete;
}
