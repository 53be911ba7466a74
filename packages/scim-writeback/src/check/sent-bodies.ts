import { patchOpUrn } from '../protocol/patch/read-patch.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';

/** An operation as the tenant sends it. */
export interface PatchStep {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value: unknown;
}

/** The name parts that every user of the check is made with. */
export const givenName = 'Check';
export const familyName = 'Endpoint';

/** The address of a user of the check. */
export function emailOf(userName: string): string {
  return userName.includes('@') ? userName : `${userName.replaceAll(/[^A-Za-z0-9-]/g, '')}@example.com`;
}

/** The body of the tenant's "Sync Identities (Create User)": an address without a type, nothing optional beside it. */
export function userBody(userName: string) {
  return {
    schemas: [userResourceType.schema.id],
    userName,
    name: { givenName, familyName, formatted: `${givenName} ${familyName}` },
    emails: [{ value: emailOf(userName), primary: true }],
    active: true,
  };
}

/** The body of the tenant's "Create Entitlement (Create Group)": no members. */
export function groupBody(displayName: string) {
  return { schemas: [groupResourceType.schema.id], displayName };
}

/** The body of the tenant's updates. */
export function patchBody(operations: readonly PatchStep[]) {
  return { schemas: [patchOpUrn], Operations: operations };
}
