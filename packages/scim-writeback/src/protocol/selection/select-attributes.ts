import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { ScimObject, ScimValue } from '../schemas/scim-value.ts';
import { isScimObject } from '../schemas/scim-value.ts';
import {
  type ContainerPlan,
  compileSelection,
  type SelectionPlan,
  type SelectionRequest,
} from './compile-selection.ts';

/**
 * The part of a resource that an answer shows: what is always returned, and either the named attributes or the default
 * ones less the excluded. Attributes that are never returned are in no answer. RFC 7644 s3.9, RFC 7643 s7.
 *
 * For many resources compile the selection once and use {@link applySelection}.
 *
 * @example selectAttributes(user, schema, { attributes: ['userName', 'name.givenName'] })
 */
export function selectAttributes(resource: ScimObject, schema: ResourceSchema, request: SelectionRequest): ScimObject {
  return applySelection(resource, compileSelection(schema, request));
}

/** The part of a resource that a compiled selection shows. Takes time in proportion to the resource. */
export function applySelection(resource: ScimObject, plan: SelectionPlan): ScimObject {
  return selectMembers(resource, plan) ?? {};
}

function selectMembers(data: ScimObject, plan: ContainerPlan): ScimObject | undefined {
  const selected: Record<string, ScimValue> = {};
  let some = false;
  for (const name of Object.keys(data)) {
    const part = plan.get(name);
    const value = part === undefined ? undefined : selectValue(data[name] as ScimValue, part);
    if (value === undefined) continue;
    selected[name] = value;
    some = true;
  }
  return some ? selected : undefined;
}

function selectValue(value: ScimValue, part: 'whole' | ContainerPlan): ScimValue | undefined {
  if (part === 'whole') return value;
  if (isScimObject(value)) return selectMembers(value, part);
  if (!Array.isArray(value)) return value;
  const values = value.flatMap((one: ScimValue) => selectValue(one, part) ?? []);
  return values.length === 0 ? undefined : values;
}
