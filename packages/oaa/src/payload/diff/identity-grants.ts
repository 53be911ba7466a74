import type { IdentityType } from '../application/wire.ts';
import { isObject, type JsonObject, listOf, own, textOf } from '../json.ts';
import { foldKey } from '../keys.ts';
import type { Grant } from './difference.ts';

/** A grant with its application, and the properties of its role assignments (one for each time it is listed). */
export interface PlacedGrant {
  readonly application: string;
  readonly grant: Grant;
  readonly properties: JsonObject[];
}

/** What tells facts apart: parts as the tenant compares them, each behind its length so that no two lists look alike. */
export function factKey(...parts: readonly string[]): string {
  let key = '';
  for (const part of parts) {
    const folded = foldKey(part);
    key += `${folded.length}:${folded}`;
  }
  return key;
}

function* targetsOf(grant: JsonObject): Generator<string | undefined> {
  if (own(grant, 'apply_to_application') === true) yield undefined;
  for (const resource of listOf(grant, 'resources')) if (typeof resource === 'string') yield resource;
}

/** Calls `visit` with every single grant of an entry: one permission or role on one target. */
export function visitGrants(
  entry: JsonObject,
  visit: (application: string, grant: Grant, properties: JsonObject | undefined) => void,
): void {
  const identity = textOf(entry, 'identity') ?? '';
  const identityType = (textOf(entry, 'identity_type') ?? '') as IdentityType;
  for (const [list, subject] of [
    ['application_permissions', 'permission'],
    ['role_assignments', 'role'],
  ] as const) {
    for (const item of listOf(entry, list)) {
      if (!isObject(item)) continue;
      const application = textOf(item, 'application') ?? '';
      const properties = own(item, 'custom_properties');
      for (const resource of targetsOf(item)) {
        const what = { identityType, identity, [subject]: textOf(item, subject) ?? '' };
        visit(
          application,
          resource === undefined ? what : { ...what, resource },
          isObject(properties) ? properties : undefined,
        );
      }
    }
  }
}

/** The key by which a grant is compared: neither order nor grouping matter. */
export function grantKey(application: string, { identityType, identity, permission, role, resource }: Grant): string {
  const subject = permission === undefined ? ['role', role ?? ''] : ['permission', permission];
  const target = resource === undefined ? [] : [resource];
  return factKey(identityType, identity, application, ...subject, ...target);
}

/** All grants of one identity by key; an identity may have several entries. */
export function grantsOf(entries: readonly JsonObject[]): ReadonlyMap<string, PlacedGrant> {
  const grants = new Map<string, PlacedGrant>();
  for (const entry of entries) {
    visitGrants(entry, (application, grant, properties) => {
      const key = grantKey(application, grant);
      const known = grants.get(key) ?? { application, grant, properties: [] };
      grants.set(key, known);
      if (properties !== undefined) known.properties.push(properties);
    });
  }
  return grants;
}

/** The entries of `identity_to_permissions` by identity. */
export function* entriesByIdentity(payload: JsonObject): Generator<readonly [string, readonly JsonObject[]]> {
  const entries = new Map<string, JsonObject[]>();
  for (const entry of listOf(payload, 'identity_to_permissions')) {
    if (!isObject(entry)) continue;
    const key = factKey(textOf(entry, 'identity_type') ?? '', textOf(entry, 'identity') ?? '');
    const known = entries.get(key);
    if (known === undefined) entries.set(key, [entry]);
    else known.push(entry);
  }
  yield* entries;
}
