const httpDate = /^[A-Za-z]{3,9}, ?\d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The wait that a `Retry-After` header asks for, in milliseconds and at least 0; undefined when there is none or it
 * cannot be read. Both forms of RFC 9110 section 10.2.3: whole seconds, or an HTTP date.
 */
export function parseRetryAfter(text: string | undefined, nowMs: number): number | undefined {
  const value = text?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  if (!httpDate.test(value)) return undefined;
  const thenMs = Date.parse(value);
  return Number.isNaN(thenMs) ? undefined : Math.max(0, thenMs - nowMs);
}
