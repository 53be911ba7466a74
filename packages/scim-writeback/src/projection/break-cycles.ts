import { type Diagnostic, foldKey, type WireGroup } from '@oaa-kit/oaa';
import { quote } from '../protocol/resource/names.ts';
import type { Report } from './report.ts';

/**
 * Groups without circles. Neither a base nor a directory has one; but groups that are in the base only may close one with
 * what SCIM has changed since. There the memberships that only the base says are left out.
 *
 * @param apart groups that are in the base only
 */
export function breakCycles(
  groups: readonly WireGroup[],
  apart: ReadonlySet<WireGroup>,
  report: Report,
): readonly WireGroup[] {
  if (apart.size === 0) return groups;
  const rest = circling(groups);
  if (rest.size === 0) return groups;
  return groups.map((group) => {
    if (!apart.has(group)) return group;
    const parents = (group.groups ?? []).filter((parent) => !rest.has(foldKey(parent)) || !rest.has(keyOf(group)));
    if (parents.length === (group.groups ?? []).length) return group;
    report(broken(group));
    const { groups: _, ...others } = group;
    return parents.length > 0 ? { ...others, groups: parents } : others;
  });
}

/** Keys of the groups that are in a circle, or between two. */
function circling(groups: readonly WireGroup[]): ReadonlySet<string> {
  const up = new Map(groups.map((group) => [keyOf(group), (group.groups ?? []).map(foldKey)]));
  const down = new Map<string, string[]>();
  for (const [key, parents] of up) for (const parent of parents) down.set(parent, [...(down.get(parent) ?? []), key]);
  const rest = new Set(up.keys());
  strip(rest, up, down);
  strip(rest, down, up);
  return rest;
}

/** Takes away what leads nowhere, again and again: linear in groups and memberships. */
function strip(
  rest: Set<string>,
  forward: ReadonlyMap<string, readonly string[]>,
  back: ReadonlyMap<string, readonly string[]>,
): void {
  const open = new Map<string, number>();
  const ends: string[] = [];
  for (const key of rest) {
    const count = (forward.get(key) ?? []).filter((next) => rest.has(next)).length;
    open.set(key, count);
    if (count === 0) ends.push(key);
  }
  for (let key = ends.pop(); key !== undefined; key = ends.pop()) {
    rest.delete(key);
    for (const before of back.get(key) ?? []) {
      const count = (open.get(before) ?? 0) - 1;
      open.set(before, count);
      if (count === 0) ends.push(before);
    }
  }
}

function keyOf(group: WireGroup): string {
  return foldKey(group.id ?? group.name);
}

function broken({ name }: WireGroup): Diagnostic {
  return {
    severity: 'warning',
    code: 'cycle',
    path: '$.applications[0].local_groups',
    message: `The group ${quote(name)}, which is in the base only, would contain itself; groups that it is in are left out.`,
  };
}
