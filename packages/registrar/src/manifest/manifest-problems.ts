import { type Diagnostic, InputError, joinPath } from '@oaa-kit/oaa';
import { type DocumentPath, type PositionedDocument, pathText } from '@oaa-kit/oaa/settings';
import type { ManifestProblem, Place } from './declared-provider.ts';

/** A manifest that cannot be used as it is. Exit code 3; `problems` are all of them. */
export class ManifestError extends InputError {
  readonly problems: readonly ManifestProblem[];

  constructor(problems: readonly ManifestProblem[], diagnostics: readonly Diagnostic[]) {
    const [first] = problems;
    const only = problems.length === 1 && first !== undefined;
    const text = only
      ? `${placeText(first)}: ${first.message}`
      : `There are ${problems.length} problems in the manifests.`;
    super('input-invalid', text, {
      hint: only
        ? 'Correct the manifest at the place named; nothing was sent.'
        : 'Correct the manifests at the places named; nothing was sent.',
      diagnostics,
    });
    this.problems = problems;
  }
}

/** Takes what is wrong with one document; the message goes on from the path, which is put in front in quotes. */
export interface Report {
  error(code: string, path: DocumentPath, message: string): void;
  warning(code: string, path: DocumentPath, message: string): void;
}

interface Found extends ManifestProblem {
  readonly severity: 'error' | 'warning';
  readonly path: DocumentPath;
}

const mostProblems = 1_000;

/** Problems of all manifests, so that all are told at once; each once, and a bounded number. */
export class ManifestProblems {
  readonly #found: Found[] = [];
  readonly #told = new Set<string>();
  readonly #files: readonly string[];

  /** @param files in the order in which problems are told */
  constructor(files: readonly string[]) {
    this.#files = files;
  }

  /** Whether a document has errors is asked of its own report. */
  reportFor(document: Pick<PositionedDocument, 'file' | 'positionOf'>): Report & { readonly errors: () => number } {
    let errors = 0;
    const add = (severity: Found['severity'], code: string, path: DocumentPath, message: string): void => {
      if (severity === 'error') errors += 1;
      const text = path.length === 0 ? message : `"${pathText(path)}" ${message}`;
      this.add({ severity, code, path, message: text, file: document.file, ...document.positionOf(path) });
    };
    return {
      error: (code, path, message) => add('error', code, path, message),
      warning: (code, path, message) => add('warning', code, path, message),
      errors: () => errors,
    };
  }

  add(problem: Omit<Found, 'path'> & { readonly path?: DocumentPath }): void {
    const { severity, file, row, column, message } = problem;
    const key = `${severity} ${file}:${row}:${column} ${message}`;
    // Each by itself: warnings must not take the place of an error.
    const same = this.#found.filter((one) => one.severity === severity).length;
    if (this.#told.has(key) || same >= mostProblems) return;
    this.#told.add(key);
    this.#found.push({ path: [], ...problem });
  }

  /** @throws ManifestError when there is an error among them */
  refuse(): void {
    const errors = this.#sorted('error');
    if (errors.length === 0) return;
    throw new ManifestError(
      errors.map(problemOf),
      [...errors, ...this.#sorted('warning')].map(({ severity, path, message, file, row, column }) => ({
        severity,
        code: 'manifest',
        path: joinPath('$', ...path),
        message,
        source: { file, row, column },
      })),
    );
  }

  warnings(): readonly ManifestProblem[] {
    return this.#sorted('warning').map(problemOf);
  }

  /** In the order of the files and of what stands in them. */
  #sorted(severity: Found['severity']): Found[] {
    const order = ({ file }: Found): number => this.#files.indexOf(file);
    return this.#found
      .filter((one) => one.severity === severity)
      .sort((left, right) => order(left) - order(right) || left.row - right.row || left.column - right.column);
  }
}

function problemOf({ file, row, column, code, message }: Found): ManifestProblem {
  return { file, row, column, code, message };
}

/** `file:row:column` */
export function placeText({ file, row, column }: Place): string {
  return `${file}:${row}:${column}`;
}
