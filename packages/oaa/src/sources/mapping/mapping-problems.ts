import { InputError, OaaError } from '../../errors/index.ts';
import type { Diagnostic } from '../../payload/diagnostics.ts';
import { formatPosition } from '../../payload/diagnostics.ts';
import type { DocumentPath, PositionedDocument } from '../../settings/positioned-document.ts';
import { mappingPath } from './run-problems.ts';

/** @throws InputError with one diagnostic for each problem */
export function refuseMapping(file: string, diagnostics: readonly Diagnostic[]): never {
  const count = diagnostics.length === 1 ? 'a problem' : `${diagnostics.length} problems`;
  throw new InputError('input-invalid', `The mapping ${file} has ${count}.`, {
    hint: 'Correct the mapping at the places named; nothing was read or written.',
    diagnostics,
  });
}

/** Problems of the mapping are collected, so that all of them are told at once; each once. */
export class MappingProblems {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #document: PositionedDocument;
  readonly #told = new Set<string>();

  constructor(document: PositionedDocument) {
    this.#document = document;
  }

  /** The line of the mapping that a part of it stands in. */
  lineOf(path: DocumentPath): number {
    return this.#document.positionOf(path).row;
  }

  readonly add = (path: DocumentPath, message: string, hint?: string): void => {
    const { row, column } = this.#document.positionOf(path);
    this.addAll([
      {
        severity: 'error',
        code: 'mapping',
        path: mappingPath(path),
        message,
        ...(hint === undefined ? {} : { hint }),
        source: { file: this.#document.file, row, column },
      },
    ]);
  };

  /** @throws InputError with all problems in the order of the mapping, then those of the files */
  refuse(): void {
    if (this.#diagnostics.length === 0) return;
    const { file } = this.#document;
    const row = ({ source }: Diagnostic) => (source?.file === file ? (source.row ?? 0) : Number.MAX_SAFE_INTEGER);
    const column = ({ source }: Diagnostic) => (source?.file === file ? Number(source.column) : 0);
    refuseMapping(
      file,
      this.#diagnostics.toSorted((left, right) => row(left) - row(right) || column(left) - column(right)),
    );
  }

  addAll(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) {
      const { source, message } = diagnostic;
      const key = `${source === undefined ? '' : formatPosition(source)} ${message}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      this.#diagnostics.push(diagnostic);
    }
  }

  /** Runs what may find a file or a definition wrong; that is a problem of the mapping too. */
  async catching<Value>(path: DocumentPath, work: () => Value | Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof OaaError)) throw error;
      if (error instanceof InputError && error.diagnostics.length > 0) this.addAll(error.diagnostics);
      else this.add(path, error.message, error.hint);
      return undefined;
    }
  }
}
