import type { Row } from '../row.ts';
import type { MappingPath } from './compile-context.ts';
import { compileText } from './compile-text.ts';
import { guarded, type ItemContext } from './item-context.ts';
import { mappingPath } from './run-problems.ts';
import type { ValueSpec } from './value-spec.ts';

interface ConnectionSpec {
  readonly id: ValueSpec;
  readonly nodeType: ValueSpec;
}

interface WireConnection {
  readonly id: string;
  readonly node_type: string;
}

/** Connections of a resource that the row names, each once. A row without the id names none. */
export function compileConnections(
  specs: readonly ConnectionSpec[],
  context: ItemContext,
  path: MappingPath,
): (row: Row) => unknown {
  const readers = specs.map((spec, index) => {
    const at = [...path, 'connections', index];
    const id = guarded(context, compileText(spec.id, context, [...at, 'id']), [...at, 'id']);
    const typeReader = compileText(spec.nodeType, context, [...at, 'nodeType']);
    const type = guarded(context, typeReader, [...at, 'nodeType']);
    const where = mappingPath([...at, 'nodeType']);
    return (row: Row): WireConnection | undefined => {
      const errors = context.problems.errors;
      const connectionId = id(row);
      if (connectionId === undefined) return undefined;
      const node_type = type(row);
      if (node_type !== undefined) return { id: connectionId, node_type };
      if (context.problems.errors > errors) return undefined;
      context.report(row, {
        code: 'empty-value',
        column: typeReader.column,
        path: where,
        message: `The row has no node type for its connection to ${connectionId}.`,
        hint: 'Fill the column, or give a default: { column: ..., default: ... }.',
      });
      return undefined;
    };
  });
  return (row) => {
    const connections: WireConnection[] = [];
    for (const read of readers) {
      const connection = read(row);
      if (connection === undefined) continue;
      const { id, node_type } = connection;
      if (!connections.some((known) => known.id === id && known.node_type === node_type)) connections.push(connection);
    }
    return connections.length === 0 ? undefined : connections;
  };
}
