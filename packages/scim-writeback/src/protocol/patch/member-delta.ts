import type { ResolvedFilter } from '../filter/resolved-filter.ts';
import type { ScimObject } from '../schemas/scim-value.ts';

/**
 * One step of changing the members of a group, said without the list of members at hand. The members after it are
 *
 * - those of `add`: who was a member already stays as stored, whoever was not is as given here;
 * - unless `replaceAll`, those who were members before, but for the ids of `remove` and those whom a filter of
 *   `removeMatching` matches. Whoever is in `add` stays in any case.
 *
 * A member is its id, its `value`: what else is known of it follows from the id.
 */
export interface MemberStep {
  readonly replaceAll: boolean;
  /** Ids; none is in `add`. */
  readonly remove: readonly string[];
  /** Filters about one member, for what ids cannot say: `type eq "Group"`. */
  readonly removeMatching: readonly ResolvedFilter[];
  /** No id twice. */
  readonly add: readonly ScimObject[];
}

/**
 * What a PATCH does to the members of a group: steps to be taken in order, at most one more than the PATCH has paths with
 * filters other than `value eq`. For a group of any size, executing it costs in proportion to the ids that it names.
 *
 * The law: applying it to a list with `applyMemberDelta` gives what applying the operations to the resource with that list
 * gives.
 */
export type MemberDelta = readonly MemberStep[];
