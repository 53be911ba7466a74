type Entity = Readonly<Record<string, unknown>>;

/** What a client reads of an answer: enough to say that a recorded session went as it went before. */
export interface AnswerOutline {
  readonly status: number;
  /** Keys of the body, or of its `value`. */
  readonly keys: readonly string[];
  /** For lists. */
  readonly names?: readonly unknown[];
  readonly hasMore?: unknown;
  /** For errors. */
  readonly code?: unknown;
  readonly violations?: unknown;
  /** For pushes. */
  readonly warnings?: unknown;
}

/** The outline of an answer of the tenant's API. Long lists are told by the first and the last name. */
export function answerOutline(status: number, body: unknown): AnswerOutline {
  const document = body as Entity;
  const value = 'value' in document ? (document.value as Entity) : document;
  const keys = Object.keys(value).toSorted();
  if (status >= 400) {
    const details = document.details as readonly Entity[];
    return { status, keys, code: document.code, violations: details[0]?.field_violations ?? details[0] };
  }
  if ('values' in document) {
    const names = (document.values as readonly Entity[]).map(({ name }) => name);
    const shown = names.length > 10 ? [names.length, names[0], names.at(-1)] : names;
    return { status, keys, names: shown, hasMore: document.has_more };
  }
  return 'warnings' in document ? { status, keys, warnings: document.warnings } : { status, keys };
}
