import { wireField } from '../plan/index.ts';
import type { PlannedProvider } from '../plan/plan.ts';

/** What has a request of its own, and what a provider keeps from its creation on. */
const notPatched: ReadonlySet<string> = new Set(['icon', 'custom_template', 'custom_templates']);

/** The wire fields that a PATCH of a planned provider sends. */
export function changedFields({ fields }: PlannedProvider): ReadonlySet<string> {
  return new Set(fields.map(({ path }) => wireField(path)).filter((field) => !notPatched.has(field)));
}

/** Whether the icon is new or another one. */
export function changesIcon({ declared, fields }: PlannedProvider): boolean {
  return declared.icon !== undefined && fields.some(({ path }) => path === 'icon');
}
