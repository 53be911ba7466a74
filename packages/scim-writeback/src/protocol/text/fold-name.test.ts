import { expect, test } from 'vitest';
import { foldName } from './fold-name.ts';

test('only ASCII letters lose their case', () => {
  expect(foldName('urn:IETF:X:2.0:User:userName')).toBe('urn:ietf:x:2.0:user:username');
  expect(foldName('\u212AÉİ')).toBe('\u212AÉİ');
  expect(foldName('A\u212ABÉ\nC')).toBe('a\u212AbÉ\nc');
});
