import ts from 'typescript';

/** A statement that should not be in a file that only says what is public. */
export interface ExportProblem {
  /** Counted from 1. */
  readonly line: number;
  readonly what: 'export *' | 'a statement that is no re-export';
}

/** Finds `export * from` and, with `onlyExports`, every statement that is not `export { name } from`. */
export function findExportProblems(code: string, { onlyExports }: { readonly onlyExports: boolean }): ExportProblem[] {
  const file = ts.createSourceFile('source.ts', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  return file.statements.flatMap((statement): ExportProblem[] => {
    const line = file.getLineAndCharacterOfPosition(statement.getStart(file)).line + 1;
    if (!ts.isExportDeclaration(statement)) {
      return onlyExports ? [{ line, what: 'a statement that is no re-export' }] : [];
    }
    const named = statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause);
    return named ? [] : [{ line, what: 'export *' }];
  });
}
