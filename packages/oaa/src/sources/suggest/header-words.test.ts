import { expect, test } from 'vitest';
import { headerWords, plainLetters } from './header-words.ts';

test.each([
  ['lastLoginAt', ['last', 'login', 'at']],
  ['LAST_LOGIN_AT', ['last', 'login', 'at']],
  ['Last login-at', ['last', 'login', 'at']],
  ['userID', ['user', 'id']],
  ['SSOUserName', ['sso', 'user', 'name']],
  ['Geändert am', ['geaendert', 'am']],
  ['prénom', ['prenom']],
  ['address1', ['address1']],
  ['名前', ['名前']],
  ['--', []],
])('the words of %j', (header, words) => {
  expect(headerWords(header)).toEqual(words);
});

test('letters lose their marks', () => {
  expect(plainLetters('Größe Ångström Łódź')).toBe('groesse angstroem lodz');
});
