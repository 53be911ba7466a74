/** Something that one side says and the other cannot, or says in fewer ways. */
export interface LossyAttribute {
  readonly kind: 'User' | 'Group';
  /** On the way to a payload, or from a payload into a directory. */
  readonly direction: 'scim-to-oaa' | 'oaa-to-scim';
  /** A SCIM path, or a key of the payload. */
  readonly attribute: string;
  /**
   * `dropped`: the other side never has it. `elsewhere`: another part of the model carries it. `normalised`: the other
   * side has it in one form only. `incomparable`: the other side lacks a value that it cannot say, or does not, which is no
   * sign that there is none.
   */
  readonly effect: 'dropped' | 'elsewhere' | 'normalised' | 'incomparable';
  readonly how: string;
}

const bothKinds = ['User', 'Group'] as const;

/** On the way to a payload. */
const toPayload: readonly LossyAttribute[] = [
  ...bothKinds.flatMap((kind) => [
    toOaa(kind, 'schemas', 'elsewhere', 'follows from the attributes that are there'),
    toOaa(kind, 'id', 'elsewhere', 'a link says which id of the payload it is'),
    toOaa(kind, 'meta', 'dropped', 'all but created, which is created_at'),
    toOaa(kind, 'empty text', 'normalised', 'is as good as none'),
    toOaa(kind, 'text of more than 4,096 bytes', 'incomparable', 'is left out with a warning, never cut'),
    toOaa(kind, 'dateTime', 'normalised', 'has a zone, and no digits beyond the nanosecond; compared by instant'),
    toOaa(kind, 'several values', 'normalised', 'are in no order'),
    toOaa(kind, '$ref', 'dropped', 'depends on where the resource is served'),
    toOaa(kind, 'readOnly sub-attribute', 'dropped', 'follows from the others'),
    toOaa(kind, 'writeOnly or never returned', 'dropped', 'is a secret'),
  ]),
  toOaa('User', 'password', 'dropped', 'is a secret'),
  toOaa('User', 'groups', 'elsewhere', 'the members of groups say it'),
  toOaa('User', 'name.honorificPrefix', 'dropped', 'is no attribute of a policy'),
  toOaa('User', 'name.honorificSuffix', 'dropped', 'is no attribute of a policy'),
  toOaa('User', 'entitlements', 'dropped', 'grants come from the application, by its base'),
  toOaa('User', 'roles', 'dropped', 'grants come from the application, by its base'),
  toOaa('User', 'x509Certificates', 'dropped', 'is no attribute of a policy'),
  toOaa('User', 'emails.type', 'dropped', 'an identity is a bare address'),
  toOaa('User', 'emails.display', 'dropped', 'an identity is a bare address'),
  toOaa('User', 'emails.primary', 'normalised', 'the first address is the primary one where none is'),
  toOaa(
    'User',
    'emails.value',
    'normalised',
    'is once in identities whatever its case, and not at all where it is no address',
  ),
  toOaa('Group', 'members', 'elsewhere', 'the groups of users and groups say it'),
];

/** From a payload into a directory. What is dropped here stays in the base, and is published from there. */
const toDirectory: readonly LossyAttribute[] = [
  ...bothKinds.flatMap((kind) => [
    toScim(kind, 'id', 'elsewhere', 'a link says which SCIM id it is'),
    toScim(kind, 'groups', 'elsewhere', 'the members of groups say it'),
    toScim(kind, 'created_at', 'normalised', 'is an instant of UTC; no request can set it, so it is not compared'),
    toScim(kind, 'tags', 'dropped', 'SCIM has no such thing'),
    toScim(kind, 'owners', 'dropped', 'SCIM has no such thing'),
    toScim(kind, 'custom_properties of other names', 'dropped', 'no SCIM attribute has this name'),
    toScim(kind, 'custom_properties without definition', 'incomparable', 'are not extracted by the connector'),
    toScim(kind, 'custom_properties of other types', 'incomparable', 'is no value that the SCIM attribute can have'),
  ]),
  toScim('User', 'is_active', 'incomparable', 'left out, it says neither that the user is active nor that it is not'),
  toScim('User', 'email', 'normalised', 'is an identity as well, where it is an address'),
  toScim(
    'User',
    'identities',
    'normalised',
    'are e-mail addresses, each once, in no order; the first is email where there is none',
  ),
  toScim('User', 'access_creds', 'dropped', 'SCIM has no such thing'),
  toScim('User', 'last_login_at', 'dropped', 'SCIM has no such thing'),
  toScim('User', 'deactivated_at', 'dropped', 'SCIM has no such thing'),
  toScim('User', 'password_last_changed_at', 'dropped', 'SCIM has no such thing'),
  toScim('User', 'user_type', 'dropped', 'human or service_account; userType is the custom property of that name'),
  toScim('Group', 'identities', 'dropped', 'SCIM has no such thing'),
];

/**
 * What is lossy between SCIM and OAA. `differingPaths` makes no difference of anything in here, and `overlayUser` keeps
 * of a base what is dropped on the way into a directory.
 */
export const lossyAttributes: readonly LossyAttribute[] = [...toPayload, ...toDirectory];

function toOaa(
  kind: LossyAttribute['kind'],
  attribute: string,
  effect: LossyAttribute['effect'],
  how: string,
): LossyAttribute {
  return { kind, direction: 'scim-to-oaa', attribute, effect, how };
}

function toScim(
  kind: LossyAttribute['kind'],
  attribute: string,
  effect: LossyAttribute['effect'],
  how: string,
): LossyAttribute {
  return { kind, direction: 'oaa-to-scim', attribute, effect, how };
}
