import { InputError } from '@oaa-kit/oaa';

/** The error for an organization that is not there. */
export function unknownOrganization(organization: string): InputError {
  return new InputError('not-found', `There is no organization ${JSON.stringify(organization)}.`, {
    hint: '`oaa scim organization list` shows those that there are, and `oaa scim organization create` makes one.',
  });
}
