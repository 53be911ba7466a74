import { describe, expect, test } from 'vitest';
import { matches, refusal, strictProfile } from './test-matches.ts';
import { badgeUrn, groups } from './test-resource-type.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const jane = {
  schemas: [core, enterprise],
  id: '2819c223-7f76-453a-919d-413861904646',
  externalId: 'Jane-701984',
  userName: 'Jane.Doe@Example.com',
  name: { formatted: 'Ms. Jane Doé', familyName: 'Doé', givenName: 'Jane' },
  displayName: 'Jane "JD" Doé',
  title: '',
  active: true,
  emails: [
    { value: 'jane@example.com', type: 'work', primary: true },
    { value: 'Doe@Home.example', type: 'home' },
  ],
  groups: [{ value: 'G1', display: 'Staff' }],
  meta: {
    resourceType: 'User',
    created: '2024-01-01T00:00:00Z',
    lastModified: '2024-05-01T12:00:00.5+02:00',
    version: 'W/"a1"',
  },
  [enterprise]: { department: 'R&D (Räume)', manager: { value: 'M26', displayName: 'Max' } },
  [badgeUrn]: {
    level: 7,
    score: 2.5,
    usedAt: '2024-05-01T10:00:00.123456789Z',
    tags: ['Blue', 'Guest'],
    code: 'aB',
    chip: 'QUJD',
    keys: [
      { value: 'hidden', label: 'Door', lost: true },
      { value: 'hidden', label: 'Gate' },
    ],
  },
};

type Row = readonly [filter: string, expected: boolean];

