import { beforeAll, expect, test } from 'vitest';
import { expectError, type ScimClient } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { badge, coreUser, enterprise } from '../support/scim-urns.ts';
import { makePeople, type People } from './people.ts';

/** A filter and the people that it finds, by the first part of their names: `jane kim otto`. */
type Row = readonly [filter: string, found: string];

const grammar: readonly Row[] = [
  ['userName eq "jane.doe@example.com"', 'jane'],
  ['userName eq "kim" or userName eq "otto"', 'kim otto'],
  ['userName sw "k" and active eq true', 'kim'],
  ['not (userName eq "kim")', 'jane otto'],
  ['not(userName eq "kim")', 'jane otto'],
  ['((((((((((userName eq "kim"))))))))))', 'kim'],
  ['(userName eq "kim" or (userName eq "otto" and not (active eq true)))', 'kim otto'],
  ['emails[type eq "work"]', 'jane kim'],
  ['emails[type eq "work" and not (value co "kim")]', 'jane'],
  ['emails[type eq "work"].value eq "kim@example.com"', 'kim'],
  ['emails[type eq "home"].value eq "kim@example.com"', ''],
  ['  userName   eq   "kim"  ', 'kim'],
];

const precedence: readonly Row[] = [
  ['userName eq "jane.doe@example.com" or userName eq "kim" and active eq false', 'jane'],
  ['(userName eq "jane.doe@example.com" or userName eq "kim") and active eq false', ''],
  ['not (userName eq "kim") and active eq true', 'jane'],
  ['not (userName eq "kim" and active eq true)', 'jane otto'],
  ['active eq false and userName eq "kim" or userName eq "otto"', 'otto'],
];

const operators: readonly Row[] = [
  ['userName EQ "kim"', 'kim'],
  ['USERNAME Ne "kim"', 'jane otto'],
  ['username cO "ane"', 'jane'],
  ['userName SW "OT"', 'otto'],
  ['userName ew ".com"', 'jane'],
  ['userName gt "kim"', 'otto'],
  ['userName GE "kim"', 'kim otto'],
  ['userName lt "kim"', 'jane'],
  ['userName le "KIM"', 'jane kim'],
  ['title PR', 'jane'],
  ['userName eq "kim" OR userName eq "otto" AND NOT (title pr)', 'kim otto'],
  ['NAME.FAMILYNAME eq "doé"', 'jane'],
];

const values: readonly Row[] = [
  ['displayName eq "Jane \\"JD\\" Doé"', 'jane'],
  ['displayName eq "Jane \\u0022JD\\u0022 Do\\u00e9"', 'jane'],
  ['displayName co "\\\\"', 'kim'],
  ['displayName co "(a] [b)"', 'kim'],
  ['emails[display eq "x]y" or value eq ")("]', 'kim'],
  ['displayName co " or "', 'otto'],
  [`${badge}:level eq 7`, 'jane'],
  [`${badge}:level eq 7.0`, 'jane'],
  [`${badge}:score gt -0.5e1`, 'jane kim'],
  ['active eq false', 'otto'],
];

const letterCase: readonly Row[] = [
  ['userName eq "JANE.DOE@EXAMPLE.COM"', 'jane'],
  ['emails.value eq "KIM@Example.com"', 'kim'],
  ['displayName sw "JANE" and displayName ew "DOÉ"', 'jane'],
  ['name.familyName eq "DOE\u0301"', 'jane'],
  ['externalId eq "ext-JANE"', ''],
  ['externalId eq "Ext-Jane"', 'jane'],
  ['externalId sw "ext-"', 'kim'],
  ['meta.resourceType eq "user"', ''],
];

