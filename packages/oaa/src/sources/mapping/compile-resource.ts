import { exceedsBytes, limits } from '../../payload/limits.ts';
import type { Row } from '../row.ts';
import { compileApplication } from './compile-application.ts';
import { tagsAndOwners } from './compile-attachments.ts';
import { compileCondition } from './compile-condition.ts';
import { compileConnections } from './compile-connections.ts';
import type { CompileContext, MappingPath } from './compile-context.ts';
import type { Reader } from './compile-raw.ts';
import { self } from './compile-references.ts';
import { compileResourceProperties } from './compile-resource-properties.ts';
import { compileText } from './compile-text.ts';
import { defineEntity } from './define-entity.ts';
import { Fault } from './fault.ts';
import { type Field, field, optionalReader, readFields } from './fields.ts';
import { fillHint, guarded, type ItemContext, type ItemStep } from './item-context.ts';
import type { ApplicationLedger } from './ledger/ledger.ts';
import type { MappingItem } from './mapping-schema.ts';
import { compileResourcePath, placeResource } from './resource-path.ts';
import { mappingPath } from './run-problems.ts';
import type { ValueSpec } from './value-spec.ts';

/** A description, which the tenant bounds. */
function compileDescription(spec: ValueSpec, context: CompileContext, path: MappingPath): Reader<string> {
  const { read, column } = compileText(spec, context, path);
  return {
    column,
    read: (row) => {
      const text = read(row);
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

/** A resource, with its place among the others. */
export function compileResource(
  spec: NonNullable<MappingItem['resource']>,
  context: ItemContext,
  path: MappingPath,
): ItemStep {
  const where = mappingPath(path);
  const holds = compileCondition(spec.when, context, [...path, 'when']);
  const applicationOf = compileApplication(spec.application, context, path);
  const pathReader = compileResourcePath(spec.path, context, [...path, 'path']);
  const segmentsOf = guarded(context, pathReader, [...path, 'path']);
  const nameOf = optionalReader(spec.name, compileText, context, [...path, 'name']);
  const typeReader = compileText(spec.type, context, [...path, 'type']);
  const typeOf = guarded(context, typeReader, [...path, 'type']);
  const propertiesOf = compileResourceProperties(spec.properties, context, path);
  const origin = context.ledger.addOrigin({
    source: context.sourceNumber,
    path: where,
    from: self,
    to: { ...self, column: pathReader.column },
    target: self,
  });
  const fields: Field[] = [
    ...field('description', spec.description, compileDescription, context, [...path, 'description']),
    ...tagsAndOwners(spec, context, path),
    ...(spec.connections === undefined
      ? []
      : [{ key: 'connections', read: compileConnections(spec.connections, context, path) }]),
  ];
  const report = (
    row: Row,
    code: 'empty-value' | 'duplicate-key',
    column: string | undefined,
    message: string,
    hint: string | undefined,
  ) => context.report(row, { code, column, path: where, message, hint });

  /** The slot of the resource in its place; undefined, with a report, when it has none. */
  const place = (row: Row, application: ApplicationLedger, segments: readonly string[]): number | undefined => {
    try {
      return placeResource(application, segments, { types: spec.parentTypes, origin, line: row.line });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      report(row, 'duplicate-key', pathReader.column, error.message, error.hint);
      return undefined;
    }
  };

  return (row) => {
    if (!holds(row)) return;
    const application = applicationOf(row);
    if (application === undefined) return;
    const errors = context.problems.errors;
    const segments = segmentsOf(row);
    const type = typeOf(row);
    if (context.problems.errors === errors) {
      if (segments === undefined) {
        report(row, 'empty-value', pathReader.column, 'The row has no path for its resource.', fillHint);
      }
      if (type === undefined) {
        report(row, 'empty-value', typeReader.column, 'The row has no type for its resource.', fillHint);
      }
    }
    if (segments === undefined || type === undefined) return;
    const slot = place(row, application, segments);
    if (slot === undefined) return;
    const last = segments.at(-1) as string;
    const name = nameOf?.(row);
    const wire: Record<string, unknown> = name === undefined ? { name: last } : { id: last, name };
    wire.resource_type = type;
    readFields(fields, row, wire);
    const properties = propertiesOf(row, type);
    if (properties !== undefined) wire.custom_properties = properties;
    defineEntity(context, application.resources, segments.join('.'), wire, row, where, spec.conflicts);
  };
}
