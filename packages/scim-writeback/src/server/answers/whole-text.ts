import type { StoredResource } from '../../directory/directory.ts';
import { enterpriseUserSchema } from '../../protocol/schemas/enterprise-user-schema.ts';
import type { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../../protocol/schemas/resource-types.ts';
import type { Schema } from '../../protocol/schemas/schema.ts';
import type { SelectionPlan } from '../../protocol/selection/compile-selection.ts';
import { isPlainId } from './locate.ts';

/** Whether the stored text of a resource can go into an answer as it is: nothing in it is to be left out. */
export type WholeTextTest = (resource: StoredResource) => boolean;

export const neverWhole: WholeTextTest = () => false;

/** More lists of schemas than a directory has. */
const maxKnown = 1_000;

/** The test for the default selection, which mostly shows all that is stored. */
export function wholeTextTest(plan: SelectionPlan, schema: ResourceSchema): WholeTextTest {
  if (!showsAllStored(plan, schema)) return neverWhole;
  const known = new Map<string, boolean>();
  // Most resources have the same schemas as the one before.
  let last: string | undefined;
  return ({ json }) => {
    if (last !== undefined && json.startsWith(last)) return true;
    const list = json.slice(0, json.indexOf(']') + 1);
    const isKnown = known.get(list) ?? hasOnlyKnownSchemas(list, schema);
    if (known.size < maxKnown) known.set(list, isKnown);
    if (isKnown) last = list;
    return isKnown;
  };
}

/** A password is never stored: a profile that keeps passwords is refused. */
function showsAllStored(plan: SelectionPlan, { attributes, type }: ResourceSchema): boolean {
  const core = attributes.every(({ name }) => name === 'password' || plan.get(name) === 'whole');
  return (
    core &&
    type.extensions.every(({ schema }) => {
      const part = plan.get(schema.id);
      if (part === undefined || part === 'whole') return part === 'whole';
      return schema.attributes.every(({ name }) => part.get(name) === 'whole');
    })
  );
}

/** Those that this program defines: no setting takes an attribute out of them. */
const fixedSchemas: ReadonlySet<Schema | undefined> = new Set([
  userResourceType.schema,
  groupResourceType.schema,
  enterpriseUserSchema,
]);

/**
 * Data that a schema had once, and has no more, may be what is never returned: so only resources whose schemas nobody can
 * have changed are whole.
 */
function hasOnlyKnownSchemas(list: string, schema: ResourceSchema): boolean {
  // In a URN with a quote or a bracket in it, the list would seem to end too early.
  if (!/^\{"schemas":\["[^\]"\\]*"(?:,"[^\]"\\]*")*\]$/.test(list)) return false;
  const urns: readonly string[] = JSON.parse(list.slice('{"schemas":'.length));
  return urns.every((urn) => fixedSchemas.has(schema.schema(urn)));
}

/** The stored text of a whole resource with its id, still open at the end: `{"schemas":[...],"id":"1",...`. */
export function openText({ id, json }: StoredResource): string {
  const end = json.indexOf(']') + 1;
  return `${json.slice(0, end)},"id":${isPlainId(id) ? `"${id}"` : JSON.stringify(id)}${json.slice(end, -1)}`;
}
