import { InputError } from '../../errors/errors.ts';
import { PropertySchema } from '../properties.ts';
import type { ApplicationProperties, Nothing } from './application-properties.ts';
import type { ApplicationScope } from './application-scope.ts';
import { Identity } from './identity.ts';
import type { WireIdentityToPermissions } from './wire.ts';

/**
 * A user or group of an identity provider that is given permissions directly, for applications without local accounts.
 * Carries no properties, tags or owners.
 */
export class IdpIdentity<Properties extends ApplicationProperties = ApplicationProperties> extends Identity<
  Properties,
  Nothing
> {
  readonly identityType = 'idp';

  /** @internal Use `application.addIdpIdentity`. */
  constructor(application: ApplicationScope, name: string) {
    super(application, name, undefined);
  }

  override addTag(): this {
    throw new InputError('input-invalid', 'Identities of an identity provider carry no tags here.', {
      hint: 'Tag the user or group in the identity provider.',
    });
  }

  override addOwner(): this {
    throw new InputError('input-invalid', 'Identities of an identity provider carry no owners here.');
  }

  /** @internal Only its grants stand on the wire. */
  toWire(): WireIdentityToPermissions | undefined {
    return this.toWireGrants();
  }

  protected override propertySchema(): PropertySchema {
    return new PropertySchema('identity of an identity provider');
  }
}
