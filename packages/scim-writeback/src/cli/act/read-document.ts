import { resolve } from 'node:path';
import { InputError, UsageError } from '@oaa-kit/oaa';
import type { CommandContext } from '@oaa-kit/oaa/cli';
import {
  type DocumentPath,
  type DocumentProblem,
  formatProblems,
  type PositionedDocument,
  parsePositioned,
  readTextFile,
} from '@oaa-kit/oaa/settings';

const maximumBytes = 10_000_000;

/** A YAML or JSON file whose values can be located. */
export async function readDocument(context: Pick<CommandContext, 'cwd'>, file: string): Promise<PositionedDocument> {
  const text = await readTextFile(resolve(context.cwd, file), maximumBytes);
  if (text !== undefined) return parsePositioned(text, file);
  throw new UsageError('file-unreadable', `There is no file ${file}.`, {
    hint: 'Check the path; it is relative to the current folder.',
  });
}

/** Collects what is wrong with a document, each with its place. */
export class DocumentProblems {
  readonly #problems: DocumentProblem[] = [];
  readonly #document: PositionedDocument;

  constructor(document: PositionedDocument) {
    this.#document = document;
  }

  add(path: DocumentPath, message: string): undefined {
    this.#problems.push({ ...this.#document.positionOf(path), message });
    return undefined;
  }

  /** @throws InputError that names every problem as `file:row:column` */
  throwIfAny(hint: string): void {
    if (this.#problems.length === 0) return;
    throw new InputError('input-invalid', formatProblems(this.#document.file, this.#problems), { hint });
  }
}
