import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { OaaError } from '@oaa-kit/oaa';
import { type PositionedDocument, readPositionedAll, readTextFile } from '@oaa-kit/oaa/settings';
import type { ManifestProblems } from './manifest-problems.ts';

/**
 * A manifest: the path of a file, or a text or a value of the caller's. `file` is what messages call it; relative paths
 * in it begin at `folder`, the working folder unless told otherwise.
 */
export type ManifestSource =
  | string
  | { readonly file: string; readonly text: string; readonly folder?: string | undefined }
  | { readonly file?: string | undefined; readonly value: unknown; readonly folder?: string | undefined };

/** One file that was read. */
export interface ReadSource {
  readonly file: string;
  readonly sha256: string;
  /** Absolute. */
  readonly folder: string;
  readonly documents: readonly PositionedDocument[];
}

const maximumBytes = 4_000_000;
const maximumDocuments = 5_000;

/** What messages call a manifest. */
export function nameOfSource(source: ManifestSource): string {
  return typeof source === 'string' ? source : (source.file ?? '(manifest)');
}

interface Text {
  readonly file: string;
  readonly text: string;
  readonly folder: string;
  readonly format?: 'json';
}

/** Undefined for what cannot be written: cycles, big integers, functions. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, null, 2);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

async function textOf(source: ManifestSource, cwd: string, problems: ManifestProblems): Promise<Text | undefined> {
  const fail = (code: string, message: string): undefined => {
    problems.add({ file: nameOfSource(source), row: 1, column: 1, severity: 'error', code, message });
  };
  if (typeof source !== 'string') {
    const folder = resolve(cwd, source.folder ?? '.');
    if ('text' in source) return { file: source.file, text: source.text, folder };
    const text = jsonOf(source.value);
    if (text !== undefined) return { file: nameOfSource(source), text, folder, format: 'json' };
    return fail('not-json', 'is no value that JSON can hold');
  }
  const file = resolve(cwd, source);
  try {
    const text = await readTextFile(file, maximumBytes);
    return text === undefined
      ? fail('file-unreadable', 'there is no such file')
      : { file: source, text, folder: dirname(file) };
  } catch (error) {
    if (!(error instanceof OaaError)) throw error;
    return fail('file-unreadable', error.message);
  }
}

/** The items of a document that is a list, as documents of their own. */
function itemsOf(document: PositionedDocument): PositionedDocument[] {
  if (!Array.isArray(document.value)) return [document];
  return document.value.map((value: unknown, index) => ({
    file: document.file,
    value,
    positionOf: (path, part) => document.positionOf([index, ...path], part),
  }));
}

/** Reads a manifest into its documents; what is wrong with file or syntax goes to the problems. */
export async function readSource(
  source: ManifestSource,
  cwd: string,
  problems: ManifestProblems,
): Promise<ReadSource | undefined> {
  const read = await textOf(source, cwd, problems);
  if (read === undefined) return undefined;
  const { file, text, folder, format } = read;
  const result = readPositionedAll(text, file, { format, maxLength: maximumBytes, maxDocuments: maximumDocuments });
  for (const problem of result.problems) problems.add({ file, ...problem, severity: 'error', code: 'syntax' });
  const documents = result.documents.flatMap(itemsOf);
  if (documents.length > maximumDocuments || (documents.length === 0 && result.problems.length === 0)) {
    const message = documents.length === 0 ? 'holds no provider' : `holds more than ${maximumDocuments} providers`;
    problems.add({ file, row: 1, column: 1, severity: 'error', code: 'not-a-manifest', message });
    return undefined;
  }
  return { file, sha256: createHash('sha256').update(text).digest('hex'), folder, documents };
}
