/** Limits of the tenant (reference 1.0.1, 1.0.3 and 1.8). Texts are measured in bytes of UTF-8. */
export const limits = {
  descriptionBytes: 256,
  propertyStringBytes: 4_096,
  tagKeyBytes: 255,
  tagValueBytes: 4_096,
  /** What one push may carry as `json_data`. */
  payloadBytes: 100_000_000,
  /** How deep sub-resources may nest; ours, so that no input exhausts the stack. */
  resourceDepth: 256,
  /** How deep the lists and objects of a payload may nest; ours, for the same reason. */
  jsonDepth: 1_000,
} as const;

/** Bytes of `text` in UTF-8; half a surrogate pair counts as the replacement character that is written for it. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit <= 0x7f) continue;
    if (unit <= 0x7ff) bytes += 1;
    else {
      bytes += 2;
      // The second unit of a pair is paid for by the first: four bytes for the two.
      if (unit >= 0xd800 && unit <= 0xdbff && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) index += 1;
    }
  }
  return bytes;
}

/** Whether `text` is longer than `maximum` bytes; counts only where the length leaves a doubt. */
export function exceedsBytes(text: string, maximum: number): boolean {
  return text.length > maximum || (text.length * 3 > maximum && byteLength(text) > maximum);
}

/** The longest start of `text` with at most `maximum` bytes that cuts no character. */
export function truncateBytes(text: string, maximum: number): string {
  if (!exceedsBytes(text, maximum)) return text;
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > maximum) break;
    end += character.length;
  }
  return text.slice(0, end);
}
