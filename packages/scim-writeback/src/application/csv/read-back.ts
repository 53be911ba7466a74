import type { WireGroup, WireUser } from '@oaa-kit/oaa';
import {
  buildPayload,
  type FileSource,
  type MappingDocument,
  type MappingItem,
  type Row,
  type RowSource,
} from '@oaa-kit/oaa/sources';

/** What the mapping makes of rows. */
export interface ReadFacts {
  readonly users: readonly WireUser[];
  readonly groups: readonly WireGroup[];
}

/**
 * Reads rows through the mapping, for what of it write-back is about.
 *
 * @param folder of the tables to look values up in
 * @param keep the items to read the rows of a file with
 * @param open the rows of a file
 * @throws InputError of the mapping
 */
export async function readBack(
  { mapping, document }: MappingDocument,
  folder: string,
  keep: (item: MappingItem, file: string) => MappingItem | undefined,
  open: (spec: FileSource) => Promise<RowSource>,
): Promise<ReadFacts> {
  const sources = mapping.sources.flatMap((source) => {
    const map = source.map.map((item) => keep(item, source.file)).filter((item) => item !== undefined);
    return map.length === 0 ? [] : [{ ...source, map }];
  });
  const { roles: _, ...rest } = mapping;
  const reduced = { mapping: { ...rest, sources }, document };
  const { payload } = await buildPayload(reduced, { folder, openSource: open });
  const { applications } = payload.toJSON();
  return {
    users: applications.flatMap(({ local_users }) => local_users ?? []),
    groups: applications.flatMap(({ local_groups }) => local_groups ?? []),
  };
}

/** Rows that are in no file. */
export function rowsInMemory(
  file: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): RowSource {
  const all: readonly Row[] = rows.map((cells, index) => ({ line: index + 1, cells }));
  return {
    file,
    unit: 'line',
    columns,
    column: (name) => {
      const position = columns.indexOf(name);
      return position < 0 ? undefined : (row) => (row.cells as readonly string[])[position];
    },
    batches: async function* () {
      yield all;
    },
    close: () => undefined,
  };
}
