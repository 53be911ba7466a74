import { listRequest } from '../client/scim-request.ts';
import { readPage, unexpectedAnswer } from '../client/scim-resource.ts';
import { extendResourceType } from '../protocol/schemas/extend-resource-type.ts';
import { InvalidSchemaError } from '../protocol/schemas/invalid-schema-error.ts';
import { readSchema } from '../protocol/schemas/read-schema.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { userResourceType } from '../protocol/schemas/resource-types.ts';
import { foldName } from '../protocol/text/fold-name.ts';
import type { ActionSession } from './action-session.ts';

/** The users of RFC 7643 with the enterprise extension. */
export const standardUsers = new ResourceSchema(userResourceType);

/**
 * The schema of users with those extensions of the service that attributes are named by: `GET /Schemas`, as with
 * `scim_extension_schemas` of the tenant. Extensions that nobody names are left alone, whatever their schemas hold.
 *
 * @throws RemoteError `response-invalid` for a schema that is none (RFC 7643 s7)
 */
export async function readUserSchema(
  { read }: ActionSession,
  attributeNames: readonly string[],
): Promise<ResourceSchema> {
  const request = listRequest('Schemas', {});
  const answer = await read(request);
  const names = attributeNames.map(foldName);
  const known = [userResourceType.schema, ...userResourceType.extensions.map(({ schema }) => schema)];
  const wanted = readPage(request, answer).resources.filter(
    ({ id }) =>
      names.some((name) => name.startsWith(`${foldName(id)}:`)) &&
      !known.some((schema) => foldName(schema.id) === foldName(id)),
  );
  try {
    const extensions = wanted.map(({ attributes }) => ({ schema: readSchema(attributes), required: false }));
    return new ResourceSchema(extendResourceType(userResourceType, extensions));
  } catch (error) {
    if (!(error instanceof InvalidSchemaError)) throw error;
    throw unexpectedAnswer(request, `has a schema that cannot be used: ${error.message}`, answer.status);
  }
}
