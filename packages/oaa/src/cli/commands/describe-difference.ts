import type {
  Difference,
  FieldChange,
  Grant,
  GrantDifference,
  MembershipDifference,
  MembershipType,
} from '../../payload/diff/difference.ts';
import { printableLine } from '../printable.ts';

/** Values longer than this are cut. */
const maximumValueLength = 80;

const memberships: Readonly<Record<MembershipType, readonly [member: string, relation: string]>> = {
  userInGroup: ['user', 'in group'],
  groupInGroup: ['group', 'in group'],
  credentialOfUser: ['access credential', 'of user'],
  roleInRole: ['role', 'in role'],
  permissionInRole: ['permission', 'in role'],
};

const identities: Readonly<Record<string, string>> = {
  local_user: 'user',
  local_group: 'group',
  local_role: 'role',
  local_access_creds: 'access credential',
  idp: 'identity',
};

function shortValue(value: unknown): string {
  if (value === null) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const characters = Array.from(text.slice(0, 2 * maximumValueLength));
  return characters.length > maximumValueLength ? `${characters.slice(0, maximumValueLength).join('')}...` : text;
}

function describeField({ field, from, to }: FieldChange): string {
  return `${field} ${shortValue(from)} -> ${shortValue(to)}`;
}

function describeGrant({ identityType, identity, permission, role, resource }: Grant): string {
  const what = permission === undefined ? `role ${role}` : `permission ${permission}`;
  const target = resource === undefined ? 'the application' : `resource ${resource}`;
  return `${identities[identityType] ?? identityType} ${identity}: ${what} on ${target}`;
}

function describeMembership({ type, member, of }: MembershipDifference): string {
  const [kind, relation] = memberships[type];
  return `${kind} ${member} ${relation} ${of}`;
}

function nameOf(difference: Difference): string {
  if ('identityType' in difference) return describeGrant(difference satisfies GrantDifference);
  if ('member' in difference) return describeMembership(difference);
  if ('property' in difference) {
    return `${difference.property} of ${difference.of} (application type ${difference.applicationType})`;
  }
  return difference.name === undefined ? difference.key : `${difference.key} (${difference.name})`;
}

/** A difference on one line, without its sign: `jane: email a@example.com -> b@example.com`. */
export function describeDifference(difference: Difference): string {
  const fields = (difference.fields ?? []).map(describeField).join('; ');
  return printableLine(fields === '' ? nameOf(difference) : `${nameOf(difference)}: ${fields}`);
}
