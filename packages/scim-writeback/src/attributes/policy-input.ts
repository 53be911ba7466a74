import type { Attribute } from '../protocol/schemas/schema.ts';

/**
 * What a client would send for a value of a policy. Policies know texts: of several or complex values a text is the JSON,
 * where it starts like JSON, else the one value; of a number it is its digits. Of several e-mail addresses the first is
 * the primary one unless another is, as the tenant has it in its requests.
 *
 * @throws SyntaxError for a text that starts like JSON and is none.
 */
export function policyInput(given: unknown, attribute: Attribute): unknown {
  const { type, multiValued } = attribute;
  if (given === '') return null;
  if (type === 'complex' || multiValued) {
    const value = typeof given === 'string' && /^\s*[[{]/.test(given) ? JSON.parse(given) : given;
    return attribute.name === 'emails' ? withPrimary(value) : value;
  }
  if ((type === 'integer' || type === 'decimal') && typeof given === 'string') return numberOf(given);
  return given;
}

function numberOf(text: string): unknown {
  const number = Number(text);
  return String(number) === text ? number : text;
}

function withPrimary(value: unknown): unknown {
  const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== '');
  if (values.some(isPrimary)) return values;
  return values.map((one, index) => {
    if (index > 0) return typeof one === 'string' ? { value: one } : one;
    if (typeof one === 'string') return { value: one, primary: true };
    return typeof one === 'object' && !Array.isArray(one) ? { ...one, primary: true } : one;
  });
}

/** Whether a value has anything to say of primary, in any spelling; `false` says that it shall not be. */
function isPrimary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).some((name) => name.toLowerCase() === 'primary');
}
