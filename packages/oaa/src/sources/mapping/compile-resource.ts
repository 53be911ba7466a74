import { didYouMean } from '../../errors/nearest-name.ts';
import { limits } from '../../payload/limits.ts';
import type { PropertyType } from '../../payload/properties.ts';
import type { Row } from '../row.ts';
import { compileCondition } from './compile-condition.ts';
import type { MappingPath } from './compile-context.ts';
import { field, type ItemStep } from './compile-entity.ts';
import { self } from './compile-links.ts';
import { compileProperty, compileText, compileTexts } from './compile-value.ts';
import { defineEntity } from './define-entity.ts';
import {
  attachmentFields,
  boundedDescription,
  compileApplication,
  type Field,
  guarded,
  type ItemContext,
  readFields,
} from './item-context.ts';
import type { ApplicationLedger } from './ledger/ledger.ts';
import type { MappingItem } from './mapping-schema.ts';
import { mappingPath } from './run-problems.ts';

type ResourceSpec = NonNullable<MappingItem['resource']>;

/** Properties of resources: the definition depends on the resource type, which may come from the row. */
function compileResourceProperties(
  spec: ResourceSpec,
  types: readonly string[],
  context: ItemContext,
  path: MappingPath,
): (row: Row, type: string) => unknown {
  const names = [...new Set(types.flatMap((type) => context.schemas.ofResource(type).names()))];
  const fields = Object.entries(spec.properties ?? {}).flatMap(([name, value]) => {
    const at = [...path, 'properties', name];
    if (!names.some((known) => known.toLowerCase() === name.toLowerCase())) {
      context.problem(
        at,
        `The property "${name}" is not defined for any resource type.${didYouMean(name, names)}`,
        'Define it under properties: resources: of the mapping.',
      );
      return [];
    }
    const readers = new Map<PropertyType, (row: Row) => unknown>();
    for (const type of types) {
      const definition = context.schemas.ofResource(type).find(name);
      if (definition === undefined || readers.has(definition.type)) continue;
      readers.set(definition.type, guarded(context, compileProperty(definition.type, value, context, at), at));
    }
    const present = guarded(context, compileTexts(value, context, at), at);
    return [{ name, readers, present, at }];
  });
  return (row, type) => {
    const schema = context.schemas.ofResource(type);
    const properties: Record<string, unknown> = {};
    for (const { name, readers, present, at } of fields) {
      const definition = schema.find(name);
      const value = definition === undefined ? undefined : readers.get(definition.type)?.(row);
      if (definition !== undefined && value !== undefined) properties[definition.name] = value;
      if (definition === undefined && present(row) !== undefined) {
        context.problems.add({
          code: 'undefined-property',
          source: context.sourceNumber,
          line: row.line,
          path: mappingPath(at),
          message: `The property "${name}" is not defined for resources of the type "${type}".`,
          hint: 'Define it under properties: resources: of the mapping, or leave the cell empty.',
        });
      }
    }
    return Object.keys(properties).length === 0 ? undefined : properties;
  };
}

function compileConnections(spec: ResourceSpec, context: ItemContext, path: MappingPath): (row: Row) => unknown {
  const readers = (spec.connections ?? []).map((connection, index) => {
    const at = [...path, 'connections', index];
    const id = guarded(context, compileText(connection.id, context, [...at, 'id']), [...at, 'id']);
    const type = guarded(context, compileText(connection.nodeType, context, [...at, 'nodeType']), [...at, 'nodeType']);
    return (row: Row) => {
      const [connectionId, nodeType] = [id(row), type(row)];
      return connectionId === undefined || nodeType === undefined
        ? undefined
        : { id: connectionId, node_type: nodeType };
    };
  });
  return (row) => {
    const connections = readers.map((read) => read(row)).filter((connection) => connection !== undefined);
    return connections.length === 0 ? undefined : connections;
  };
}

/** Notes the parents on the way to a resource; those that no row describes are made at the end. */
function placeResource(
  application: ApplicationLedger,
  segments: readonly string[],
  spec: ResourceSpec,
  origin: number,
  line: number,
): number {
  let parent = -1;
  let key = '';
  segments.forEach((segment, depth) => {
    key = depth === 0 ? segment : `${key}.${segment}`;
    const slot = application.resources.slot(key);
    application.setParent(slot, parent);
    if (
      depth < segments.length - 1 &&
      !application.resources.isDefined(slot) &&
      !application.impliedResources.has(slot)
    ) {
      application.impliedResources.set(slot, { segment, type: spec.parentTypes?.[depth], origin, line });
    }
    parent = slot;
  });
  return parent;
}

/** A resource, with its place among the others. */
export function compileResource(spec: ResourceSpec, context: ItemContext, path: MappingPath): ItemStep {
  const where = mappingPath(path);
  const holds = compileCondition(spec.when, context, [...path, 'when']);
  const applicationOf = compileApplication(spec.application, context, path);
  const pathReader = compileTexts(spec.path, context, [...path, 'path']);
  const segmentsOf = guarded(context, pathReader, [...path, 'path']);
  const nameOf =
    spec.name === undefined
      ? undefined
      : guarded(context, compileText(spec.name, context, [...path, 'name']), [...path, 'name']);
  const typeReader = compileText(spec.type, context, [...path, 'type']);
  const typeOf = guarded(context, typeReader, [...path, 'type']);
  const propertiesOf = compileResourceProperties(spec, context.resourceTypes, context, path);
  const origin = context.ledger.addOrigin({
    source: context.sourceNumber,
    path: where,
    from: self,
    to: { ...self, column: pathReader.column },
    target: self,
  });
  const fields: Field[] = [
    ...field(
      'description',
      spec.description,
      (value, inner, at) => boundedDescription(compileText(value, inner, at)),
      context,
      [...path, 'description'],
    ),
    ...attachmentFields({ tags: spec.tags, owners: spec.owners }, undefined, context, path),
    { key: 'connections', read: compileConnections(spec, context, path) },
  ];
  const missing = (row: Row, what: string, column: string | undefined) =>
    context.problems.add({
      code: 'empty-value',
      source: context.sourceNumber,
      line: row.line,
      column,
      path: where,
      message: `The row has no ${what} for its resource.`,
      hint: 'Fill the column; or leave such rows out: when: { column: ..., empty: false }.',
    });
  return (row) => {
    if (!holds(row)) return;
    const application = applicationOf(row);
    if (application === undefined) return;
    const errors = context.problems.errors;
    const segments = segmentsOf(row);
    const type = typeOf(row);
    if (context.problems.errors === errors) {
      if (segments === undefined) missing(row, 'path', pathReader.column);
      if (type === undefined) missing(row, 'type', typeReader.column);
    }
    if (segments === undefined || type === undefined) return;
    if (segments.length > limits.resourceDepth) {
      context.problems.add({
        code: 'too-deep',
        source: context.sourceNumber,
        line: row.line,
        column: pathReader.column,
        path: where,
        message: `The path is more than ${limits.resourceDepth} levels deep.`,
      });
      return;
    }
    const slot = placeResource(application, segments, spec, origin, row.line);
    const last = segments.at(-1) as string;
    const name = nameOf?.(row);
    const wire: Record<string, unknown> = name === undefined ? { name: last } : { id: last, name };
    wire.resource_type = type;
    const properties = propertiesOf(row, type);
    readFields(fields, row, wire);
    if (properties !== undefined) wire.custom_properties = properties;
    defineEntity(context, application.resources, application.resources.key(slot), wire, row, where, spec.conflicts);
  };
}
