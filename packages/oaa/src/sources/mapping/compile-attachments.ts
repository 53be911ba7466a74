import { didYouMean } from '../../errors/nearest-name.ts';
import type { PropertySchema } from '../../payload/properties.ts';
import { tagProblem } from '../../payload/tags.ts';
import type { Row } from '../row.ts';
import type { MappingPath } from './compile-context.ts';
import { compileProperty } from './compile-property.ts';
import { compileText } from './compile-text.ts';
import { Fault } from './fault.ts';
import { type Field, optionalReader, readFields } from './fields.ts';
import { guarded, type ItemContext } from './item-context.ts';
import type { ValueSpec } from './value-spec.ts';

interface OwnerSpec {
  readonly externalId: ValueSpec;
  readonly ownerType?: ValueSpec | undefined;
  readonly primary?: boolean | undefined;
}

interface AttachmentSpecs {
  readonly properties?: Readonly<Record<string, ValueSpec>> | undefined;
  readonly tags?: Readonly<Record<string, ValueSpec>> | undefined;
  readonly owners?: readonly OwnerSpec[] | undefined;
}

/** The properties of an entity or an assignment; names without a definition are problems of the mapping. */
export function compileProperties(
  specs: Readonly<Record<string, ValueSpec>> | undefined,
  schema: PropertySchema,
  context: ItemContext,
  path: MappingPath,
): ((row: Row) => Record<string, unknown> | undefined) | undefined {
  if (specs === undefined) return undefined;
  const fields: Field[] = [];
  for (const [name, spec] of Object.entries(specs)) {
    const at = [...path, 'properties', name];
    const definition = schema.find(name);
    if (definition === undefined) {
      context.problem(
        at,
        `The property "${name}" is not defined.${didYouMean(name, schema.names())}`,
        'Define it under "properties" of the mapping, with its type.',
      );
      continue;
    }
    const reader = compileProperty(definition.type, spec, context, at);
    fields.push({ key: definition.name, read: guarded(context, reader, at) });
  }
  return (row) => {
    const properties: Record<string, unknown> = {};
    readFields(fields, row, properties);
    for (const _ in properties) return properties;
    return undefined;
  };
}

function compileTags(
  specs: Readonly<Record<string, ValueSpec>>,
  context: ItemContext,
  path: MappingPath,
): (row: Row) => unknown {
  const fields = Object.entries(specs).map(([key, spec]) => {
    const at = [...path, 'tags', key];
    const keyProblem = tagProblem({ key, value: '' });
    if (keyProblem !== undefined) context.problem(at, `${keyProblem}.`);
    const { column, read } = compileText(spec, context, at);
    const checked = (row: Row) => {
      const value = read(row);
      if (value === undefined) return undefined;
      const tag = { key, value };
      const problem = tagProblem(tag);
      if (problem !== undefined) {
        throw new Fault('bad-tag', `${problem}.`, "Take what is not allowed out: \"{{replace column '/' '-'}}\".");
      }
      return tag;
    };
    return guarded(context, { column, read: checked }, at);
  });
  return (row) => {
    const tags = fields.map((read) => read(row)).filter((tag) => tag !== undefined);
    return tags.length === 0 ? undefined : tags;
  };
}

interface WireOwner {
  readonly external_id: string;
  readonly owner_type?: string;
  readonly primary?: boolean;
}

/** Owners that the row names, each once: the first of several with one identity and type. */
function compileOwners(specs: readonly OwnerSpec[], context: ItemContext, path: MappingPath): (row: Row) => unknown {
  const readers = specs.map(({ externalId, ownerType, primary }, index) => {
    const at = [...path, 'owners', index];
    const id = optionalReader(externalId, compileText, context, [...at, 'externalId']);
    const type = optionalReader(ownerType, compileText, context, [...at, 'ownerType']);
    return (row: Row): WireOwner | undefined => {
      const external_id = id?.(row);
      if (external_id === undefined) return undefined;
      const owner_type = type?.(row);
      return {
        external_id,
        ...(owner_type === undefined ? {} : { owner_type }),
        ...(primary === undefined ? {} : { primary }),
      };
    };
  });
  return (row) => {
    const owners: WireOwner[] = [];
    for (const read of readers) {
      const owner = read(row);
      if (owner === undefined) continue;
      const { external_id, owner_type } = owner;
      if (owners.some((known) => known.external_id === external_id && known.owner_type === owner_type)) continue;
      owners.push(owner);
    }
    return owners.length === 0 ? undefined : owners;
  };
}

/** Tags and owners as fields of the wire object. */
export function tagsAndOwners(
  { tags, owners }: Pick<AttachmentSpecs, 'tags' | 'owners'>,
  context: ItemContext,
  path: MappingPath,
): Field[] {
  return [
    ...(tags === undefined ? [] : [{ key: 'tags', read: compileTags(tags, context, path) }]),
    ...(owners === undefined ? [] : [{ key: 'owners', read: compileOwners(owners, context, path) }]),
  ];
}

/** Properties, tags and owners as fields of the wire object. */
export function attachments(
  specs: AttachmentSpecs,
  schema: PropertySchema,
  context: ItemContext,
  path: MappingPath,
): Field[] {
  const properties = compileProperties(specs.properties, schema, context, path);
  return [
    ...(properties === undefined ? [] : [{ key: 'custom_properties', read: properties }]),
    ...tagsAndOwners(specs, context, path),
  ];
}
