import { describe, expect, test } from 'vitest';
import { CredentialsError, InputError, RemoteError, UnreachableError, UsageError } from '../errors/index.ts';
import type { Diagnostic } from '../payload/diagnostics.ts';
import { CommandUsageError } from './command-usage-error.ts';
import { printError } from './print-error.ts';
import { testContext } from './test-support.ts';

function printed(error: unknown, changes: Parameters<typeof testContext>[0] = {}) {
  const { context, stdout, stderr } = testContext(changes);
  printError(context, error);
  return { stdout: stdout.text, stderr: stderr.text };
}

const problem = (index: number, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({
  severity,
  code: 'dangling-role',
  path: `$.a[${index}]`,
  message: `Problem ${index}.`,
  hint: 'Fix it.',
});

describe('for people', () => {
  test('what happened comes first, then how to fix it', () => {
    expect(printed(new UsageError('usage', 'It failed.', { hint: 'Do this.' }))).toEqual({
      stdout: '',
      stderr: 'Error: It failed.\nDo this.\n',
    });
  });

  test('diagnostics follow, errors before warnings', () => {
    const error = new InputError('payload-invalid', 'Bad.', { diagnostics: [problem(1, 'warning'), problem(2)] });
    expect(printed(error).stderr).toBe(
      'Error: Bad.\n' +
        '  error dangling-role $.a[2]: Problem 2.\n      Fix it.\n' +
        '  warning dangling-role $.a[1]: Problem 1.\n      Fix it.\n',
    );
  });

  test('a flood of diagnostics is cut and counted', () => {
    const diagnostics = Array.from({ length: 1_224 }, (_, index) => problem(index));
    const { stderr } = printed(new InputError('payload-invalid', 'Bad.', { diagnostics }));
    expect(stderr.match(/Problem/g)).toHaveLength(20);
    expect(stderr.endsWith('  and 1,204 more; use --json to see all\n')).toBe(true);
  });

  test('what a message says of a refusal is not said again', () => {
    const error = new RemoteError('remote-refused', 'Refused (request id r-1).\n  permissions.name: unknown [x]', {
      status: 400,
      requestId: 'r-1',
      hint: 'Correct it.',
      violations: [{ field: 'permissions.name', description: 'unknown [x]' }],
    });
    expect(printed(error).stderr).toBe(
      'Error: Refused (request id r-1).\n  permissions.name: unknown [x]\nCorrect it.\n',
    );
  });

  test('an error that is not ours is a fault, without its stack', () => {
    expect(printed(new TypeError('x is not a function'))).toEqual({
      stdout: '',
      stderr:
        'Fault: x is not a function\n' +
        'This is a fault of oaa itself: please report it, with the command and what --debug prints. Secrets are masked there.\n',
    });
  });

  test('with --debug the stack and the causes follow', () => {
    const { stderr } = printed(new Error('outer', { cause: new Error('inner') }), { debug: true });
    expect(stderr).toMatch(/\nError: outer\n\s+at /);
    expect(stderr).toMatch(/\ncaused by Error: inner\n\s+at /);
  });

  test('text from outside cannot repaint the terminal', () => {
    expect(printed(new UsageError('usage', 'a\u001b[2J')).stderr).toBe('Error: a\\u001b[2J\n');
  });

  test('something thrown that is no error', () => {
    expect(printed('just text').stderr).toContain('Fault: just text\n');
  });
});

describe('for machines', () => {
  const documentOf = (error: unknown) => JSON.parse(printed(error, { json: true }).stdout);

  test('the document of a usage error has all problems', () => {
    expect(documentOf(new CommandUsageError(['One.', 'Two.'], ['push']))).toEqual({
      error: {
        code: 'usage',
        message: '2 problems:\n  One.\n  Two.',
        exitCode: 2,
        hint: 'oaa push --help shows how to call it.',
        retryable: false,
        problems: ['One.', 'Two.'],
      },
    });
  });

  test('the document of invalid input has all diagnostics', () => {
    const diagnostics = Array.from({ length: 100 }, (_, index) => problem(index));
    expect(documentOf(new InputError('payload-invalid', 'Bad.', { diagnostics })).error.diagnostics).toEqual(
      diagnostics,
    );
  });

  test('the documents of remote errors', () => {
    const refused = new CredentialsError('credentials-refused', 'No.', {
      status: 401,
      requestId: 'r',
      remoteCode: 'X',
    });
    expect(documentOf(refused)).toEqual({
      error: {
        code: 'credentials-refused',
        message: 'No.',
        exitCode: 4,
        retryable: false,
        status: 401,
        remoteCode: 'X',
        requestId: 'r',
        violations: [],
      },
    });
    expect(documentOf(new UnreachableError('timeout', 'Late.', { attempts: 3 }))).toEqual({
      error: { code: 'timeout', message: 'Late.', exitCode: 6, retryable: true, attempts: 3 },
    });
  });

  test('nothing is printed on stderr', () => {
    expect(printed(new UsageError('usage', 'x'), { json: true }).stderr).toBe('');
  });

  test('a fault has its code', () => {
    expect(documentOf(new Error('x')).error).toMatchObject({ code: 'fault', exitCode: 1 });
  });
});
