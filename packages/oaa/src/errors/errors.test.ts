import { describe, expect, test } from 'vitest';
import { CredentialsError, GuardError, InputError, RemoteError, UnreachableError, UsageError } from './errors.ts';
import { OaaError } from './oaa-error.ts';

describe('errors', () => {
  test.each([
    [new UsageError('usage', 'm'), 'UsageError', 2],
    [new InputError('input-invalid', 'm'), 'InputError', 3],
    [new CredentialsError('credentials-refused', 'm', { status: 401 }), 'CredentialsError', 4],
    [new RemoteError('remote-refused', 'm', { status: 400 }), 'RemoteError', 5],
    [new UnreachableError('unreachable', 'm'), 'UnreachableError', 6],
    [new GuardError('guard', 'm'), 'GuardError', 8],
  ])('%s: named %s, exit code %i', (error, name, exitCode) => {
    expect(error).toBeInstanceOf(OaaError);
    expect([error.name, error.exitCode, error.message, error.hint]).toStrictEqual([name, exitCode, 'm', undefined]);
    expect(Object.hasOwn(error, 'cause')).toBe(false);
  });

  test('carry the hint and the cause', () => {
    const cause = new Error('why');
    const error = new UsageError('usage', 'm', { hint: 'h', cause });
    expect([error.hint, error.cause, error.retryable]).toStrictEqual(['h', cause, false]);
  });

  test('of credentials are errors of the remote side', () => {
    expect(new CredentialsError('credentials-refused', 'm', { status: 403 })).toBeInstanceOf(RemoteError);
  });

  test('of an unreachable side may be retried unless it is known otherwise', () => {
    expect(new UnreachableError('timeout', 'm').retryable).toBe(true);
    expect(new UnreachableError('aborted', 'm', { retryable: false }).retryable).toBe(false);
  });
});
