import { resolve } from 'node:path';
import { openSource } from '../open-source.ts';
import type { RowSource } from '../row.ts';
import type { FileSource } from './mapping-schema.ts';

/** Opens a file of a mapping; its name is relative to `folder`. */
export function openFileSource(spec: FileSource, folder: string): Promise<RowSource> {
  const { file, format, encoding, csv, pointer } = spec;
  return openSource({ path: resolve(folder, file), file, format, encoding, csv, pointer });
}
