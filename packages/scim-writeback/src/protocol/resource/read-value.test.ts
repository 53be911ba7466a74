import { describe, expect, test } from 'vitest';
import { type Profile, standardProfile } from '../profile.ts';
import { enterpriseUserSchema } from '../schemas/enterprise-user-schema.ts';
import { normaliseResource } from './normalise-resource.ts';
import { customUrn, customUsers, groups, users } from './test-schemas.ts';
import { refusal, refusalOf, store } from './test-store.ts';

const core = users.type.schema.id;
const enterprise = enterpriseUserSchema.id;
const group = groups.type.schema.id;

describe('#71, #120 of the values of an attribute', () => {
  test('one is primary at most', () => {
    const emails = [
      { value: 'a', primary: true },
      { value: 'b', primary: true },
    ];
    expect(refusalOf({ emails })).toBe('400 invalidValue: emails has two values with primary: true.');
    expect(store({ emails }, { profile: { manyPrimaries: 'first' } })).toEqual({
      emails: [
        { value: 'a', primary: true },
        { value: 'b', primary: false },
      ],
    });
  });

  test('each combination of value and type is there once, by the case rule of the attribute', () => {
    const emails = [{ value: 'a@x', type: 'work' }, { value: 'A@X', type: 'Work', primary: true }, { value: 'a@x' }];
    expect(store({ emails })).toEqual({
      emails: [{ value: 'a@x', type: 'work', primary: true }, { value: 'a@x' }],
    });
    expect(refusalOf({ emails }, { profile: { duplicateValues: 'reject' } })).toBe(
      '400 invalidValue: emails[1] is there twice.',
    );
    expect(store({ [customUrn]: { tags: ['a', 'A', 'b'] } }, { schema: customUsers })).toEqual({
      [customUrn]: { tags: ['a', 'b'] },
    });
  });

  test('a member is there once, whatever is said of it, and ids distinguish case', () => {
    const members = [{ value: 'a' }, { value: 'a', type: 'User' }, { value: 'A' }];
    expect(normaliseResource({ schemas: [group], displayName: 'G', members }, groups, standardProfile).members).toEqual(
      [{ type: 'User', value: 'a' }, { value: 'A' }],
    );
  });

  test('addresses are the same where all of them is', () => {
    const addresses = [{ locality: 'Bonn' }, { locality: 'bonn' }, { locality: 'Bonn', type: 'work' }];
    expect(store({ addresses })).toEqual({ addresses: [{ locality: 'Bonn' }, { locality: 'Bonn', type: 'work' }] });
  });

  test('there are at most 100,000', () => {
    const roles = Array.from({ length: 100_001 }, () => null);
    expect(refusalOf({ roles })).toBe('400 invalidValue: roles has more than 100000 values.');
  });
});

