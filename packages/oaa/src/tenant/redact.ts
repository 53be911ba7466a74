import { isObject, type JsonObject } from '../payload/json.ts';

/** What stands where a secret was. */
export const secretMark = '(secret)';

const secretKey = /token|passw|passphrase|secret|credential|private_?key|api_?key|access_?key|authorization|bearer/i;
/** References to a vault, not secrets. */
const referenceKeys: ReadonlySet<string> = new Set(['secret_references']);
const configurationKey = 'configuration_json';
const maximumDepth = 64;

/** Whether a key looks like that of a secret: `scim_token`, `password`, `client_secret` ... */
export function isSecretKey(key: string): boolean {
  return !referenceKeys.has(key) && secretKey.test(key);
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function redactText(text: string, isSecret: boolean): string {
  if (isSecret && text !== '') return secretMark;
  return text.replace(/:\/\/[^/\s@]+@/g, `://${secretMark}@`);
}

function redactEntry(key: string, value: unknown, isSecret: boolean, depth: number): unknown {
  if (referenceKeys.has(key)) return value;
  if (key === configurationKey && typeof value === 'string' && value !== '') {
    const configuration = parseObject(value);
    return configuration === undefined ? secretMark : JSON.stringify(redactValue(configuration, false, depth + 1));
  }
  return redactValue(value, isSecret || secretKey.test(key), depth + 1);
}

function redactValue(value: unknown, isSecret: boolean, depth: number): unknown {
  if (depth > maximumDepth) return secretMark;
  if (typeof value === 'string') return redactText(value, isSecret);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, isSecret, depth + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactEntry(key, item, isSecret, depth)]));
}

/**
 * A copy of what a tenant sent with every secret replaced by `(secret)`: texts under secret-looking keys (`scim_token`,
 * `password` ...), also inside the JSON text of `configuration_json`, and user names and passwords inside URLs.
 */
export function redact(value: JsonObject): JsonObject {
  return redactValue(value, false, 0) as JsonObject;
}

function collect(value: unknown, isSecret: boolean, depth: number, found: string[]): void {
  if (depth > maximumDepth) return;
  if (typeof value === 'string' && isSecret) found.push(value);
  else if (Array.isArray(value)) for (const item of value) collect(item, isSecret, depth + 1, found);
  else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const inner = key === configurationKey && typeof item === 'string' ? parseObject(item) : item;
      collect(inner, isSecret || secretKey.test(key), depth + 1, found);
    }
  }
}

/** The secrets inside a body that is about to be sent, so that an answer which echoes them can be cleaned. */
export function secretsInside(body: JsonObject): string[] {
  const found: string[] = [];
  collect(body, false, 0, found);
  return found;
}
