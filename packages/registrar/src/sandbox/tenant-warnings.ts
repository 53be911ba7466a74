import type { Diagnostic } from '@oaa-kit/oaa';
import { pathSegments, valueAt } from './payload-path.ts';
import type { PushWarning } from './records.ts';
import { shorten } from './text.ts';

/** How many warnings one answer lists; one more says how many were left out. */
const maximumWarnings = 1_000;

type Entity = Readonly<Record<string, unknown>>;

function entities(value: unknown): Entity[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Diagnostics that are worded differently below, or that only matter before a push. */
const notForTenant: ReadonlySet<string> = new Set(['role-without-permission', 'not-validated', 'payload-too-large']);

/** Grants to an identity that the payload does not hold. */
function isUnknownGrantee({ code, path }: Diagnostic): boolean {
  return code.startsWith('dangling-') && path.startsWith('$.identity_to_permissions') && path.endsWith('.identity');
}

function* warningsOf(
  payload: Entity,
  identities: ReadonlySet<string>,
  diagnostics: readonly Diagnostic[],
): Generator<string> {
  const unknown = (names: readonly string[]): string | undefined =>
    names.length === 0 || names.some((name) => identities.has(name.toLowerCase()))
      ? undefined
      : `Cannot find identity by names (${shorten(names.join(', '), 500)})`;
  for (const application of entities(payload.applications)) {
    for (const entity of [...entities(application.local_users), ...entities(application.local_groups)]) {
      const warning = unknown(texts(entity.identities));
      if (warning !== undefined) yield warning;
    }
    for (const role of entities(application.local_roles)) {
      if (texts(role.permissions).length === 0 && texts(role.roles).length === 0) {
        yield `Role is missing permission (application: ${application.name}, role: ${shorten(String(role.name), 200)})`;
      }
    }
  }
  for (const { identity, identity_type: type } of entities(payload.identity_to_permissions)) {
    const warning = type === 'idp' && typeof identity === 'string' ? unknown([identity]) : undefined;
    if (warning !== undefined) yield warning;
  }
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== 'warning' || notForTenant.has(diagnostic.code)) continue;
    yield isUnknownGrantee(diagnostic)
      ? `Cannot find identity by names (${shorten(String(valueAt(payload, pathSegments(diagnostic.path))), 500)})`
      : diagnostic.message;
  }
}

/**
 * What the tenant complains about when it takes `payload` in: identities that none of its identity providers knows
 * (one warning per entity), roles without permissions, and the warnings of the validation.
 */
export function tenantWarnings(
  payload: Entity,
  identities: ReadonlySet<string>,
  diagnostics: readonly Diagnostic[],
): PushWarning[] {
  const listed: PushWarning[] = [];
  let further = 0;
  for (const message of warningsOf(payload, identities, diagnostics)) {
    if (listed.length < maximumWarnings) listed.push({ message });
    else further += 1;
  }
  if (further > 0) listed.push({ message: `Further warnings were left out (${further})` });
  return listed;
}
