/**
 * What the protocol leaves open, or where known clients contradict it, decided in one place. The rules of the RFCs that
 * nobody contradicts are not here.
 */
export interface Profile {
  /** `remove` of a multi-valued attribute with a list as value: takes out the listed values, or the whole attribute. */
  readonly removeWithValue: 'listed' | 'all';
  /** `add` on a value path that matches nothing: makes the value that its `eq` terms describe, or 400 `noTarget`. */
  readonly addUnmatched: 'create' | 'noTarget';
  /** The same for `replace`. */
  readonly replaceUnmatched: 'create' | 'noTarget';
  /** `remove` of a required attribute is refused either way; the keyword differs. */
  readonly removeRequired: 'mutability' | 'invalidValue';
  /** Success of a PATCH without `attributes`: 200 with the resource, or 204. */
  readonly patchAnswer: { readonly users: 200 | 204; readonly groups: 200 | 204 };
  /** `"True"` and `"False"`, in any case, as values of booleans. */
  readonly stringBooleans: 'coerce' | 'reject';
  /**
   * A bare value for a complex attribute that has `value`, a single value for a multi-valued attribute, a list of one for
   * a single-valued attribute, and an empty string to clear what is no string.
   */
  readonly looseShapes: 'accept' | 'reject';
  /** Words without quotes as values in filters. */
  readonly unquotedFilterWords: 'accept' | 'reject';
  /** Attributes in filters that no schema has: without a value, or 400 `invalidFilter`. */
  readonly unknownFilterAttributes: 'absent' | 'reject';
  /** Attributes in bodies that no schema has: left out, or 400 `invalidSyntax`. In paths of PATCH they are 400 `invalidPath` always. */
  readonly unknownAttributes: 'ignore' | 'reject';
  /** Data of an extension whose URN is not in `schemas`. */
  readonly undeclaredExtensions: 'accept' | 'reject';
  /** The same value twice in a multi-valued attribute. */
  readonly duplicateValues: 'collapse' | 'reject';
  /** Two values with `primary: true` in one attribute of a body: the first stays, or 400 `invalidValue`. */
  readonly manyPrimaries: 'first' | 'reject';
  /** Members of groups that are no resources of the organization. */
  readonly unknownMembers: 'accept' | 'reject';
  /** `attributes` and `excludedAttributes` in one request: 400 `invalidValue`, or the former wins. */
  readonly bothSelections: 'attributes' | 'reject';
  /** `active` of a user where a body does not have it: kept by PUT and PATCH and true in a new user, or unassigned. */
  readonly omittedActive: 'keep' | 'unassigned';
  /** Passwords: dropped once they are checked, or handed on for the caller to digest. They are never part of an answer. */
  readonly passwords: 'discard' | 'keep';
}

/** Takes what the tenant, Entra ID and Okta send, all with the same values. */
export const standardProfile: Profile = {
  // The tenant's "Manage Relationships" and Entra ID's default mode mean only the listed members; RFC 7644 s3.5.2.2 read
  // to the letter would empty the group.
  removeWithValue: 'listed',
  // Entra ID adds `emails[type eq "work"].value` to users without such an address and expects it to be there.
  addUnmatched: 'create',
  // Entra ID sends Replace for attributes that it holds to be set; RFC 7644 s3.5.2.3 has 400 noTarget.
  replaceUnmatched: 'create',
  // RFC 7644 s3.5.2.2.
  removeRequired: 'mutability',
  // Entra ID's reference answers 204 to PATCH of groups, whose member lists may be long; Okta and the tenant take both.
  patchAnswer: { users: 200, groups: 204 },
  // Entra ID without the flag aadOptscim062020 sends `active` as a string.
  stringBooleans: 'coerce',
  // Entra ID sends `manager` as a bare id, as a list of one, and as "" to clear it; Okta PUTs "" for what is unset.
  looseShapes: 'accept',
  // Examples of Entra ID's documentation leave the quotes out: `externalId eq jyoung`.
  unquotedFilterWords: 'accept',
  // RFC 7644 s3.4.2.1: an attribute that a resource type does not have is without a value.
  unknownFilterAttributes: 'absent',
  // Entra ID sends `manager` outside its extension, and URNs of extensions of its own.
  unknownAttributes: 'ignore',
  // RFC 7643 s3 wants the URN; clients that forget it mean the data all the same.
  undeclaredExtensions: 'accept',
  // The tenant and Entra ID add a member that is there already, and expect success.
  duplicateValues: 'collapse',
  // RFC 7643 s2.4: at most one; nobody is known to send two.
  manyPrimaries: 'reject',
  // RFC 7644 s3.12: a member that grants nothing hides a mistake of the client.
  unknownMembers: 'reject',
  // RFC 7644 s3.9: the two exclude each other.
  bothSelections: 'reject',
  // RFC 7644 s3.5.1 allows a default. A PUT that says nothing of `active` must not let somebody in again who was put out.
  omittedActive: 'keep',
  // Okta sends a placeholder with every create; a stored one would be a way to log in that nobody asked for.
  passwords: 'discard',
};
