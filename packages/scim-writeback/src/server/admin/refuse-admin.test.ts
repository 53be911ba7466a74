import { type Diagnostic, InputError, UnreachableError } from '@oaa-kit/oaa';
import { describe, expect, test } from 'vitest';
import { DirectoryBusyError } from '../../directory/directory-busy-error.ts';
import { DirectoryUnwritableError } from '../../directory/directory-unwritable-error.ts';
import { isAdminFault, refuseAdmin } from './refuse-admin.ts';

const documentOf = (error: unknown) => JSON.parse(String(refuseAdmin(error, 'request-1').body));

describe('the answer to a request that failed', () => {
  test('is 503 with Retry-After while another process keeps the database locked', () => {
    const error = new DirectoryBusyError(new Error('SQLITE_BUSY'));
    expect(refuseAdmin(error, 'request-1')).toMatchObject({ status: 503, headers: { 'retry-after': '10' } });
    expect(documentOf(error)).toMatchObject({ code: 'busy', message: expect.stringContaining('nothing was changed') });
    expect(isAdminFault(error)).toBe(true);
  });

  test.each(['disk-full', 'disk-failing', 'file-replaced'] as const)(
    'is 503 with Retry-After and what somebody has to do: %s',
    (reason) => {
      const error = new DirectoryUnwritableError(reason);
      expect(refuseAdmin(error, 'request-1')).toMatchObject({ status: 503, headers: { 'retry-after': '60' } });
      expect(documentOf(error)).toEqual({ code: 'unwritable', message: error.message, hint: error.hint });
      expect(isAdminFault(error)).toBe(true);
    },
  );

  test.each([new Error('password=hunter2'), new UnreachableError('timeout', 'password=hunter2'), 'password=hunter2'])(
    'tells nothing of what is no refusal: %s',
    (error) => {
      expect(refuseAdmin(error, 'request-1').status).toBe(500);
      expect(documentOf(error)).toEqual({
        code: 'fault',
        message: 'Something went wrong here; the logs tell more about request request-1.',
      });
    },
  );

  test('tells 10,000 problems, and how many there are beyond them', () => {
    const problem: Diagnostic = { severity: 'error', code: 'wrong-type', path: '$', message: 'no' };
    const error = new InputError('payload-invalid', 'bad', { diagnostics: Array(10_003).fill(problem) });
    const document = documentOf(error);
    expect([document.problems.length, document.problemsLeft]).toEqual([10_000, 3]);
  });
});
