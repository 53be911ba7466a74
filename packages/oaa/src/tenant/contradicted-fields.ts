import { type JsonObject, own } from '../payload/json.ts';
import { canShow } from './can-show.ts';
import { isBeingDeleted } from './is-being-deleted.ts';
import type { Provider } from './provider.ts';
import { redact } from './redact.ts';

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function sameTemplates(sent: JsonObject, { templates }: Provider): boolean {
  // A number is a word that we do not know.
  if (templates.every((template) => /^\d+$/.test(template))) return true;
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
  if (isBeingDeleted(provider)) return ['state'];
  const found = Object.entries(redact(body)).filter(([key, sent]) => {
    if (key === 'custom_template' || key === 'custom_templates') return !sameTemplates(body, provider);
    const shown = own(provider.raw, key);
    if (key === 'configuration_json') return !canShow(parsed(sent), parsed(shown));
    return !canShow(sent, shown);
  });
  return found.map(([key]) => key);
}
