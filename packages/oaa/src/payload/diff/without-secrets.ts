import { isObject } from '../json.ts';

const secretName = /token|passw|passphrase|secret|credential|private_?key|api_?key|access_?key|authorization|bearer/i;
const secretMark = '(secret)';

function masked(name: string, value: unknown): unknown {
  if (typeof value === 'string') {
    if (secretName.test(name) && value !== '') return secretMark;
    return value.replace(/:\/\/[^/\s@]+@/g, `://${secretMark}@`);
  }
  if (Array.isArray(value)) return value.map((item) => masked(name, item));
  if (!isObject(value)) return value;
  // A tag says under `key` what its `value` is.
  const tag = typeof value.key === 'string' ? value.key : '';
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, masked(key === 'value' ? `${name} ${tag}` : key, item)]),
  );
}

/** A value for people to see: texts under names of secrets and the password inside a URL are replaced by `(secret)`. */
export function withoutSecrets(name: string, value: unknown): unknown {
  return masked(/^password_last_changed_at$/.test(name) ? '' : name, value ?? null);
}
