import { readFile, stat } from 'node:fs/promises';
import { InputError, UsageError } from '@oaa-kit/oaa';
import { findJsonSyntaxError, pathText } from '@oaa-kit/oaa/settings';
import type { z } from 'zod';
import { isRecord, own } from '../json.ts';
import type { FileWords } from './write-private-file.ts';

const maximumBytes = 64 * 1024 * 1024;
const maximumProblems = 100;

/** What a document of ours is: its mark, its version and its shape. */
export interface DocumentKind<Shape extends z.ZodType> extends FileWords {
  /** What it has under `format`. */
  readonly format: string;
  /** The newest `version` that is understood. */
  readonly version: number;
  readonly schema: Shape;
}

/**
 * The text of a file; undefined when it does not exist.
 *
 * @throws UsageError `file-unreadable`; InputError `input-invalid` for one that is too large
 */
async function readText(file: string, { noun, flag }: FileWords): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    if (size > maximumBytes) {
      throw new InputError('input-invalid', `The ${noun} ${file} is larger than ${maximumBytes} bytes.`, {
        hint: `Name the right file with ${flag}.`,
      });
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (error instanceof InputError) throw error;
    throw new UsageError('file-unreadable', `The ${noun} ${file} cannot be read: ${code ?? String(error)}.`, {
      hint: `Check its permissions, or name another file with ${flag}.`,
      cause: error,
    });
  }
}

function parseJson(text: string, file: string, { noun, flag }: FileWords): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const problem = findJsonSyntaxError(text);
    const before = text.slice(0, problem?.offset ?? 0).split('\n');
    const place = `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    throw new InputError('json-invalid', `${place}: the ${noun} is no JSON: ${problem?.message ?? 'it is damaged'}.`, {
      hint: `Restore it from a backup, or name another file with ${flag}.`,
    });
  }
}

function member(value: unknown, key: string): unknown {
  return isRecord(value) ? own(value, key) : undefined;
}

const segmentOf = (key: PropertyKey): string | number => (typeof key === 'number' ? key : String(key));

/**
 * Reads a document that this package wrote earlier; undefined when the file does not exist.
 *
 * @throws InputError `json-invalid` with file:row:column; `input-invalid` for another kind of file, for one of a newer
 *   version, and for one of another shape, with every problem; UsageError `file-unreadable`
 */
export async function readDocument<Shape extends z.ZodType>(
  file: string,
  kind: DocumentKind<Shape>,
): Promise<z.output<Shape> | undefined> {
  const { noun, flag, format, version, schema } = kind;
  const text = await readText(file, kind);
  if (text === undefined) return undefined;
  const value = parseJson(text, file, kind);
  const refuse = (message: string, hint: string): InputError => new InputError('input-invalid', message, { hint });
  if (member(value, 'format') !== format) {
    throw refuse(`${file} is no ${noun}: its "format" is not "${format}".`, `Name the right file with ${flag}.`);
  }
  const found = member(value, 'version');
  if (typeof found === 'number' && found > version) {
    throw refuse(
      `The ${noun} ${file} is of version ${found}, and this program reads version ${version}.`,
      'Install a newer @oaa-kit/registrar: a newer one wrote the file.',
    );
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `  ${pathText(path.map(segmentOf))}: ${message}`);
  const shown = problems.slice(0, maximumProblems);
  const left = problems.length - shown.length;
  const lines = [...shown, ...(left > 0 ? [`  and ${left} more`] : [])].join('\n');
  throw refuse(`The ${noun} ${file} is damaged:\n${lines}`, `Restore it from a backup, or name another with ${flag}.`);
}
