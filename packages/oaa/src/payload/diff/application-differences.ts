import { keyOf } from '../application/validation/key-table.ts';
import { type JsonObject, listOf, textOf } from '../json.ts';
import { foldKey } from '../keys.ts';
import { entityLists, type KeyedResource, keyedByName, keyedEntities, keyedResources } from './application-parts.ts';
import { changedFields } from './changed-fields.ts';
import { definitionDifferences } from './definition-differences.ts';
import type { Change, Difference, FieldChange } from './difference.ts';
import { grantDifferences } from './grant-differences.ts';
import { isEqual } from './is-equal.ts';
import { type Keyed, paired } from './paired.ts';

const nothing: JsonObject = {};
const noKeys: ReadonlySet<string> = new Set();
const partsOfApplications: ReadonlySet<string> = new Set([...entityLists.map(({ list }) => list), 'resources']);
const partsOfResources: ReadonlySet<string> = new Set(['sub_resources']);

/** What became of an entity; undefined when nothing did. */
export function entityChange(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  told: ReadonlySet<string>,
): { readonly change: Change; readonly fields?: readonly FieldChange[] } | undefined {
  if (before === undefined) return { change: 'added' };
  if (after === undefined) return { change: 'removed' };
  const fields = changedFields(before, after, told);
  return fields.length === 0 ? undefined : { change: 'changed', fields };
}

/** The name of an entity where it is another than its key. */
function nameBeside(entity: JsonObject, key: string): { readonly name?: string } {
  const name = textOf(entity, 'name');
  return name === undefined || name === key ? {} : { name };
}

function* listDifferences(
  kind: string,
  application: string | undefined,
  pairs: Iterable<readonly [JsonObject | undefined, JsonObject | undefined]>,
  told: ReadonlySet<string>,
): Generator<Difference> {
  for (const [before, after] of pairs) {
    const change = entityChange(before, after, told);
    const shown = after ?? before ?? nothing;
    const key = kind === 'applications' || kind === 'permissions' ? textOf(shown, 'name') : keyOf(shown);
    if (change === undefined || key === undefined) continue;
    yield { kind, ...(application === undefined ? {} : { application }), key, ...nameBeside(shown, key), ...change };
  }
}

function* keyedTexts(entity: JsonObject | undefined, field: string): Generator<Keyed<string>> {
  for (const text of listOf(entity ?? nothing, field)) if (typeof text === 'string') yield [foldKey(text), text];
}

/** Memberships are compared entity by entity, so that no table of all of them is needed. */
function* membershipDifferences(
  application: string,
  { memberships }: (typeof entityLists)[number],
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): Generator<Difference> {
  const key = keyOf(after ?? before ?? nothing) ?? '';
  for (const { field, type, owner } of memberships) {
    if (isEqual(listOf(before ?? nothing, field), listOf(after ?? nothing, field))) continue;
    for (const [old, current] of paired(keyedTexts(before, field), keyedTexts(after, field))) {
      if (old !== undefined && current !== undefined) continue;
      const change = old === undefined ? 'added' : 'removed';
      const other = current ?? old ?? '';
      const ends = owner === 'member' ? { member: key, of: other } : { member: other, of: key };
      yield { kind: 'memberships', change, application, type, ...ends };
    }
  }
}

function* resourceDifferences(application: string, before: JsonObject, after: JsonObject): Generator<Difference> {
  for (const [old, current] of paired<KeyedResource>(keyedResources(before), keyedResources(after))) {
    const change = entityChange(old?.resource, current?.resource, partsOfResources);
    const shown = current ?? old;
    if (change === undefined || shown === undefined) continue;
    const { key, resource } = shown;
    yield { kind: 'resources', application, key, ...nameBeside(resource, keyOf(resource) ?? ''), ...change };
  }
}

function* withinApplication(before: JsonObject | undefined, after: JsonObject | undefined): Generator<Difference> {
  const application = textOf(after ?? before ?? nothing, 'name') ?? '';
  yield* listDifferences('applications', application, [[before, after]], partsOfApplications);
  const [old, current] = [before ?? nothing, after ?? nothing];
  for (const list of entityLists) {
    const pairs = paired(keyedEntities(old, list.list), keyedEntities(current, list.list));
    for (const [from, to] of pairs) {
      if (isEqual(from, to)) continue;
      yield* listDifferences(list.kind, application, [[from, to]], list.told);
      yield* membershipDifferences(application, list, from, to);
    }
  }
  yield* resourceDifferences(application, old, current);
}

/** Every difference between two payloads of the application template, one after the other. */
export function* applicationDifferences(before: JsonObject, after: JsonObject): Generator<Difference> {
  const permissions = paired(keyedByName(before, 'permissions'), keyedByName(after, 'permissions'));
  yield* listDifferences('permissions', undefined, permissions, noKeys);
  const applications = paired(keyedByName(before, 'applications'), keyedByName(after, 'applications'));
  for (const [old, current] of applications) yield* withinApplication(old, current);
  yield* grantDifferences(before, after);
  yield* definitionDifferences(before, after);
}