/** Numbers of the checklist -> filters and whether Jane matches. */
const outcomes: Readonly<Record<string, readonly Row[]>> = {
  '33: all forms of the grammar are read': [
    ['userName eq "jane.doe@example.com"', true],
    ['userName eq "jane.doe@example.com" and active eq true', true],
    ['userName eq "nobody" or active eq true', true],
    ['not (active eq true)', false],
    ['not(active eq true)', false],
    ['NOT (userName eq "x") AND (title pr OR (id pr And Not (title pr)))', true],
    ['((((((((((active eq true))))))))))', true],
    ['emails[type eq "work"]', true],
    ['emails[type eq "other"]', false],
    ['emails[not (type eq "work") and (value co "home" or value co "x")]', true],
    ['emails[type eq "work"].value eq "jane@example.com"', true],
    ['emails[type eq "work"].value eq "doe@home.example"', false],
    ['emails[type eq "home"].value pr', true],
    ['emails[type eq "other"].value pr', false],
    ['name[familyName eq "doé"].givenName eq "jane"', true],
    ['\tuserName\n  pr  ', true],
  ],
  '34: not binds before and, and before or': [
    ['active eq true or title pr and title pr', true],
    ['(active eq true or title pr) and title pr', false],
    ['title pr and title pr or active eq true', true],
    ['title pr and (title pr or active eq true)', false],
    ['not (title pr) and active eq true', true],
    ['not (title pr or active eq true)', false],
    ['not (active eq true) or active eq true', true],
  ],
  '35: operators and attribute names are read in any case': [
    ['USERNAME EQ "jane.doe@example.com"', true],
    ['username Ne "x"', true],
    ['UserName Co "doe"', true],
    ['uSERnAME sW "jane"', true],
    ['userName EW ".COM"', true],
    ['userName GT "a" and userName lT "z" and userName Ge "jane" and userName LE "jane.z"', true],
    ['NAME.FAMILYNAME PR', true],
    ['EMAILS[TYPE eq "work"].VALUE pr', true],
    ['displayName co "jane" AND not (displayName co "x")', true],
  ],
  '36: values are JSON, and brackets and parentheses in strings are text': [
    ['displayName eq "Jane \\"JD\\" Do\\u00e9"', true],
    ['displayName co "\\u0022JD\\u0022"', true],
    ['displayName eq "Jane \\\\JD"', false],
    [`${enterprise}:department eq "R&D (Räume)"`, true],
    ['emails[value eq "a]b" or value co "@"]', true],
    ['emails[value eq "\\"]" or value eq ")"]', false],
    ['userName eq "a\\/b\\b\\f\\n\\r\\t"', false],
    ['displayName co "\\ud83d\\ude00"', false],
    [`${badgeUrn}:score eq 25e-1`, true],
    [`${badgeUrn}:score eq 2.50`, true],
    [`${badgeUrn}:level gt -0.5E+1`, true],
    ['active eq false', false],
  ],
  '37: words without quotes are strings, with the standard profile': [
    ['externalId eq Jane-701984', true],
    ['userName eq jane.doe@example.com', true],
    ["userName eq 'jane.doe@example.com'", true],
    ['externalId eq 701984', false],
    ['emails[type eq work].value co jane', true],
    ['active eq True', true],
  ],
  '38: case counts where the attribute is caseExact': [
    ['userName eq "JANE.DOE@EXAMPLE.COM"', true],
    ['emails.value eq "DOE@HOME.EXAMPLE"', true],
    ['displayName co "DOÉ"', true],
    ['name.familyName eq "DOE\u0301"', true],
    ['externalId eq "jane-701984"', false],
    ['externalId eq "Jane-701984"', true],
    ['id eq "2819C223-7F76-453A-919D-413861904646"', false],
    ['groups.value eq "g1"', false],
    ['meta.version eq "W/\\"A1\\""', false],
    ['meta.version eq "W/\\"a1\\""', true],
    [`${badgeUrn}:code sw "AB"`, false],
    [`${badgeUrn}:chip eq "qujd"`, false],
    [`${badgeUrn}:chip eq "QUJD"`, true],
  ],
  '39: order is that of code points, instants and numbers': [
    ['userName gt "JANE.DOE@EXAMPLE.COL"', true],
    ['userName ge "jane.doe@example.com" and userName le "JANE.DOE@example.com"', true],
    ['userName lt "jane.doe@example.com"', false],
    ['externalId lt "a"', true],
    ['displayName lt "\uffee"', true],
    ['meta.lastModified eq "2024-05-01T10:00:00.500000Z"', true],
    ['meta.lastModified gt "2024-05-01T11:59:00+02:00"', true],
    ['meta.lastModified lt "2024-05-01T10:00:00.4999999999Z"', false],
    ['meta.lastModified ge "2024-05-01T10:00:00.5Z"', true],
    ['meta.lastModified le "2024-05-01T05:00:00.5-05:00"', true],
    [`${badgeUrn}:usedAt gt "2024-05-01T10:00:00.123456788Z"`, true],
    [`${badgeUrn}:usedAt lt "2024-05-01T10:00:00.12345679Z"`, true],
    [`${badgeUrn}:level gt 10`, false],
    [`${badgeUrn}:level lt 10.0`, true],
    [`${badgeUrn}:score ge 2.5 and ${badgeUrn}:score le 2.5`, true],
    ['meta.created sw "2024-01"', true],
  ],
  '40: one value is enough, and brackets bind to one value': [
    ['emails co "home.example"', true],
    ['emails.type eq "home" and emails.value eq "jane@example.com"', true],
    ['emails[type eq "home" and value eq "jane@example.com"]', false],
    ['emails[type eq "home" and value eq "doe@home.example"]', true],
    ['emails ne "jane@example.com"', true],
    ['not (emails eq "jane@example.com")', false],
    [`${badgeUrn}:tags eq "guest"`, true],
    [`${badgeUrn}:tags[value sw "gu" and value ew "st"]`, true],
    [`${badgeUrn}:tags[value sw "gu" and value ew "ue"]`, false],
    [`${badgeUrn}:keys[label eq "gate" and lost ne true]`, true],
    [`${badgeUrn}:keys[label eq "door"].lost eq true`, true],
  ],
  '41: ne is true without a value, pr is false for what is empty': [
    ['nickName ne "x"', true],
    ['nickName eq "x"', false],
    ['not (nickName eq "x")', true],
    ['emails[type eq "other"].value ne "x"', true],
    ['phoneNumbers ne "1"', true],
    ['title pr', false],
    ['nickName pr', false],
    ['phoneNumbers pr', false],
    ['name pr', true],
    ['emails pr', true],
    ['emails.display pr', false],
    ['name.middleName pr', false],
    ['active pr', true],
  ],
  '42: null asks for absence': [
    ['nickName eq null', true],
    ['nickName ne null', false],
    ['title eq null', true],
    ['userName eq null', false],
    ['userName ne null', true],
    ['emails eq null', false],
    ['emails[type eq "other"].value eq null', true],
    ['phoneNumbers eq null', true],
    ['name.givenName ne null', true],
  ],
  '43: attributes are named with and without their URN, in any case of it': [
    [`${core}:userName sw "jane"`, true],
    [`${core}:name.familyName eq "doé"`, true],
    [`${core.toUpperCase()}:USERNAME sw "jane"`, true],
    [`${core}:emails[type eq "work"].value co "jane"`, true],
    [`${enterprise}:manager.value eq "M26"`, true],
    [`${enterprise.toUpperCase()}:manager.VALUE eq "M26"`, true],
    [`${enterprise}:manager eq "M26"`, true],
    [`${enterprise}:userName pr`, false],
    [`${badgeUrn}:level eq 7`, true],
    [`urn:example:other:2.0:User:level eq 7`, false],
  ],
  '44: the queries of clients find what they look for': [
    [`schemas eq "${enterprise}"`, true],
    ['schemas eq "urn:example:other"', false],
    ['meta.lastModified ge "2024-05-01T00:00:00Z"', true],
    ['meta.resourceType eq "User"', true],
    ['id eq "2819c223-7f76-453a-919d-413861904646"', true],
    ['externalId eq "Jane-701984"', true],
    ['groups.value eq "G1"', true],
    ['groups[value eq "G1"]', true],
    ['manager eq "M26"', true],
    ['id eq "2819c223-7f76-453a-919d-413861904646" and manager eq "M27"', false],
  ],
  '45: booleans are compared with "True" and "False" too': [
    ['active eq "True"', true],
    ['active eq "TRUE"', true],
    ['active eq "false"', false],
    ['active ne "False"', true],
    ['emails[primary eq "True"].type eq "work"', true],
  ],
  '47: an attribute that no schema has is without a value, with the standard profile': [
    ['shoeSize eq 42', false],
    ['shoeSize ne 42', true],
    ['shoeSize pr', false],
    ['shoeSize eq null', true],
    ['shoeSize ne null', false],
    ['shoeSize gt true', false],
    ['shoeSize[left eq 42]', false],
    ['shoeSize[left eq 42].right ne 1', true],
    ['name.shoeSize eq "x"', false],
    ['emails[shoeSize ne "x"]', true],
    ['not (shoeSize eq 42) and active eq true', true],
  ],
};

