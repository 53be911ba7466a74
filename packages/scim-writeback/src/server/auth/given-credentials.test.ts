import { randomBytes } from 'node:crypto';
import { UsageError } from '@oaa-kit/oaa';
import { describe, expect, test } from 'vitest';
import { givenBasic, givenToken } from './given-credentials.ts';

const owner = { organization: 'default', label: 'tenant' };

function refusalOf(token: string): UsageError {
  try {
    givenToken(token, owner);
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error('The token was not refused.');
}

describe('a token of the operator', () => {
  test.each([
    ['hex', randomBytes(16).toString('hex')],
    ['base64', randomBytes(32).toString('base64')],
    ['base64url', randomBytes(32).toString('base64url')],
  ])('is taken when it is random: %s', (_form, token) => {
    const credential = givenToken(token, owner);
    expect(credential).toMatchObject({ organization: 'default', label: 'tenant', kind: 'token' });
    expect(JSON.stringify(credential)).not.toContain(token);
  });

  test.each([
    ['', 'fewer than 32'],
    ['short', 'fewer than 32'],
    ['a'.repeat(64), 'repeats itself'],
    ['changeme'.repeat(4), 'repeats itself'],
    ['password12345678'.repeat(2), 'repeats itself'],
    [`${'x'.repeat(20)} ${'yz0123456789'}`, 'cannot be sent'],
    [`${'ü0123456789abcdef'.repeat(2)}x`, 'cannot be sent'],
    ['x1'.repeat(600), 'more than 1024'],
  ])('%j is refused without being shown', (token, problem) => {
    const refusal = refusalOf(token);
    expect(refusal).toBeInstanceOf(UsageError);
    expect(refusal.message).toContain(problem);
    if (token !== '') expect(`${refusal.message} ${refusal.hint}`).not.toContain(token);
  });
});

describe('a password of the operator', () => {
  test('is kept as a scrypt hash', async () => {
    const credential = await givenBasic('veza', 'Tr0ub4dor&3!', owner);
    expect(credential).toMatchObject({ kind: 'basic', userName: 'veza' });
    expect(credential.digest).toMatch(/^\$scrypt\$/);
  });

  test.each([
    ['veza', '', 'fewer than 12'],
    ['veza', 'password', 'fewer than 12'],
    ['veza', 'aaaaaaaaaaaaaaaa', 'repeats itself'],
    ['veza', 'line\nbreak-in-it', 'control characters'],
    ['', 'Tr0ub4dor&3!', 'user name'],
    ['ve:za', 'Tr0ub4dor&3!', 'user name'],
  ])('%j with %j is refused', async (userName, password, problem) => {
    await expect(givenBasic(userName, password, owner)).rejects.toThrow(problem);
  });
});
