const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text in `bytes` without a byte order mark; undefined when they are not UTF-8 (or longer than a string can be). */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** `text`, cut to `maximum` characters with dots. */
export function shorten(text: string, maximum: number): string {
  return text.length <= maximum ? text : `${text.slice(0, maximum)}...`;
}