/** Numbers of the checklist -> filters that are refused with invalidFilter. */
const refused: Readonly<Record<string, readonly string[]>> = {
  '33: what is no filter': [
    '',
    ' ',
    'userName',
    'userName eq',
    'eq "x"',
    '"x" eq userName',
    'userName eq "x" and',
    'and userName pr',
    'userName pr userName pr',
    '(userName pr',
    'userName pr)',
    '()',
    'not userName pr',
    'not ()',
    'emails[]',
    'emails[type eq "work"',
    'emails[type eq "work")',
    'emails]',
    'emails[type eq "work"] eq "x"',
    'emails[type eq "work"].',
    'emails[type eq "work"].value',
    'emails[type eq "work"].value.x eq "y"',
    'emails.type[value eq "work"]',
    'emails[emails[type eq "work"]]',
    'userName[value eq "x"]',
  ],
  '35: unknown operators and malformed attributes': [
    'userName = "x"',
    'userName equals "x"',
    'userName like "x"',
    'userName == "x"',
    'userName: eq "x"',
    ':userName eq "x"',
    '.userName eq "x"',
    'name. eq "x"',
    'name..familyName eq "x"',
    'name.familyName.x eq "x"',
    '1name eq "x"',
    'näme eq "x"',
    '__proto__ eq "x"',
    '$ eq "x"',
  ],
  '36: values that are not JSON': [
    'userName eq "x',
    'userName eq "x\\"',
    'userName eq "\\x41"',
    'userName eq "\\u12g4"',
    'userName eq "\\u12"',
    'userName eq "\\\'"',
    'userName eq "a\nb"',
    'userName eq "\\ud800"',
    'userName eq "\ud800"',
    'userName eq {"a":1}',
    'userName eq ["a"]',
  ],
  '39: no order of booleans and binary values, no parts of numbers': [
    'active gt true',
    'active le false',
    'active co "tr"',
    `${badgeUrn}:chip gt "A"`,
    `${badgeUrn}:chip co "A"`,
    `${badgeUrn}:level sw 7`,
    `${badgeUrn}:level eq "7"`,
    `${badgeUrn}:level eq true`,
    'active eq 1',
    'active eq "yes"',
    'meta.created gt "2024-01-01"',
    'meta.created gt "yesterday"',
    'meta.created eq 2024',
    'userName gt 1.5',
  ],
  '40: a complex attribute without a value of its own': ['name eq "x"', 'meta co "User"', 'addresses co "x"'],
  '42: null has no order and no parts': ['userName gt null', 'userName co null', 'shoeSize le null'],
};

