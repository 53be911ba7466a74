import { InputError } from '@oaa-kit/oaa';

export function unknownIntent(organization: string): InputError {
  return new InputError('not-found', `The journal of the organization "${organization}" has no change with this id.`, {
    hint: '`oaa scim journal list` shows those that have not come to their end; others are forgotten after a while.',
  });
}
