import type { Membership, StoredResource } from '../../directory/directory.ts';
import { resourceMetaText } from '../../directory/resource-meta.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import { applySelection } from '../../protocol/selection/select-attributes.ts';
import { type Locate, locationTexts } from './locate.ts';
import { headOf, metaOf } from './resource-parts.ts';
import type { View } from './view.ts';
import { openText } from './whole-text.ts';

/**
 * The JSON of each of some users. Their groups are looked up together, and only if they are shown.
 *
 * @param adjacent as a page says it of them
 */
export async function userTexts(
  users: readonly StoredResource[],
  view: View,
  adjacent = false,
): Promise<readonly string[]> {
  const { directory, locate, plan, isWhole } = view;
  const isAsked = plan.has('groups') && users.length > 0;
  const ids = isAsked ? users.map(({ id }) => id) : [];
  const memberships = isAsked ? await directory.memberships(ids, adjacent) : undefined;
  const groupsText = groupTexts(locate);
  const locationText = locationTexts(locate, 'User');
  return users.map((user, place) => {
    const groups = memberships?.[place] ?? [];
    if (isWhole(user)) return wholeText(user, groupsText(groups), locationText(user.id));
    const whole: ScimObject = Object.assign(
      headOf(user),
      groups.length > 0 && { groups: groups.map((membership) => groupOf(membership, locate)) },
      { meta: metaOf(user, locate) },
    );
    return JSON.stringify(applySelection(whole, plan));
  });
}

/** The JSON of memberships. Users of a page share them: a text is made once. */
function groupTexts(locate: Locate): (groups: readonly Membership[]) => string {
  const texts = new Map<Membership, string>();
  const textOf = (membership: Membership): string => {
    const text = texts.get(membership) ?? JSON.stringify(groupOf(membership, locate));
    texts.set(membership, text);
    return text;
  };
  return (groups) => {
    const [first, ...others] = groups;
    if (first === undefined) return '';
    return `,"groups":[${others.length === 0 ? textOf(first) : groups.map(textOf).join()}]`;
  };
}

function wholeText(user: StoredResource, groupsText: string, locationText: string): string {
  return `${openText(user)}${groupsText},"meta":${resourceMetaText(user, locationText)}}`;
}

/** RFC 7643 s4.1.2. */
function groupOf({ groupId, display, type }: Membership, locate: Locate): ScimObject {
  return { value: groupId, $ref: locate('Group', groupId), display, type };
}
