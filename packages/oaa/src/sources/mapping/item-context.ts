import { didYouMean } from '../../errors/nearest-name.ts';
import type { ApplicationPropertySchemas } from '../../payload/application/application-properties.ts';
import { exceedsBytes, limits } from '../../payload/limits.ts';
import type { PropertySchema } from '../../payload/properties.ts';
import { tagProblem } from '../../payload/tags.ts';
import type { Row } from '../row.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import { compileProperty, compileText, type Reader } from './compile-value.ts';
import { Fault } from './fault.ts';
import type { ApplicationLedger, Ledger } from './ledger/ledger.ts';
import { mappingPath, type RunProblems } from './run-problems.ts';
import type { ValueSpec } from './value-spec.ts';

/** What the items of one source are compiled against. */
export interface ItemContext extends CompileContext {
  /** The number of the source in the run. */
  readonly sourceNumber: number;
  readonly ledger: Ledger;
  readonly problems: RunProblems;
  readonly schemas: ApplicationPropertySchemas;
  /** Resource types that have property definitions. */
  readonly resourceTypes: readonly string[];
  /** The application that rows belong to where they name none. */
  readonly defaultApplication: string;
}

/** A value of a wire object. */
export interface Field {
  readonly key: string;
  readonly read: (row: Row) => unknown;
}

/** Reads a value; a fault is reported with its place and gives undefined. */
export function guarded<Value>(
  context: ItemContext,
  reader: Reader<Value>,
  path: MappingPath,
): (row: Row) => Value | undefined {
  const where = mappingPath(path);
  const { column, read } = reader;
  return (row) => {
    try {
      return read(row);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { code, message, hint } = error;
      context.problems.add({ code, source: context.sourceNumber, line: row.line, column, path: where, message, hint });
      return undefined;
    }
  };
}

/** The application that a row belongs to. */
export function compileApplication(
  spec: ValueSpec | undefined,
  context: ItemContext,
  path: MappingPath,
): (row: Row) => ApplicationLedger | undefined {
  if (spec === undefined) {
    const { ledger, defaultApplication } = context;
    return () => ledger.application(defaultApplication);
  }
  const reader = compileText(spec, context, [...path, 'application']);
  const read = guarded(context, reader, [...path, 'application']);
  return (row) => {
    const name = read(row);
    if (name !== undefined) return context.ledger.application(name);
    context.problems.add({
      code: 'empty-value',
      source: context.sourceNumber,
      line: row.line,
      column: reader.column,
      path: mappingPath([...path, 'application']),
      message: 'The row names no application.',
      hint: 'Fill the column, or give a default: { column: ..., default: ... }.',
    });
    return undefined;
  };
}

/** The properties of an entity; unknown names are problems of the mapping. */
export function compileProperties(
  specs: Readonly<Record<string, ValueSpec>> | undefined,
  schema: PropertySchema | undefined,
  context: ItemContext,
  path: MappingPath,
): ((row: Row) => Record<string, unknown> | undefined) | undefined {
  if (specs === undefined) return undefined;
  const fields: Field[] = [];
  for (const [name, spec] of Object.entries(specs)) {
    const at = [...path, 'properties', name];
    const definition = schema?.find(name);
    if (definition === undefined) {
      const known = schema?.names() ?? [];
      context.problem(
        at,
        `The property "${name}" is not defined.${didYouMean(name, known)}`,
        'Define it under "properties" of the mapping, with its type.',
      );
      continue;
    }
    fields.push({
      key: definition.name,
      read: guarded(context, compileProperty(definition.type, spec, context, at), at),
    });
  }
  return (row) => {
    let properties: Record<string, unknown> | undefined;
    for (const { key, read } of fields) {
      const value = read(row);
      if (value === undefined) continue;
      properties ??= {};
      properties[key] = value;
    }
    return properties;
  };
}

function compileTags(
  specs: Readonly<Record<string, ValueSpec>>,
  context: ItemContext,
  path: MappingPath,
): (row: Row) => unknown {
  const fields = Object.entries(specs).map(([key, spec]) => {
    const at = [...path, 'tags', key];
    const { column, read } = compileText(spec, context, at);
    const checked = (row: Row) => {
      const value = read(row);
      if (value === undefined) return undefined;
      const tag = { key, value };
      const problem = tagProblem(tag);
      if (problem !== undefined) throw new Fault('bad-tag', `${problem}.`);
      return tag;
    };
    return guarded(context, { column, read: checked }, at);
  });
  return (row) => {
    const tags = fields.map((read) => read(row)).filter((tag) => tag !== undefined);
    return tags.length === 0 ? undefined : tags;
  };
}

interface OwnerSpec {
  readonly externalId: ValueSpec;
  readonly ownerType?: ValueSpec | undefined;
  readonly primary?: boolean | undefined;
}

function compileOwners(specs: readonly OwnerSpec[], context: ItemContext, path: MappingPath): (row: Row) => unknown {
  const readers = specs.map((spec, index) => {
    const at = [...path, 'owners', index];
    const id = guarded(context, compileText(spec.externalId, context, [...at, 'externalId']), [...at, 'externalId']);
    const type =
      spec.ownerType === undefined
        ? undefined
        : guarded(context, compileText(spec.ownerType, context, [...at, 'ownerType']), [...at, 'ownerType']);
    return (row: Row) => {
      const externalId = id(row);
      if (externalId === undefined) return undefined;
      const ownerType = type?.(row);
      return {
        external_id: externalId,
        ...(ownerType === undefined ? {} : { owner_type: ownerType }),
        ...(spec.primary === undefined ? {} : { primary: spec.primary }),
      };
    };
  });
  return (row) => {
    const owners = readers.map((read) => read(row)).filter((owner) => owner !== undefined);
    return owners.length === 0 ? undefined : owners;
  };
}

interface AttachmentSpecs {
  readonly properties?: Readonly<Record<string, ValueSpec>> | undefined;
  readonly tags?: Readonly<Record<string, ValueSpec>> | undefined;
  readonly owners?: readonly OwnerSpec[] | undefined;
}

/** Properties, tags and owners as fields of the wire object. */
export function attachmentFields(
  specs: AttachmentSpecs,
  schema: PropertySchema | undefined,
  context: ItemContext,
  path: MappingPath,
): Field[] {
  const fields: Field[] = [];
  const properties = compileProperties(specs.properties, schema, context, path);
  if (properties !== undefined) fields.push({ key: 'custom_properties', read: properties });
  if (specs.tags !== undefined) fields.push({ key: 'tags', read: compileTags(specs.tags, context, path) });
  if (specs.owners !== undefined) fields.push({ key: 'owners', read: compileOwners(specs.owners, context, path) });
  return fields;
}

/** A description, which the tenant bounds. */
export function boundedDescription(reader: Reader<string>): Reader<string> {
  return {
    column: reader.column,
    read: (row) => {
      const text = reader.read(row);
      if (text !== undefined && exceedsBytes(text, limits.descriptionBytes)) {
        throw new Fault(
          'too-long',
          `The description is longer than ${limits.descriptionBytes} bytes.`,
          'Shorten it in the source.',
        );
      }
      return text;
    },
  };
}

/** The object of a row, in the order of its fields; fields without a value are left out. */
export function readFields(fields: readonly Field[], row: Row, wire: Record<string, unknown>): Record<string, unknown> {
  for (const { key, read } of fields) {
    const value = read(row);
    if (value !== undefined) wire[key] = value;
  }
  return wire;
}
