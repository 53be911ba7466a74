import { readFile } from 'node:fs/promises';
import { InputError } from '../../errors/errors.ts';
import { type PositionedDocument, readPositioned } from '../../settings/positioned-document.ts';
import { shapeProblems } from '../../settings/shape-problems.ts';
import { builtinMappingFile } from './builtin-mappings.ts';
import { refuseMapping } from './mapping-problems.ts';
import { type Mapping, mappingSchema } from './mapping-schema.ts';

/** A mapping file that has the right shape, and where each part of it stands. */
export interface MappingDocument {
  readonly mapping: Mapping;
  readonly document: PositionedDocument;
}

/**
 * Reads a mapping from text. YAML, or JSON where the name ends in `.json`.
 * @throws InputError with every problem, each with its row and column
 */
export function parseMapping(text: string, file: string): MappingDocument {
  const { document, problems } = readPositioned(text, file);
  const shape = problems.length > 0 ? problems : shapeProblems(document, mappingSchema);
  if (shape.length > 0) {
    refuseMapping(
      file,
      shape.map(({ row, column, message }) => ({
        severity: 'error',
        code: 'mapping',
        path: '$',
        message,
        source: { file, row, column },
      })),
    );
  }
  return { mapping: mappingSchema.parse(document.value), document };
}

/**
 * Reads a mapping from a file, or a ready one (`builtin:simple_csv`), whose files are then those of the current folder.
 *
 * @param file what messages call it
 * @throws InputError when the file cannot be read, or for what `parseMapping` refuses
 */
export async function readMapping(path: string, file = path): Promise<MappingDocument> {
  const ready = builtinMappingFile(path);
  let text: string;
  try {
    text = await readFile(ready ?? path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'EISDIR'
          ? 'is a folder'
          : `cannot be read (${code ?? 'unknown reason'})`;
    throw new InputError('file-unreadable', `The mapping ${file} ${why}.`, {
      hint: 'Make a first one from your files: oaa mapping suggest users.csv > mapping.yaml',
    });
  }
  return parseMapping(text, file);
}
