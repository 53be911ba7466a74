import type { PlannedProvider } from '../plan/plan.ts';

/** What has a request of its own, and what a provider keeps from its creation on. */
const notPatched: ReadonlySet<string> = new Set(['icon', 'custom_template', 'custom_templates']);

/** The wire field of a path: `configuration_json` of `configuration_json.scim_url`. */
export function wireField(path: string): string {
  return path.split('.', 1)[0] ?? path;
}

/** The wire fields that a PATCH of a planned provider sends. */
export function changedFields({ fields }: PlannedProvider): ReadonlySet<string> {
  const changed = fields.filter((field) => !('secret' in field) || field.secret !== 'unchanged');
  return new Set(changed.map(({ path }) => wireField(path)).filter((field) => !notPatched.has(field)));
}

/** Whether the icon is new or another one. */
export function changesIcon({ declared, fields }: PlannedProvider): boolean {
  return declared.icon !== undefined && fields.some(({ path }) => path === 'icon');
}
