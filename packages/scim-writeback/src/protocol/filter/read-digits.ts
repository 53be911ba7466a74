/** Whether a digit 0 to 9 stands at an offset. */
export function isDigitAt(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code >= 0x30 && code <= 0x39;
}

/** The number that so many digits at an offset spell, or undefined where there are other characters. */
export function readDigits(text: string, offset: number, count: number): number | undefined {
  for (let index = offset; index < offset + count; index++) if (!isDigitAt(text, index)) return undefined;
  return Number(text.slice(offset, offset + count));
}
