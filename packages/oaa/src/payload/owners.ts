import { InputError } from '../errors/errors.ts';

/** The owner of an entity, in an identity provider that the tenant knows (reference 1.0.6). */
export interface Owner {
  /** The owner's identity in the identity provider. */
  readonly externalId: string;
  /** Node type such as `OktaUser` or `OAA.{idp_type}.IDPUser`; may be left out when the tenant has a Global IdP. */
  readonly ownerType?: string | undefined;
  readonly primary?: boolean | undefined;
}

export interface WireOwner {
  readonly external_id: string;
  readonly owner_type?: string;
  readonly primary?: boolean;
}

/**
 * An owner as it stands on the wire.
 * @throws InputError for an empty identity.
 */
export function wireOwner(owner: Owner): WireOwner {
  if (owner.externalId === '') {
    throw new InputError('input-invalid', 'An owner needs the identity that it has in its identity provider.', {
      hint: 'Set externalId, for example to the e-mail address.',
    });
  }
  return Object.freeze({
    external_id: owner.externalId,
    ...(owner.ownerType === undefined ? {} : { owner_type: owner.ownerType }),
    ...(owner.primary === undefined ? {} : { primary: owner.primary }),
  });
}
