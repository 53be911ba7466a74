import { type JsonObject, member } from '../../client/json.ts';
import { groupResourceType, userResourceType } from '../../protocol/schemas/resource-types.ts';
import { answered, fail, warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { resourcesOf, textOf } from '../scim-answers.ts';
import { extensions } from '../sources.ts';

const core: readonly unknown[] = [userResourceType.schema.id, groupResourceType.schema.id];

function isExtension(schema: JsonObject): boolean {
  const id = textOf({ body: schema }, 'id');
  return id !== undefined && !core.includes(id) && Array.isArray(member(schema, 'attributes'));
}

export const schemasList: Requirement = {
  code: 'schemas-list',
  title: 'The schemas are listed, with those of extensions',
  source: `${extensions}; RFC 7643 s7`,
  fix: 'Answer GET /Schemas with 200 and a ListResponse of schemas, each with its URN as id and its attributes; or set scim_extension_schemas to false.',
  writes: false,
  ofExtensions: true,
  async check(probe) {
    const answer = await probe.list('Schemas');
    const schemas = resourcesOf(answer);
    if (schemas === undefined) fail(`the answer is no list of schemas: ${answered(answer)}`);
    if (!schemas.some(isExtension))
      warn('no schema of an extension is listed: there is nothing to synchronise by its URN');
  },
};
