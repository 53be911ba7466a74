import { keyOf } from '../application/validation/key-table.ts';
import { isObject, type JsonObject, listOf, textOf } from '../json.ts';
import { templateOf } from '../validate.ts';
import { entityLists, keyedByName, keyedEntities, keyedResources } from './application-parts.ts';
import { factKey, grantKey, visitGrants } from './identity-grants.ts';
import { listedItems, rootLists } from './shallow-differences.ts';

/** Takes a fact: its kind, and the text that tells it from all others of the kind. */
export type VisitFact = (kind: string, key: string) => void;

function visitApplication(application: JsonObject, visit: VisitFact): void {
  const name = textOf(application, 'name') ?? '';
  for (const { kind, list, memberships } of entityLists) {
    for (const [key, entity] of keyedEntities(application, list)) {
      // Access credentials count by what they are of and what they are granted.
      if (kind !== 'accessCredentials') visit(kind, factKey(name, key));
      for (const { field, type } of memberships) {
        for (const other of listOf(entity, field)) {
          if (typeof other === 'string') visit('memberships', factKey(type, name, key, other));
        }
      }
    }
  }
  for (const [key] of keyedResources(application)) visit('resources', factKey(name, key));
}

/** Members of groups in the other templates: `groups` of an entity, as texts or as `{ id }` or `{ identity }`. */
function visitGroups(list: string, key: string, item: JsonObject, visit: VisitFact): void {
  for (const group of listOf(item, 'groups')) {
    const other = isObject(group) ? (textOf(group, 'identity') ?? keyOf(group)) : group;
    if (typeof other === 'string') visit('memberships', factKey(list, key, other));
  }
}

/**
 * Calls `visit` with every fact whose removal the guard counts: users, groups, roles, resources, permissions,
 * memberships and grants; of other templates the items of the lists at the root, and memberships in groups. A fact may
 * come several times.
 */
export function visitFacts(payload: JsonObject, visit: VisitFact): void {
  if (templateOf(payload) === 'application') {
    for (const [, application] of keyedByName(payload, 'applications')) visitApplication(application, visit);
    for (const [key] of keyedByName(payload, 'permissions')) visit('permissions', factKey(key));
    for (const entry of listOf(payload, 'identity_to_permissions')) {
      if (!isObject(entry)) continue;
      visitGrants(entry, (application, grant) => visit('grants', grantKey(application, grant)));
    }
    return;
  }
  for (const list of rootLists(payload)) {
    for (const [key, { item }] of listedItems(payload, list)) {
      visit(list, key);
      if (isObject(item)) visitGroups(list, key, item, visit);
    }
  }
}
