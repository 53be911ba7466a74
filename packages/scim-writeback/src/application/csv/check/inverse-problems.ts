import { type Diagnostic, InputError } from '@oaa-kit/oaa';
import type { MappingDocument } from '@oaa-kit/oaa/sources';

/** Problems of the `writeBack` of a mapping: all are told at once, each where it is. */
export class InverseProblems {
  readonly #document: MappingDocument['document'];
  readonly #found: Diagnostic[] = [];

  constructor({ document }: MappingDocument) {
    this.#document = document;
  }

  get isEmpty(): boolean {
    return this.#found.length === 0;
  }

  /** @param path below `writeBack` */
  add(path: readonly (string | number)[], message: string, hint?: string): void {
    const { row, column } = this.#document.positionOf(['writeBack', ...path]);
    this.#found.push({
      severity: 'error',
      code: 'mapping',
      path: '$.writeBack',
      message,
      ...(hint !== undefined && { hint }),
      source: { file: this.#document.file, row, column },
    });
  }

  /** @throws InputError where there are any */
  refuse(): void {
    const [first] = this.#found;
    if (first === undefined) return;
    const more = this.#found.length === 1 ? '' : ` (and ${this.#found.length - 1} more)`;
    const { file, row, column } = { file: '', row: 0, column: 0, ...first.source };
    throw new InputError('input-invalid', `${file}:${row}:${column}: ${first.message}${more}`, {
      hint: 'Write-back has to be the inverse of the mapping; nothing was written.',
      diagnostics: this.#found,
    });
  }
}
