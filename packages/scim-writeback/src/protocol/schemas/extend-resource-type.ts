import { foldName } from '../text/fold-name.ts';
import { InvalidSchemaError, type SchemaProblem } from './invalid-schema-error.ts';
import type { ResourceType, Schema, SchemaExtension } from './schema.ts';

/**
 * A resource type with further extensions.
 *
 * @throws InvalidSchemaError where a URN is there twice, or where the name of an attribute with its URN is the URN of
 * another schema.
 * @example extendResourceType(userResourceType, [{ schema: readSchema(JSON.parse(text)), required: false }])
 */
export function extendResourceType(type: ResourceType, extensions: readonly SchemaExtension[]): ResourceType {
  const all = [...type.extensions, ...extensions];
  const problems = findCollisions([type.schema, ...all.map(({ schema }) => schema)]);
  if (problems.length > 0) throw new InvalidSchemaError(`The resource type ${type.name}`, problems);
  return { ...type, extensions: all };
}

function findCollisions(schemas: readonly Schema[]): SchemaProblem[] {
  const urns = new Set<string>();
  const problems: SchemaProblem[] = [];
  for (const { id } of schemas) {
    if (urns.has(foldName(id))) problems.push({ path: id, message: 'is the URN of two schemas; case does not count.' });
    urns.add(foldName(id));
  }
  for (const { id, attributes } of schemas) {
    for (const { name } of attributes) {
      const path = `${id}:${name}`;
      if (urns.has(foldName(path))) problems.push({ path, message: 'is both an attribute and the URN of a schema.' });
    }
  }
  return problems;
}
