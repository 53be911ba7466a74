import { expect, test } from 'vitest';
import type { Diagnostic } from '../payload/diagnostics.ts';
import { printSourceProblems } from './print-source-problems.ts';
import { testContext } from './test-support.ts';

const problem = (row: number, changes: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: 'error',
  code: 'bad-timestamp',
  path: '$.sources[0]',
  message: `"x${row}" is no date.`,
  hint: 'Name the form.',
  source: { file: 'users.csv', row, column: 'created' },
  ...changes,
});

function printed(diagnostics: readonly Diagnostic[], unlisted = 0): string {
  const { context, stderr } = testContext();
  printSourceProblems(context, diagnostics, unlisted);
  return stderr.text;
}

test('the first of a kind are shown with one hint, the others are counted', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => problem(index + 2));
  expect(printed(many, 5)).toBe(`  users.csv:2:created: "x2" is no date.
  users.csv:3:created: "x3" is no date.
  users.csv:4:created: "x4" is no date.
    and 9,997 more like these
    Name the form.
  and 5 problems more, which were only counted
`);
});

test('kinds differ by rule, column and file; errors come before warnings', () => {
  const other = { file: 'users.csv', row: 9, column: 'email' };
  const warning = problem(2, { severity: 'warning', source: { file: 'groups.csv', row: 2 } });
  expect(printed([warning, problem(2), problem(3, { source: other })])).toBe(`  users.csv:2:created: "x2" is no date.
    Name the form.
  users.csv:9:email: "x3" is no date.
    Name the form.
  warning groups.csv:2: "x2" is no date.
    Name the form.
`);
});

test('a problem of the payload has its path; many kinds are cut', () => {
  const kinds = Array.from({ length: 25 }, (_, index) => ({
    severity: 'error' as const,
    code: 'cycle' as const,
    path: `$.a[${index}]`,
    message: 'Bad.',
  }));
  const lines = printed(kinds).split('\n');
  expect([lines[0], lines[20]]).toEqual(['  $.a[0]: Bad.', '  and 5 problems of other kinds; use --json to see all']);
});

test('control characters cannot reach the terminal', () => {
  expect(printed([problem(2, { message: '\u001b[2J' })])).not.toContain('\u001b');
});
