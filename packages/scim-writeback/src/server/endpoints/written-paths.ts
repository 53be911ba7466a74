import type { PatchOperation } from '../../protocol/patch/read-patch.ts';
import type { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import type { Attribute } from '../../protocol/schemas/schema.ts';

/**
 * The attributes that the body of a POST or PUT writes, as paths: what is returned on request only is shown also where the
 * request wrote it (RFC 7643 s7). Names are as the client spelt them, and may name nothing. Empty where the schemas have no
 * such attribute.
 */
export function writtenByBody(body: unknown, schema: ResourceSchema): readonly string[] {
  const paths = new Set<string>();
  if (returnsOnRequest(schema)) addNames(body, '', paths, schema);
  return [...paths];
}

/** The same for the operations of a PATCH. */
export function writtenByPatch(operations: readonly PatchOperation[], schema: ResourceSchema): readonly string[] {
  const paths = new Set<string>();
  if (!returnsOnRequest(schema)) return [];
  for (const { path, value } of operations) {
    if (path === undefined) addNames(value, '', paths, schema);
    else addPath(withoutFilter(path.trim()), value, paths, schema);
  }
  return [...paths];
}

const known = new WeakMap<ResourceSchema, boolean>();

function returnsOnRequest(schema: ResourceSchema): boolean {
  const found = known.get(schema) ?? hasOnRequest(schema);
  known.set(schema, found);
  return found;
}

function hasOnRequest({ attributes, type }: ResourceSchema): boolean {
  const onRequest = ({ returned, subAttributes }: Attribute): boolean =>
    returned === 'request' || subAttributes?.some(onRequest) === true;
  return attributes.some(onRequest) || type.extensions.some((extension) => extension.schema.attributes.some(onRequest));
}

function addNames(value: unknown, prefix: string, paths: Set<string>, schema: ResourceSchema): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, member] of Object.entries(value)) addPath(`${prefix}${withoutFilter(name)}`, member, paths, schema);
}

/** Below a URN are the attributes of its schema, below an attribute its parts: those that are named are written. */
function addPath(path: string, value: unknown, paths: Set<string>, schema: ResourceSchema): void {
  if (schema.schema(path) !== undefined) {
    addNames(value, `${path}:`, paths, schema);
    return;
  }
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const one of values) {
    if (typeof one !== 'object' || one === null) paths.add(path);
    else for (const name of Object.keys(one)) paths.add(`${path}.${name}`);
  }
}

/** `emails[type eq "work"].value` writes `emails.value`. */
function withoutFilter(path: string): string {
  const open = path.indexOf('[');
  const close = path.lastIndexOf(']');
  return open < 0 || close < open ? path : path.slice(0, open) + path.slice(close + 1);
}
