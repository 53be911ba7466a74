import { compileResolvedValueFilter } from '../filter/compile-filter.ts';
import { countTerms } from '../filter/count-terms.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import type { MemberDelta, MemberStep } from './member-delta.ts';
import type { Work } from './work.ts';

/**
 * Applies changes of members to a list of them. Gives the very list where nothing changes. Takes time in proportion to
 * the list and the changes.
 */
export function applyMemberDelta(
  members: readonly ScimObject[],
  delta: MemberDelta,
  work?: Work,
): readonly ScimObject[] {
  return delta.reduce((before, step) => applyStep(before, step, work), members);
}

function applyStep(members: readonly ScimObject[], step: MemberStep, work: Work | undefined): readonly ScimObject[] {
  const filterTerms = step.removeMatching.reduce((terms, filter) => terms + countTerms(filter), 0);
  work?.spend(members.length * (1 + filterTerms) + step.remove.length + step.add.length);
  const added = new Set(step.add.map(idOf));
  const removed = new Set(step.remove);
  const filters = step.removeMatching.map(compileResolvedValueFilter);
  const kept = members.filter((member) => {
    const id = idOf(member);
    if (added.has(id)) return true;
    return !step.replaceAll && !removed.has(id) && !filters.some((matches) => matches(member));
  });
  const present = new Set(kept.map(idOf));
  const fresh = step.add.filter((member) => !present.has(idOf(member)));
  return kept.length === members.length && fresh.length === 0 ? members : [...kept, ...fresh];
}

function idOf(member: ScimObject): string {
  return String(member.value);
}
