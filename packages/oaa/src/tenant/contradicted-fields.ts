import { isObject, type JsonObject, own } from '../payload/json.ts';
import type { Provider } from './provider.ts';
import { redact } from './redact.ts';

const maximumDepth = 64;

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Whether a tenant that was sent one value can show the other: it may leave things out, and show numbers for words. */
function agrees(sent: unknown, shown: unknown, depth = 0): boolean {
  const saysNothing = shown === undefined || shown === null || shown === '';
  if (saysNothing || sent === null || depth > maximumDepth) return true;
  if (typeof sent === 'string' && typeof shown === 'number') return true;
  if (Array.isArray(sent)) {
    if (!Array.isArray(shown) || shown.length !== sent.length) return false;
    return sent.every((item) => shown.some((other) => agrees(item, other, depth + 1)));
  }
  if (isObject(sent)) {
    return isObject(shown) && Object.keys(sent).every((key) => agrees(sent[key], own(shown, key), depth + 1));
  }
  return sent === shown;
}

function sameTemplates(sent: JsonObject, { templates }: Provider): boolean {
  if (templates.length === 0) return true;
  const several = own(sent, 'custom_templates');
  const wanted = new Set<unknown>(Array.isArray(several) ? several : [own(sent, 'custom_template')]);
  return wanted.size === templates.length && templates.every((template) => wanted.has(template));
}

/**
 * The keys of a creation's body that a provider shows otherwise: with any, it was not made by that body. Nothing is
 * concluded from what a tenant does not show, from numbers that stand for words, and from secrets. One that is being
 * deleted was there before.
 */
export function contradictedFields(body: JsonObject, provider: Provider): string[] {
  if (provider.state.toUpperCase() === 'DELETING') return ['state'];
  const found = Object.entries(redact(body)).filter(([key, sent]) => {
    if (key === 'custom_template' || key === 'custom_templates') return !sameTemplates(body, provider);
    const shown = own(provider.raw, key);
    if (key === 'configuration_json') return !agrees(parsed(sent), parsed(shown));
    return !agrees(sent, shown);
  });
  return found.map(([key]) => key);
}