describe.each(Object.entries(outcomes))('checklist %s', (_, rows) => {
  test.each(rows)('%s is %s', (filter, expected) => {
    expect(matches(filter, jane)).toBe(expected);
  });
});

describe.each(Object.entries(refused))('checklist %s: 400 invalidFilter', (_, rows) => {
  test.each(rows)('%s', (filter) => {
    expect(refusal(filter)).toMatch(/^400 invalidFilter: /);
  });
});

describe('checklist 37: words without quotes are refused by a strict profile', () => {
  test.each([
    ['externalId eq jyoung', 15],
    ["externalId eq 'jyoung'", 15],
    ['active eq True', 11],
    ['externalId eq 007', 15],
  ])('%s', (filter, column) => {
    expect(refusal(filter, { profile: strictProfile })).toContain(
      `column ${column}: expected a value: a string in double quotes`,
    );
  });

  test('so are numbers and literals for an attribute that is text', () => {
    expect(refusal('externalId eq 7', { profile: strictProfile })).toBe(
      '400 invalidFilter: externalId is of type string; compare it with a string in double quotes.',
    );
  });
});

test('checklist 44: members of groups are found by their id', () => {
  const group = { id: 'g', displayName: 'Staff', members: [{ value: 'U1', type: 'User' }, { value: 'U2' }] };
  const ask = (filter: string) => matches(filter, group, { schema: groups });
  expect(ask('members.value eq "U2"')).toBe(true);
  expect(ask('members eq "U2"')).toBe(true);
  expect(ask('members[value eq "U2" and type eq "User"]')).toBe(false);
  expect(ask('id eq "g" and members eq "u2"')).toBe(false);
});

test('checklist 45: strings are no booleans for a strict profile', () => {
  expect(refusal('active eq "True"', { profile: strictProfile })).toBe(
    '400 invalidFilter: active is of type boolean; compare it with true or false.',
  );
});

describe('checklist 46: attributes that are never returned cannot be filtered by', () => {
  test.each([
    'password eq "x"',
    'PASSWORD pr',
    'password ne null',
    'active eq true and not (password sw "a")',
    `${core}:password eq "x"`,
    'password[value eq "x"]',
    `${badgeUrn}:pin eq "1"`,
    `${badgeUrn}:keys.value eq "x"`,
    `${badgeUrn}:keys eq "x"`,
    `${badgeUrn}:keys[value sw "h"]`,
    `${badgeUrn}:keys[label eq "door"].value pr`,
    `${badgeUrn}:keys[value sw "h"].unknown pr`,
  ])('%s', (filter) => {
    expect(refusal(filter)).toMatch(/^400 sensitive: \w+ is never returned and cannot be filtered by[.]$/);
  });

  test('nor does the presence of such a sub-attribute make a value present', () => {
    expect(matches(`${badgeUrn}:keys pr`, { [badgeUrn]: { keys: [{ value: 'hidden' }] } })).toBe(false);
    expect(matches(`${badgeUrn}:keys pr`, jane)).toBe(true);
  });
});

test('checklist 47: an attribute that no schema has is refused by a strict profile', () => {
  expect(refusal('name.shoeSize eq "x"', { profile: strictProfile })).toBe(
    '400 invalidFilter: User has no attribute name.shoeSize.',
  );
  expect(refusal('emails[shoeSize pr]', { profile: strictProfile })).toBe(
    '400 invalidFilter: User has no attribute shoeSize.',
  );
});
