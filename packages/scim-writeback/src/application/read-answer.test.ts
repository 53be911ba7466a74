import { describe, expect, test } from 'vitest';
import { readAnswer, readProbe } from './read-answer.ts';

describe('an answer of an adapter', () => {
  test.each([
    [{ type: 'applied' }, { type: 'applied' }],
    [
      { type: 'applied', nativeId: '42', more: 1 },
      { type: 'applied', nativeId: '42' },
    ],
    [{ type: 'applied', nativeId: null }, { type: 'applied' }],
    [
      { type: 'refused', reason: 'No.' },
      { type: 'refused', reason: 'No.', kind: 'invalid' },
    ],
    [
      { type: 'refused', reason: 'No.', kind: 'conflict' },
      { type: 'refused', reason: 'No.', kind: 'conflict' },
    ],
    [
      { type: 'unknown', reason: 'Who knows.' },
      { type: 'unknown', reason: 'Who knows.' },
    ],
  ])('%o is read', (given, expected) => {
    expect(readAnswer(given)).toEqual(expected);
  });

  test.each([
    undefined,
    null,
    'applied',
    true,
    {},
    { type: 'not-applied' },
    { type: 'APPLIED' },
    { type: 'applied', nativeId: 42 },
    { type: 'applied', nativeId: '' },
    { type: 'applied', nativeId: 'x'.repeat(2000) },
    { type: 'refused' },
    { type: 'refused', reason: ' ' },
    { type: 'refused', reason: 'No.', kind: 'other' },
    { type: 'unknown' },
  ])('%o is unknown: something may have been done', (given) => {
    expect(readAnswer(given)).toEqual({ type: 'unknown', reason: expect.any(String) });
  });

  test('with a page of text for a reason is cut', () => {
    expect(readAnswer({ type: 'refused', reason: 'x'.repeat(10_000) })).toMatchObject({
      reason: `${'x'.repeat(500)}...`,
    });
  });
});

test('a probe answers applied, not-applied or unknown, and nothing else', () => {
  expect(readProbe({ type: 'applied', nativeId: '42' })).toEqual({ type: 'applied', nativeId: '42' });
  expect(readProbe({ type: 'not-applied' })).toEqual({ type: 'not-applied' });
  for (const nonsense of [undefined, false, { type: 'refused', reason: 'No.' }, { type: 'unknown' }]) {
    expect(readProbe(nonsense)).toEqual({ type: 'unknown', reason: expect.any(String) });
  }
});
