import { UsageError } from '@oaa-kit/oaa';
import type { ResourceKind } from '../directory/directory.ts';
import type { Attribute, ResourceType } from '../protocol/schemas/schema.ts';

/** What a directory keeps in tables of its own, and not as a schema says. */
const attributeOf: Readonly<Record<ResourceKind, string>> = { User: 'groups', Group: 'members' };

/** Ids are caseExact (RFC 7643 s3.1), also where they stand as values: s8.7.1 says otherwise. */
const caseExactOf: ReadonlyMap<string, boolean> = new Map([
  ['value', true],
  ['display', false],
]);

/**
 * A resource type in which `members` or `groups` is described as the directory keeps it, so that filters mean what they say
 * and `/Schemas` tells what is true. A schema may follow the JSON of RFC 7643 s8.7.1, in which ids do not depend on case.
 *
 * @throws UsageError where these have other types than texts
 */
export function withKeptReferences(kind: ResourceKind, type: ResourceType): ResourceType {
  const { schema } = type;
  const attributes = schema.attributes.map((one) => (one.name === attributeOf[kind] ? kept(one) : one));
  const asItWas = attributes.every((one, index) => one === schema.attributes[index]);
  return asItWas ? type : { ...type, schema: { ...schema, attributes } };
}

function kept(attribute: Attribute): Attribute {
  const { name, type, multiValued, subAttributes = [] } = attribute;
  if (type !== 'complex' || !multiValued) throw notKept(`${name} has to be complex and multi-valued`);
  const parts = subAttributes.map((sub) => {
    const caseExact = caseExactOf.get(sub.name);
    if (caseExact === undefined) return sub;
    if (sub.type !== 'string' || sub.multiValued) throw notKept(`${name}.${sub.name} has to be a single string`);
    return sub.caseExact === caseExact ? sub : { ...sub, caseExact };
  });
  const asItWas = parts.every((sub, index) => sub === subAttributes[index]);
  return asItWas ? attribute : { ...attribute, subAttributes: parts };
}

function notKept(problem: string): UsageError {
  return new UsageError('setting-invalid', `The schema does not fit a directory: ${problem}.`, {
    hint: 'Describe it as RFC 7643 s8.7.1 does.',
  });
}
