import { InputError } from '@oaa-kit/oaa';
import type { PatchOperation } from '../protocol/patch/read-patch.ts';
import { withSchemas } from '../protocol/resource/complete-resource.ts';
import type { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import { type PolicyValues, readPolicy } from './read-policy.ts';
import { type Draft, setValueAt } from './value-at.ts';

/**
 * The body with which the tenant creates a user ("Sync Identities (Create User)"): active, with the attributes of the
 * policy. Nothing is made up: `name.formatted` is there where the policy gives `formatted_name`.
 *
 * @throws InputError `input-invalid` with all problems; also where there is no `user_name`.
 * @example policyToUser({ user_name: 'jane.doe', emails: 'jane@example.com' }, schema)
 * // { schemas: [...], userName: 'jane.doe', emails: [{ value: 'jane@example.com', primary: true }], active: true }
 */
export function policyToUser(values: PolicyValues, schema: ResourceSchema): ScimObject {
  const changes = readPolicy(values, schema);
  if (!changes.some(({ path }) => path === 'userName')) {
    throw new InputError('input-invalid', 'A user cannot be created without user_name.', {
      diagnostics: [
        { severity: 'error', code: 'missing-key', path: '$.user_name', message: '"user_name" is missing.' },
      ],
    });
  }
  const user: Draft = Object.create(null);
  for (const { place, value } of changes) if (value !== undefined) setValueAt(user, place, value);
  user.active = true;
  return withSchemas(user, schema);
}

/**
 * The operations with which the tenant updates a user ("Sync Identities (Update User)"): each attribute of the policy by
 * its own path, several values as a whole list; what the policy unassigns is removed (RFC 7644 s3.5.2.2).
 *
 * @throws InputError `input-invalid` with all problems.
 * @example policyToPatch({ display_name: 'Jane Smith' }, schema)
 * // [{ op: 'replace', path: 'displayName', value: 'Jane Smith' }]
 */
export function policyToPatch(values: PolicyValues, schema: ResourceSchema): readonly PatchOperation[] {
  return readPolicy(values, schema).map(({ path, value }) => {
    return value === undefined ? { op: 'remove', path, value } : { op: 'replace', path, value };
  });
}
