import { ScimError } from '../errors/scim-error.ts';
import type { Schema } from '../schemas/schema.ts';
import { type AttributeTarget, invalidPath } from './patch-target.ts';
import type { Patching } from './patching.ts';
import type { PatchOperation } from './read-patch.ts';
import { mutability } from './refusals.ts';
import { removeExtension } from './remove-extension.ts';

/**
 * Applies an operation to `schemas` itself. The URNs of a resource are those of its data, so taking one out takes its data
 * out, and adding one says nothing until there are data. The core schema stays. RFC 7644 s3.5.2.
 */
export function writeSchemas(
  op: PatchOperation['op'],
  { filter }: AttributeTarget,
  input: unknown,
  patching: Patching,
): void {
  const { type } = patching.schema;
  if (filter !== undefined) throw invalidPath('schemas is a list of URNs; name them in the value.');
  const urns = op === 'remove' && (input === undefined || input === null) ? undefined : readUrns(input);
  // URNs that this service does not know say nothing (Entra ID sends one of its own).
  const named = new Set<Schema>((urns ?? [type.schema.id]).flatMap((urn) => patching.schema.schema(urn) ?? []));
  const core = named.has(type.schema);
  if ((op === 'remove' && core) || (op === 'replace' && !core)) throw mutability(`${type.schema.id} stays in schemas.`);
  if (op === 'add') return;
  for (const { schema } of type.extensions) {
    if (named.has(schema) === (op === 'remove')) removeExtension(schema, patching);
  }
}

function readUrns(input: unknown): readonly string[] {
  const urns: readonly unknown[] = Array.isArray(input) ? input : [input];
  return urns.map((urn) => {
    if (typeof urn === 'string') return urn;
    throw new ScimError(400, 'invalidValue', 'schemas takes a list of URNs.');
  });
}
