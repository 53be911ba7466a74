import { expect, test } from 'vitest';
import { CredentialsError, InputError, RemoteError, UnreachableError } from '../errors/index.ts';
import { completionUnknownError, partsUnfinishedError, supersededError } from '../tenant/push-errors.ts';
import { isCertainlyRefused } from './is-certainly-refused.ts';

const cut = new UnreachableError('unreachable', 'cut', { mayHaveBeenReceived: true });

test.each([
  ['a payload too large', new InputError('payload-too-large', ''), true],
  ['a refused payload', new RemoteError('remote-refused', '', { status: 400 }), true],
  ['a refused key', new CredentialsError('credentials-refused', '', { status: 401 }), true],
  ['no connection', new UnreachableError('unreachable', ''), true],
  ['parts that were not completed', partsUnfinishedError(1, 2, cut), true],
  ['a lost answer', cut, false],
  [
    'a refusal after a lost answer',
    new RemoteError('remote-refused', '', { status: 400, mayHaveBeenReceived: true }),
    false,
  ],
  ['a lost answer to the completion', completionUnknownError(2, cut), false],
  ['an answer that cannot be read', new RemoteError('response-invalid', '', { status: 200 }), false],
  ['a push given up for a newer one', supersededError('d'), false],
  ['a fault of ours', new TypeError('x'), false],
])('%s: %s', (_title, error, expected) => {
  expect(isCertainlyRefused(error)).toBe(expected);
});
