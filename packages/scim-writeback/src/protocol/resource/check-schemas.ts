import type { ScimObject } from '../schemas/scim-value.ts';
import { foldName } from '../text/fold-name.ts';
import type { Reading } from './reading.ts';

/**
 * Checks the `schemas` of a body (RFC 7643 s3): there, with the core URN. URNs of schemas that this resource type does not
 * have are ignored; Entra ID sends one with every group.
 *
 * @param resource what the rest of the body holds.
 */
export function checkSchemas(input: unknown, resource: ScimObject, { schema, profile, problems }: Reading): void {
  const { type } = schema;
  if (!Array.isArray(input) || input.length === 0 || !input.every((urn) => typeof urn === 'string')) {
    problems.add('invalidSyntax', `schemas has to be a list with ${type.schema.id}.`);
    return;
  }
  const urns = new Set(input.map((urn) => foldName(urn)));
  if (urns.size < input.length && profile.duplicateValues === 'reject') {
    problems.add('invalidSyntax', 'schemas has the same URN twice.');
  }
  if (!urns.has(foldName(type.schema.id))) problems.add('invalidSyntax', `schemas lacks ${type.schema.id}.`);
  if (profile.undeclaredExtensions === 'accept') return;
  for (const { schema: extension } of type.extensions) {
    if (Object.hasOwn(resource, extension.id) && !urns.has(foldName(extension.id))) {
      problems.add('invalidSyntax', `schemas lacks ${extension.id}, whose attributes the body has.`);
    }
  }
}
