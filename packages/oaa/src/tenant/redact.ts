import { isObject, type JsonObject } from '../payload/json.ts';

/** What stands where a secret was. */
export const secretMark = '(secret)';

const secretKey =
  /token|passw|passphrase|secret|credential|(?:private|api|access)[_-]?key|authorization|bearer|(?:^|[^a-z])pin$/i;
/** Fewer than for texts: a `token_lifetime` is none. */
const secretNumberKey =
  /(?:token|passw(?:or)?d|passphrase|secret|credential|(?:private|api|access|secret)[_-]?key|(?:^|[^a-z])pin)$/i;
/** A `max_token` is none either; a `minio_secret` is one. */
const limitKey = /^(?:[Mm]ax|[Mm]in|[Ll]imit|MAX|MIN|LIMIT)(?:imum)?(?![a-z])/;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** References to a vault, not secrets. */
const referenceKeys: ReadonlySet<string> = new Set(['secret_references']);
const configurationKey = 'configuration_json';
const maximumDepth = 64;

/** Whether a key looks like that of a secret: `scim_token`, `password`, `client_secret` ... */
export function isSecretKey(key: string): boolean {
  return !referenceKeys.has(key) && secretKey.test(key);
}

/** Whether a number under this key is a secret: `token`, `api_token`, `pin` ..., not `token_lifetime` or `max_token`. */
export function isSecretNumberKey(key: string): boolean {
  return secretNumberKey.test(key) && !limitKey.test(key);
}

/** Whether a text has a private key (PEM, RFC 7468 s10) in it, whatever it stands under. */
export function holdsPrivateKey(text: string): boolean {
  return privateKey.test(text);
}

/** What is known of the place of a value from the keys above it. */
interface Secrecy {
  /** Some key above looks like that of a secret. */
  readonly isSecret: boolean;
  /** The nearest key makes secrets of numbers. */
  readonly hasSecretNumbers: boolean;
  readonly depth: number;
}

const open: Secrecy = { isSecret: false, hasSecretNumbers: false, depth: 0 };

function deeper(secrecy: Secrecy): Secrecy {
  return { ...secrecy, depth: secrecy.depth + 1 };
}

function under(key: string, { isSecret, depth }: Secrecy): Secrecy {
  return {
    isSecret: isSecret || secretKey.test(key),
    hasSecretNumbers: isSecretNumberKey(key),
    depth: depth + 1,
  };
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
  if ((isSecret && text !== '') || holdsPrivateKey(text)) return secretMark;
  return text.replace(/:\/\/[^/\s@]+@/g, `://${secretMark}@`);
}

function redactEntry(key: string, value: unknown, secrecy: Secrecy): unknown {
  if (referenceKeys.has(key)) return value;
  if (key === configurationKey && typeof value === 'string' && value !== '') {
    const configuration = parseObject(value);
    const { depth } = deeper(secrecy);
    return configuration === undefined ? secretMark : JSON.stringify(redactValue(configuration, { ...open, depth }));
  }
  return redactValue(value, under(key, secrecy));
}

function redactValue(value: unknown, secrecy: Secrecy): unknown {
  if (secrecy.depth > maximumDepth) return secretMark;
  if (typeof value === 'string') return redactText(value, secrecy.isSecret);
  if (typeof value === 'number') return secrecy.hasSecretNumbers ? secretMark : value;
  if (Array.isArray(value)) return value.map((item) => redactValue(item, deeper(secrecy)));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactEntry(key, item, secrecy)]));
}

/**
 * A copy of what a tenant sent with every secret replaced by `(secret)`: texts under secret-looking keys (`scim_token`,
 * `password` ...) and numbers under the plainest of these, also inside the JSON text of `configuration_json`; user names
 * and passwords inside URLs; texts with a private key.
 */
export function redact(value: JsonObject): JsonObject {
  return redactValue(value, open) as JsonObject;
}

function collect(value: unknown, secrecy: Secrecy, found: string[]): void {
  if (secrecy.depth > maximumDepth) return;
  if (typeof value === 'string') {
    if (secrecy.isSecret || holdsPrivateKey(value)) found.push(value);
  } else if (typeof value === 'number') {
    if (secrecy.hasSecretNumbers) found.push(String(value));
  } else if (Array.isArray(value)) for (const item of value) collect(item, deeper(secrecy), found);
  else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const inner = key === configurationKey && typeof item === 'string' ? parseObject(item) : item;
      collect(inner, under(key, secrecy), found);
    }
  }
}

/** The secrets inside a body that is about to be sent, so that an answer which echoes them can be cleaned. */
export function secretsInside(body: JsonObject): string[] {
  const found: string[] = [];
  collect(body, open, found);
  return found;
}
