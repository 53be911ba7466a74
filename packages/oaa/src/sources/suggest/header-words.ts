const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'o', ł: 'l' };

/** Latin letters without their marks, in lower case: `Größe` is `groesse`, `prénom` is `prenom`. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöüßæøł]/g, (letter) => umlauts[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}

/** The words of a header in any spelling: `lastLoginAt`, `LAST_LOGIN_AT` and `Last login at` are the same three. */
export function headerWords(header: string): string[] {
  const spaced = header
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, ' ');
  return plainLetters(spaced)
    .split(' ')
    .filter((word) => word !== '');
}
