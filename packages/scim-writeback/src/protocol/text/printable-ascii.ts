/** Whether a text has printable ASCII characters only: nearly all names and many values do, and fold much faster. */
export function isPrintableAscii(text: string): boolean {
  return !/[^ -~]/.test(text);
}
