function capitalised(word: string): string {
  const [first = '', ...rest] = [...word];
  return first.toUpperCase() + rest.join('').toLowerCase();
}

/** Words: what stands between other characters than letters and digits, and where a capital follows a small letter. */
function wordsOf(text: string): string[] {
  return text.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** `jane DOE-smith` becomes `Jane Doe-Smith`. */
export function titleCase(text: string): string {
  return text.replace(/[\p{L}\p{M}\p{N}']+/gu, capitalised);
}

/** `jANE doe` becomes `Jane doe`. */
export function sentenceCase(text: string): string {
  return text.toLowerCase().replace(/\p{L}/u, (letter) => letter.toUpperCase());
}

/** `Jane Doe` becomes `JaneDoe`. */
export function upperCamelCase(text: string): string {
  return wordsOf(text).map(capitalised).join('');
}

/** `Jane Doe` becomes `janeDoe`. */
export function lowerCamelCase(text: string): string {
  const [first = '', ...rest] = wordsOf(text);
  return first.toLowerCase() + rest.map(capitalised).join('');
}

/** `Jane Doe` becomes `jane_doe`. */
export function lowerSnakeCase(text: string): string {
  return wordsOf(text).join('_').toLowerCase();
}
