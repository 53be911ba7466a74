const maximumLength = 2_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text from outside (payloads, answers, file names) made safe for a terminal: control characters, with which a value
 * could repaint the screen, are written as escapes, and very long text is cut.
 */
export function printable(text: string): string {
  const cut = text.length > maximumLength ? `${text.slice(0, maximumLength)}... (${text.length} characters)` : text;
  return cut.replace(control, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `printable` text on one line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}
