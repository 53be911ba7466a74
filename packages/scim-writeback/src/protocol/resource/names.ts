const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Names that reach what all objects share. No attribute has one, and a body with one is refused rather than trimmed. */
export function isForbiddenName(name: string): boolean {
  return forbidden.has(name.toLowerCase());
}

/** A name of a body for a message. */
export function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}...` : name);
}