describe('#76, #119 types', () => {
  const custom = (data: object) => refusalOf({ [customUrn]: data }, { schema: customUsers });

  test.each([
    [{ title: 1 }, 'title takes a string, not a number.'],
    [{ title: {} }, 'title takes a string, not an object.'],
    [{ title: ['a', 'b'] }, 'title takes a single value, not a list.'],
    [{ active: 1 }, 'active takes true or false, not a number.'],
    [{ active: 'yes' }, 'active takes true or false, not this string.'],
    [{ profileUrl: 'a b' }, 'profileUrl takes a URI, not this string.'],
    [{ name: 'x' }, 'name takes an object, not a string.'],
    [{ emails: [['x']] }, 'emails[0] takes an object, not a list.'],
    [{ emails: [{ value: ['x', 'y'] }] }, 'emails[0].value takes a single value, not a list.'],
    [{ emails: [{ primary: 'x' }] }, 'emails[0].primary takes true or false, not this string.'],
    [{ x509Certificates: [{ value: '%' }] }, 'x509Certificates[0].value takes base64, not this string.'],
    [{ [enterprise]: 'x' }, `${enterprise} takes an object, not a string.`],
    [{ [enterprise]: [1] }, `${enterprise} takes an object, not a list.`],
    [{ title: 'a\0' }, 'title has a null character or half a surrogate pair.'],
    [{ title: '\ud800' }, 'title has a null character or half a surrogate pair.'],
    [{ title: 'x'.repeat(262_145) }, 'title has more than 262144 characters.'],
    [{ userName: 'x'.repeat(1025) }, 'userName has more than 1024 characters.'],
    [{ userName: 7 }, 'userName takes a string, not a number.'],
  ])('%j', (body, detail) => {
    expect(refusalOf(body)).toBe(`400 invalidValue: ${detail}`);
  });

  test.each([
    [{ payGrade: 1.5 }, 'payGrade takes a whole number, not a number.'],
    [{ payGrade: '1' }, 'payGrade takes a whole number, not this string.'],
    [{ payGrade: 2 ** 53 }, 'payGrade takes a whole number, not a number.'],
    [{ ratio: '1' }, 'ratio takes a number, not this string.'],
    [{ hired: '2026-01-01' }, 'hired takes a date and time such as 2026-01-31T09:30:00Z, not this string.'],
    [{ tags: [{ value: 'x' }] }, 'tags[0] takes a string, not an object.'],
  ])('%j', (data, detail) => {
    expect(custom(data)).toBe(`400 invalidValue: ${customUrn}:${detail}`);
  });

  test.each([null, 'x', 1, true, []])('a body %j', (body) => {
    expect(refusal(body)).toMatch(/^400 invalidSyntax: The body has to be an object, not /);
  });

  test('all problems are told at once, with the keyword of the first, and no more than ten', () => {
    expect(refusalOf({ title: 1, nickName: 2, emails: 3 })).toBe(
      '400 invalidValue: nickName takes a string, not a number. title takes a string, not a number. emails[0].value takes a string, not a number.',
    );
    expect(refusalOf({ roles: Array.from({ length: 100 }, () => []) })).toMatch(/roles\[9\] [^.]*[.] And 90 more[.]$/);
  });

  test('no value of the body is repeated', () => {
    expect(
      refusalOf({ title: ['hunter2'], name: 'hunter2', active: 'hunter2', password: ['hunter2', 1] }),
    ).not.toContain('hunter2');
  });
});

describe('what clients send otherwise than published (section 3 of the reference) is taken', () => {
  test.each([
    [{ active: 'False' }, { active: false }],
    [{ active: 'TRUE' }, { active: true }],
    [{ active: ['true'] }, { active: true }],
    [{ emails: 'a@x' }, { emails: [{ value: 'a@x' }] }],
    [{ emails: { value: 'a@x' } }, { emails: [{ value: 'a@x' }] }],
    [{ emails: [{ value: 'a@x', primary: 'True' }] }, { emails: [{ value: 'a@x', primary: true }] }],
    [{ name: [{ givenName: 'B' }] }, { name: { givenName: 'B' } }],
    [{ [enterprise]: { manager: '7' } }, { [enterprise]: { manager: { value: '7' } } }],
    [{ [enterprise]: { manager: [{ $ref: null, value: '7' }] } }, { [enterprise]: { manager: { value: '7' } } }],
    [{ [enterprise]: { manager: '' } }, {}],
    [{ [enterprise]: { manager: { value: '' } } }, {}],
    [{ profileUrl: '' }, {}],
    [{ name: { middleName: '' } }, { name: { middleName: '' } }],
  ])('%j', (body, expected) => {
    const stored = normaliseResource({ schemas: [core], userName: 'a', ...body }, users, {
      ...standardProfile,
      omittedActive: 'unassigned',
    });
    const { schemas: _, userName: __, ...rest } = stored;
    expect(rest).toEqual(expected);
  });

  test.each([
    [{ active: 'False' }, { stringBooleans: 'reject' }],
    [{ active: [true] }, { looseShapes: 'reject' }],
    [{ emails: 'a@x' }, { looseShapes: 'reject' }],
    [{ emails: { value: 'a@x' } }, { looseShapes: 'reject' }],
    [{ [enterprise]: { manager: '7' } }, { looseShapes: 'reject' }],
    [{ profileUrl: '' }, { looseShapes: 'reject' }],
  ] satisfies [object, Partial<Profile>][])('unless the profile is strict: %j', (body, profile) => {
    expect(refusalOf(body, { profile })).toMatch(/^400 invalidValue: /);
  });
});

test('#121 values besides the canonical ones are taken', () => {
  const emails = [{ value: 'a@x', type: 'school' }];
  expect(store({ emails })).toEqual({ emails });
});

test('#122 values are kept as they were sent', () => {
  const body = {
    phoneNumbers: [{ value: ' tel:+1-201 555', type: 'Mobile' }],
    emails: [{ value: 'BJensen@Example.COM' }],
    [customUrn]: { hired: '2026-01-01T00:00:00.500+02:00', ratio: 1.5 },
  };
  expect(store(body, { schema: customUsers })).toEqual(body);
});