const order: readonly Row[] = [
  ['userName gt "JANE.DOE@EXAMPLE.COL"', 'jane kim otto'],
  ['externalId lt "a"', 'jane'],
  [`${badge}:issuedAt gt "2024-05-01T12:00:00+02:00"`, 'kim'],
  [`${badge}:issuedAt ge "2024-05-01T12:00:00+02:00"`, 'jane kim'],
  [`${badge}:issuedAt eq "2024-05-01T10:00:00.000000Z"`, 'jane'],
  [`${badge}:issuedAt lt "2024-05-01T10:00:00.001Z"`, 'jane'],
  [`${badge}:level gt 7`, 'kim'],
  [`${badge}:level lt 10`, 'jane'],
  [`${badge}:score le 2.5`, 'jane kim'],
  ['meta.created gt "2020-01-01T00:00:00Z" and meta.created lt "2990-01-01T00:00:00Z"', 'jane kim otto'],
];

const multiValued: readonly Row[] = [
  ['emails co "home.example"', 'jane'],
  ['emails.value co "home.example"', 'jane'],
  ['emails.type eq "home" and emails.value eq "jane@work.example"', 'jane'],
  ['emails[type eq "home" and value eq "jane@work.example"]', ''],
  ['emails[type eq "home" and value eq "jane@home.example"]', 'jane'],
  [`${badge}:tags eq "Guest"`, 'jane'],
];

const absence: readonly Row[] = [
  ['title ne "Clerk"', 'kim otto'],
  ['nickName pr', ''],
  ['title pr', 'jane'],
  ['emails pr', 'jane kim'],
  ['name pr', 'jane'],
  ['not (emails pr)', 'otto'],
];

const nulls: readonly Row[] = [
  ['title eq null', 'kim otto'],
  ['title ne null', 'jane'],
  ['emails ne null and active eq true', 'jane kim'],
];

const unquoted: readonly Row[] = [
  ['externalId eq ext-kim', 'kim'],
  ["userName eq 'kim'", 'kim'],
  ['emails[type eq work].value sw kim', 'kim'],
];

const stringBooleans: readonly Row[] = [
  ['active eq "True"', 'jane kim'],
  ['active eq "False"', 'otto'],
  ['emails[primary eq "true"]', 'jane'],
];

/** The profile takes an attribute that no schema has as one without a value. */
const unknown: readonly Row[] = [
  ['shoeSize eq 42', ''],
  ['shoeSize pr', ''],
  ['not (shoeSize pr) and userName eq "kim"', 'kim'],
];

const urns: readonly Row[] = [
  [`${coreUser}:userName eq "kim"`, 'kim'],
  [`${coreUser.toUpperCase()}:USERNAME eq "kim"`, 'kim'],
  [`${coreUser}:name.familyName eq "Doé"`, 'jane'],
  [`${enterprise}:department eq "R&D"`, 'kim'],
  [`${enterprise}:manager.value pr`, 'kim'],
  [`${coreUser}:emails[type eq "work"].value sw "kim"`, 'kim'],
];

const clients: readonly Row[] = [
  [`schemas eq "${enterprise}"`, 'kim'],
  ['meta.lastModified ge "2020-01-01T00:00:00Z"', 'jane kim otto'],
  ['meta.resourceType eq "User"', 'jane kim otto'],
  ['externalId eq "ext-kim"', 'kim'],
  [
    'active eq true and (meta.lastModified ge "2020-01-01T00:00:00Z" and meta.lastModified le "2990-01-01T00:00:00Z")',
    'jane kim',
  ],
];

