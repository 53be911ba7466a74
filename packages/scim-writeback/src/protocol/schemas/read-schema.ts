import { InvalidSchemaError, type SchemaProblem } from './invalid-schema-error.ts';
import { readAttributes } from './read-attributes.ts';
import type { Schema } from './schema.ts';

/** An RFC 8141 URN of letters that need no escaping in a URL or in a filter. */
const urnForm = /^urn:[a-z0-9][a-z0-9-]*:[a-z0-9._~:/-]*[a-z0-9._~-]$/i;
const longestUrn = 256;

/**
 * A custom schema from its parsed JSON, in the form that `/Schemas` has (RFC 7643 s7). Characteristics that are not stated
 * have the defaults of RFC 7643 s2.2.
 *
 * @throws InvalidSchemaError with every problem of the document.
 */
export function readSchema(document: unknown): Schema {
  const problems: SchemaProblem[] = [];
  const report = (path: string, message: string) => {
    problems.push({ path, message });
  };
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new InvalidSchemaError('The schema', [{ path: '', message: 'has to be an object.' }]);
  }
  const { id, name, description, attributes } = document as Readonly<Record<string, unknown>>;
  const urn = typeof id === 'string' ? id : '';
  if (!urnForm.test(urn) || urn.length > longestUrn) {
    report('id', 'has to be a URN such as urn:example:params:scim:schemas:extension:payroll:1.0:User.');
  }
  if (name !== undefined && name !== null && typeof name !== 'string') report('name', 'has to be a string.');
  if (description !== undefined && description !== null && typeof description !== 'string') {
    report('description', 'has to be a string.');
  }
  const known = new Set(['schemas', 'id', 'name', 'description', 'attributes', 'meta']);
  for (const key of Object.keys(document).filter((one) => !known.has(one))) report(key, 'is no part of a schema.');
  const read = readAttributes(attributes, 'attributes', false, report);
  if (problems.length > 0) throw new InvalidSchemaError(`The schema ${JSON.stringify(urn)}`, problems);
  return {
    id: urn,
    name: typeof name === 'string' ? name : (urn.split(':').at(-1) ?? urn),
    description: typeof description === 'string' ? description : '',
    attributes: read,
  };
}
