import { own, sameJson } from '../../json.ts';
import type { DeclaredProvider, JsonValue } from '../../manifest/declared-provider.ts';
import type { RememberedProvider } from '../../state/registrar-state.ts';
import type { PlannedField } from '../plan.ts';
import type { TenantProvider } from './tenant-view.ts';
import { declaredFields, templateField } from './wire-fields.ts';

/** `unknown`: the tenant shows none, or numbers. Nothing is destroyed on a guess. */
export type TemplateComparison = 'same' | 'different' | 'unknown';

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return new Set(one).size === new Set(other).size && one.every((item) => other.includes(item));
}

/** Whether the tenant shows what it answered to the very same templates. */
function isAsAnswered(
  declared: DeclaredProvider,
  provider: TenantProvider,
  remembered: RememberedProvider | undefined,
): boolean {
  const field = templateField(declared);
  if (remembered === undefined || !Object.hasOwn(remembered.answered, field)) return false;
  const wasSent = sameJson(own(remembered.sent, field) as JsonValue | undefined, declaredFields(declared).get(field));
  const shown = (own(provider.shown, field) ?? null) as JsonValue;
  return wasSent && sameJson(own(remembered.answered, field) as JsonValue, shown);
}

/** Compares the payload templates, which are fixed when a provider is made. Their order says nothing. */
export function compareTemplates(
  declared: DeclaredProvider,
  provider: TenantProvider,
  remembered: RememberedProvider | undefined,
): TemplateComparison {
  if (sameSet(declared.templates, provider.templates) || isAsAnswered(declared, provider, remembered)) return 'same';
  const isReadable = provider.templates.length > 0 && provider.templates.every((name) => !/^\d+$/.test(name));
  return isReadable ? 'different' : 'unknown';
}

/** The difference of the payload templates, as a field. */
export function templateDifference(declared: DeclaredProvider, provider: TenantProvider): PlannedField {
  const [only, ...more] = provider.templates;
  const before = only !== undefined && more.length === 0 ? only : provider.templates;
  const path = templateField(declared);
  return { path, before, after: declaredFields(declared).get(path) };
}
