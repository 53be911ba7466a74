const replacement = '(secret)';
/** Shorter values would blank out ordinary words. */
const minimumLength = 4;

/** Knows secrets and takes them out of text: the last line of defence, behind code that never prints them. */
export class SecretMask {
  readonly #needles = new Set<string>();

  /** Hides `value` as it is, as it looks inside a JSON string, and as it looks inside a URL. */
  add(value: string): void {
    const secret = value.trim();
    if (secret.length < minimumLength) return;
    this.#needles.add(secret);
    this.#needles.add(JSON.stringify(secret).slice(1, -1));
    this.#needles.add(encodeURIComponent(secret));
  }

  #ordered(): string[] {
    return [...this.#needles].sort((left, right) => right.length - left.length);
  }

  apply(text: string): string {
    let masked = text;
    // Longest first: one secret may be the beginning of another.
    for (const needle of this.#ordered()) masked = masked.replaceAll(needle, replacement);
    return masked;
  }

  /** How many characters at the end of `text` may be the beginning of a secret that goes on in the next piece. */
  openEnd(text: string): number {
    let length = 0;
    for (const needle of this.#needles) {
      for (let size = Math.min(needle.length - 1, text.length); size > length; size -= 1) {
        if (text.endsWith(needle.slice(0, size))) length = size;
      }
    }
    return length;
  }
}
