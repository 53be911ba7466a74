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

export function wireOwner(owner: Owner): WireOwner {
  return {
    external_id: owner.externalId,
    ...(owner.ownerType === undefined ? {} : { owner_type: owner.ownerType }),
    ...(owner.primary === undefined ? {} : { primary: owner.primary }),
  };
}
