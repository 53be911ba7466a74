import { attribute } from './define-attribute.ts';
import { multiValued, multiValuedOf, typeAttribute } from './multi-valued.ts';
import type { Schema } from './schema.ts';

const text = (name: string, description: string) => attribute({ name, description });

const name = attribute({
  name: 'name',
  type: 'complex',
  description: "The parts of the person's name.",
  subAttributes: [
    text('formatted', 'The whole name, as it is displayed.'),
    text('familyName', 'Last name.'),
    text('givenName', 'First name.'),
    text('middleName', 'Middle names.'),
    text('honorificPrefix', 'Title in front of the name.'),
    text('honorificSuffix', 'Suffix behind the name.'),
  ],
});

const addresses = multiValued('addresses', 'Postal addresses.', [
  text('formatted', 'The whole address, as it is printed; may have several lines.'),
  text('streetAddress', 'Street and number; may have several lines.'),
  text('locality', 'City.'),
  text('region', 'State or region.'),
  text('postalCode', 'Postal code.'),
  text('country', 'Country.'),
  typeAttribute(['work', 'home', 'other']),
]);

const groups = attribute({
  name: 'groups',
  type: 'complex',
  multiValued: true,
  // RFC 7643 s4.1.2: changed only through groups.
  mutability: 'readOnly',
  description: 'Groups that the user is in, directly or through another group.',
  subAttributes: [
    attribute({ name: 'value', description: 'Id of the group.', caseExact: true, mutability: 'readOnly' }),
    attribute({
      name: '$ref',
      type: 'reference',
      referenceTypes: ['Group'],
      caseExact: true,
      mutability: 'readOnly',
      description: 'Where the group can be read.',
    }),
    attribute({ name: 'display', description: 'Name of the group.', mutability: 'readOnly' }),
    { ...typeAttribute(['direct', 'indirect']), mutability: 'readOnly' },
  ],
});

const externalUrl = (description: string) =>
  attribute({ name: 'value', type: 'reference', referenceTypes: ['external'], caseExact: true, description });

/** RFC 7643 s4.1, s8.7.1. */
export const userSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'An account of a person.',
  attributes: [
    attribute({
      name: 'userName',
      description: 'Name under which the user logs in; unique whatever its case.',
      required: true,
      uniqueness: 'server',
    }),
    name,
    text('displayName', 'Name of the user as it is shown to people.'),
    text('nickName', 'How the user is called.'),
    { ...externalUrl('Page about the user.'), name: 'profileUrl' },
    text('title', 'Position in the company.'),
    text('userType', 'Relation to the company, such as employee or contractor.'),
    text('preferredLanguage', 'Language that the user prefers, as in Accept-Language.'),
    text('locale', 'Locale for currencies, dates and numbers.'),
    text('timezone', 'Time zone, as in the IANA database.'),
    attribute({ name: 'active', type: 'boolean', description: 'Whether the user may log in.' }),
    attribute({
      name: 'password',
      description: 'Password to set; never returned.',
      caseExact: true,
      mutability: 'writeOnly',
      returned: 'never',
    }),
    multiValuedOf('emails', 'E-mail addresses.', text('value', 'E-mail address.'), ['work', 'home', 'other']),
    multiValuedOf('phoneNumbers', 'Telephone numbers.', text('value', 'Telephone number.'), [
      'work',
      'home',
      'mobile',
      'fax',
      'pager',
      'other',
    ]),
    multiValuedOf('ims', 'Addresses for instant messages.', text('value', 'Address.'), [
      'aim',
      'gtalk',
      'icq',
      'xmpp',
      'msn',
      'skype',
      'qq',
      'yahoo',
    ]),
    multiValuedOf('photos', 'Pictures of the user.', externalUrl('Where the picture is.'), ['photo', 'thumbnail']),
    addresses,
    groups,
    multiValuedOf('entitlements', 'What the user is entitled to.', text('value', 'Entitlement.')),
    multiValuedOf('roles', 'Roles of the user.', text('value', 'Role.')),
    multiValuedOf(
      'x509Certificates',
      'Certificates of the user.',
      attribute({ name: 'value', type: 'binary', caseExact: true, description: 'Certificate, DER in base64.' }),
    ),
  ],
};
