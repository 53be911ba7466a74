import { describe, expect, test } from 'vitest';
import { findExportProblems } from './export-problems.ts';

describe('findExportProblems', () => {
  test('reports what is exported without its name', () => {
    const code = `export { a, type B } from './a.ts';\nexport * from './b.ts';\nexport * as c from './c.ts';\n`;
    expect(findExportProblems(code, { onlyExports: false })).toEqual([
      { line: 2, what: 'export *' },
      { line: 3, what: 'export *' },
    ]);
  });

  test('reports code in a file that should only re-export', () => {
    const code = `export type { A } from './a.ts';\n\nexport const b = 1;\n`;
    expect(findExportProblems(code, { onlyExports: true })).toEqual([
      { line: 3, what: 'a statement that is no re-export' },
    ]);
    expect(findExportProblems(code, { onlyExports: false })).toEqual([]);
  });
});