describeHosts('1.4 Filter', (connect) => {
  let scim: ScimClient;
  let people: People;

  beforeAll(async () => {
    scim = await connect();
    people = await makePeople(scim);
  });

  const finds = async (filter: string, found: string) => {
    const names = (await scim.find(filter)).map((name) => name.split('.')[0]);
    expect(names.join(' ')).toBe(found);
  };
  const refused = async (filter: string, scimType: string) => {
    expectError(await scim.get(`/Users?filter=${encodeURIComponent(filter)}`), 400, scimType);
  };

  test.each(grammar)('#33 %s finds "%s"', finds);
  test.each(precedence)('#34 %s finds "%s"', finds);
  test.each(operators)('#35 %s finds "%s"', finds);
  test.each(values)('#36 %s finds "%s"', finds);
  test.each(unquoted)('#37 %s finds "%s"', finds);
  test.each(letterCase)('#38 %s finds "%s"', finds);
  test.each(order)('#39 %s finds "%s"', finds);
  test.each(multiValued)('#40 %s finds "%s"', finds);
  test.each(absence)('#41 %s finds "%s"', finds);
  test.each(nulls)('#42 %s finds "%s"', finds);
  test.each(urns)('#43 %s finds "%s"', finds);
  test.each(clients)('#44 %s finds "%s"', finds);
  test.each(stringBooleans)('#45 %s finds "%s"', finds);
  test.each(unknown)('#47 %s finds "%s"', finds);

  test.each([
    ' ',
    'userName',
    'userName eq',
    'eq "kim"',
    'userName eq "kim" and',
    '(userName pr',
    'userName pr)',
    'not userName pr',
    'emails[]',
    'emails[type eq "work"',
    'userName pr userName pr',
    `${'('.repeat(200)}userName pr${')'.repeat(200)}`,
  ])('#33 %j is 400 invalidFilter', (filter) => refused(filter, 'invalidFilter'));

  test.each(['userName = "kim"', 'userName is "kim"', 'userName matches "k.*"', '"kim" eq userName', 'user name pr'])(
    '#35 %j is 400 invalidFilter',
    (filter) => refused(filter, 'invalidFilter'),
  );

  test.each(['userName eq "kim', 'userName eq "\\x41"', 'userName eq ["kim"]'])(
    '#36 %j is 400 invalidFilter',
    (filter) => refused(filter, 'invalidFilter'),
  );

  test.each([
    'active gt true',
    'active le false',
    `${badge}:key gt "QUJD"`,
    `${badge}:level eq "seven"`,
    'meta.created gt "yesterday"',
  ])('#39 %j is 400 invalidFilter', (filter) => refused(filter, 'invalidFilter'));

  test('#44 ids find users and groups, exactly', async () => {
    await finds(`id eq "${people.kim}"`, 'kim');
    await finds(`id eq "${people.kim}" and manager eq "${people.jane}"`, 'kim');
    await finds(`id eq "${people.kim}" and manager eq "${people.otto}"`, '');
    await finds(`${enterprise}:manager eq "${people.jane}"`, 'kim');
    await finds(`groups.value eq "${people.staff}"`, 'jane kim');
    await finds(`groups eq "${people.staff}"`, 'jane kim');
    await finds(`groups.value eq "${people.everybody}"`, 'jane kim');
    await finds(`groups[value eq "${people.everybody}" and type eq "direct"]`, '');
    await finds(`not (groups.value eq "${people.staff}")`, 'otto');
    await finds(`id eq "${people.staff}"`, '');
  });

  test('#44 members find groups, exactly', async () => {
    const groups = (filter: string) => scim.find(filter, '/Groups');
    expect(await groups('displayName eq "STAFF"')).toEqual(['Staff']);
    expect(await groups(`members.value eq "${people.jane}"`)).toEqual(['Staff']);
    expect(await groups(`members eq "${people.kim}"`)).toEqual(['Staff']);
    expect(await groups(`members[value eq "${people.kim}"]`)).toEqual(['Staff']);
    expect(await groups(`id eq "${people.staff}" and members eq "${people.otto}"`)).toEqual([]);
    expect(await groups(`members.value eq "${people.staff}"`)).toEqual(['Everybody']);
    expect(await groups('members[type eq "Group"]')).toEqual(['Everybody']);
    expect(await groups(`not (members.value eq "${people.jane}")`)).toEqual(['Everybody']);
    expect(await groups('members pr')).toEqual(['Everybody', 'Staff']);
  });

  test.each([
    'password eq "x"',
    'password pr',
    'not (PASSWORD sw "a")',
    `${coreUser}:password eq "x"`,
    'userName eq "kim" or password ne "x"',
    `${badge}:pin eq "1234"`,
  ])('#46 %s is 400 sensitive', (filter) => refused(filter, 'sensitive'));

  test('#47 a filter does nothing to the GET of one resource', async () => {
    const answer = await scim.get(`/Users/${people.kim}?filter=${encodeURIComponent('userName eq "kim"')}`);
    expect([answer.status, answer.body.id]).toEqual([200, people.kim]);
  });
});
