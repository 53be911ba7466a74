import { didYouMean } from '../../errors/nearest-name.ts';
import type { PropertyType } from '../../payload/properties.ts';
import type { Row } from '../row.ts';
import type { MappingPath } from './compile-context.ts';
import { compileProperty } from './compile-property.ts';
import { compileTexts } from './compile-text.ts';
import { guarded, type ItemContext } from './item-context.ts';
import { mappingPath } from './run-problems.ts';
import type { ValueSpec } from './value-spec.ts';

/** Properties of resources: the definition depends on the resource type, which may come from the row. */
export function compileResourceProperties(
  specs: Readonly<Record<string, ValueSpec>> = {},
  context: ItemContext,
  path: MappingPath,
): (row: Row, type: string) => unknown {
  const schemas = context.resourceTypes.map((type) => context.schemas.ofResource(type));
  const names = [...new Set(schemas.flatMap((schema) => schema.names()))];
  const fields = Object.entries(specs).flatMap(([name, spec]) => {
    const at = [...path, 'properties', name];
    const types = new Set(schemas.map((schema) => schema.find(name)?.type).filter((type) => type !== undefined));
    if (types.size === 0) {
      context.problem(
        at,
        `The property "${name}" is not defined for any resource type.${didYouMean(name, names)}`,
        'Define it under properties: resources: of the mapping.',
      );
      return [];
    }
    const readers = new Map<PropertyType, (row: Row) => unknown>(
      Array.from(types, (type) => [type, guarded(context, compileProperty(type, spec, context, at), at)]),
    );
    const reader = compileTexts(spec, context, at);
    return [{ name, readers, column: reader.column, present: guarded(context, reader, at), where: mappingPath(at) }];
  });
  return (row, type) => {
    const schema = context.schemas.ofResource(type);
    const properties: Record<string, unknown> = {};
    for (const { name, readers, column, present, where } of fields) {
      const definition = schema.find(name);
      if (definition !== undefined) {
        const value = readers.get(definition.type)?.(row);
        if (value !== undefined) properties[definition.name] = value;
      } else if (present(row) !== undefined) {
        context.report(row, {
          code: 'undefined-property',
          column,
          path: where,
          message: `The property "${name}" is not defined for resources of the type "${type}".`,
          hint: 'Define it under properties: resources: of the mapping, or leave the cell empty.',
        });
      }
    }
    for (const _ in properties) return properties;
    return undefined;
  };
}
