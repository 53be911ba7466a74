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
}
