import { describe, expect, test } from 'vitest';
import { DiagnosticList, formatDiagnostic, formatPosition, hasErrors, joinPath } from './diagnostics.ts';

describe('diagnostics', () => {
  test('name their place as a JSONPath, with quotes where a name needs them', () => {
    expect(joinPath('$', 'a', 0, 'b c', "it's", 'back\\slash', '__proto__', '')).toBe(
      "$.a[0]['b c']['it\\'s']['back\\\\slash'].__proto__['']",
    );
  });

  test('allow a push as long as none is an error', () => {
    const list = new DiagnosticList();
    expect(hasErrors(list.items)).toBe(false);
    list.warning('not-validated', '$', 'Only the shape.');
    expect(hasErrors(list.items)).toBe(false);
    list.error('cycle', '$.a', 'A circle.', 'Open it.');
    expect(hasErrors(list.items)).toBe(true);
    expect(list.items).toStrictEqual([
      { severity: 'warning', code: 'not-validated', path: '$', message: 'Only the shape.' },
      { severity: 'error', code: 'cycle', path: '$.a', message: 'A circle.', hint: 'Open it.' },
    ]);
  });

  test('read as one line, and a second one for the hint', () => {
    const diagnostic = { severity: 'error', code: 'cycle', path: '$.a', message: 'A circle.' } as const;
    expect(formatDiagnostic(diagnostic)).toBe('error cycle $.a: A circle.');
    const source = { file: 'users.csv', row: 3, column: 'manager' };
    expect(formatDiagnostic({ ...diagnostic, hint: 'Open it.', source })).toBe(
      'error cycle users.csv:3:manager $.a: A circle.\n    Open it.',
    );
    expect(formatPosition({ file: 'users.csv' })).toBe('users.csv');
  });

  test('suggest names for the first problems only, from the first names only', () => {
    const list = new DiagnosticList();
    let read = 0;
    function* names(): Generator<string> {
      for (let number = 0; ; number += 1) {
        read += 1;
        yield `name ${number}`;
      }
    }
    expect(list.didYouMean('name 11x', names())).toBe(' Did you mean "name 11"?');
    for (let problem = 0; problem < 10_000; problem += 1) list.didYouMean('zzz', names());
    expect(read).toBeLessThanOrEqual(501 * 200);
    expect(list.didYouMean('name 1', names())).toBe('');
  });
});
