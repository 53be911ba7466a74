import { expect, test } from 'vitest';
import { createRemoteText } from './remote-text.ts';

test('secrets are replaced as they are, as JSON writes them and as a URL writes them', () => {
  const show = createRemoteText(['a"b c/d', 'long-a"b c/d']);
  expect(show('1 a"b c/d 2 a\\"b c/d 3 a%22b%20c%2Fd 4 long-a"b c/d')).toBe(
    '1 (secret) 2 (secret) 3 (secret) 4 (secret)',
  );
});

test('a secret of less than four letters does not blot out words', () => {
  expect(createRemoteText(['a', ''])('a banana')).toBe('a banana');
});

test('characters that steer a terminal or turn the writing direction are taken out, line ends stay', () => {
  expect(createRemoteText([])('a\u001b]0;x\u0007b\nc\u202ed\r')).toBe('a ]0;x b\nc d');
});

test('long text is cut', () => {
  expect(createRemoteText([])('x'.repeat(5_000))).toHaveLength(2_004);
});
