import { describe, expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import { enterpriseUserSchema } from '../schemas/enterprise-user-schema.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import { normaliseResource } from './normalise-resource.ts';
import { customUrn, customUsers, groups, strictlyCustomUsers, users } from './test-schemas.ts';
import { refusal, refusalOf, store } from './test-store.ts';

const core = users.type.schema.id;
const enterprise = enterpriseUserSchema.id;
const group = groups.type.schema.id;

describe('#14 what a client may not write is ignored', () => {
  test('id, meta and groups of a user; the name of a manager and of a member', () => {
    const meta = { resourceType: 'X', created: 7 };
    const body = { id: 7, meta, groups: [], [enterprise]: { manager: { value: '1', displayName: 'Boss' } } };
    expect(store(body)).toEqual({ [enterprise]: { manager: { value: '1' } } });
    const members = [{ value: '1', display: 'Babs' }];
    expect(normaliseResource({ schemas: [group], displayName: 'G', members }, groups, standardProfile).members).toEqual(
      [{ value: '1' }],
    );
  });
});

describe('#15, #64 what is required', () => {
  test.each([undefined, null, '', ' \t', []])('userName %j is not there', (userName) => {
    expect(refusal({ schemas: [core], userName })).toBe('400 invalidValue: userName is required.');
  });

  test('also when a resource is replaced', () => {
    const current = normaliseResource({ schemas: [core], userName: 'a' }, users, standardProfile);
    expect(refusal({ schemas: [core] }, { current })).toBe('400 invalidValue: userName is required.');
  });

  test('#117 displayName of a group; the id of each member', () => {
    expect(refusal({ schemas: [group] }, { schema: groups })).toBe('400 invalidValue: displayName is required.');
    expect(refusal({ schemas: [group], displayName: 'G', members: [{ type: 'User' }] }, { schema: groups })).toBe(
      '400 invalidValue: members[0].value is required.',
    );
  });

  test('#123 an extension', () => {
    expect(refusalOf({}, { schema: strictlyCustomUsers })).toBe(`400 invalidValue: ${customUrn} is required.`);
    expect(store({ [customUrn]: { grade: 'a' } }, { schema: strictlyCustomUsers })).toEqual({
      [customUrn]: { grade: 'a' },
    });
  });

  test('a sub-attribute, once its attribute is there', () => {
    const contract = { until: '2026-01-01T00:00:00Z' };
    expect(refusalOf({ [customUrn]: { contract } }, { schema: customUsers })).toBe(
      `400 invalidValue: ${customUrn}:contract.number is required.`,
    );
    expect(store({ [customUrn]: { contract: {} } }, { schema: customUsers })).toEqual({});
  });
});

describe('#17 schemas', () => {
  const schemasOf = (body: object) => normaliseResource({ userName: 'a', ...body }, users, standardProfile).schemas;

  test.each([undefined, null, [], 'x', [1], {}])('%j is refused', (schemas) => {
    expect(refusal({ schemas, userName: 'a' })).toBe(`400 invalidSyntax: schemas has to be a list with ${core}.`);
  });

  test('has to have the core URN, in any case', () => {
    expect(refusal({ schemas: [enterprise], userName: 'a' })).toBe(`400 invalidSyntax: schemas lacks ${core}.`);
    expect(schemasOf({ schemas: [core.toUpperCase()] })).toEqual([core]);
  });

  test('gets the URN of an extension that has data, and loses that of one that has none', () => {
    expect(schemasOf({ schemas: [core], [enterprise]: { department: 'x' } })).toEqual([core, enterprise]);
    expect(schemasOf({ schemas: [core, enterprise] })).toEqual([core]);
    expect(schemasOf({ schemas: [core, enterprise], [enterprise]: { department: null } })).toEqual([core]);
  });

  test('of an extension with data is wanted where the profile says so', () => {
    const body = { schemas: [core], userName: 'a', [enterprise]: { department: 'x' } };
    expect(refusal(body, { profile: { undeclaredExtensions: 'reject' } })).toBe(
      `400 invalidSyntax: schemas lacks ${enterprise}, whose attributes the body has.`,
    );
  });

  test('unknown URNs and doubled ones are passed over', () => {
    const foreign = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
    expect(schemasOf({ schemas: [foreign, core, core] })).toEqual([core]);
    expect(refusal({ schemas: [core, core], userName: 'a' }, { profile: { duplicateValues: 'reject' } })).toBe(
      '400 invalidSyntax: schemas has the same URN twice.',
    );
  });
});

describe('#18 null, an empty list, an empty object and nothing are the same', () => {
  test.each([
    { title: null },
    { emails: [] },
    { emails: null },
    { emails: [null, {}, { value: null }] },
    { name: {} },
    { name: { givenName: null } },
    { title: [] },
    { [enterprise]: null },
    { [enterprise]: {} },
    { [enterprise]: [] },
    { [enterprise]: { manager: { value: null } } },
    { roles: [], phoneNumbers: null, [`${enterprise}:department`]: null },
  ])('%j', (body) => {
    expect(store(body)).toEqual({});
  });
});

describe('#19 a password', () => {
  test('is checked and dropped', () => {
    expect(store({ password: 'secret' })).toEqual({});
    expect(refusalOf({ password: 1 })).toBe('400 invalidValue: password takes a string, not a number.');
  });

  test('is handed on where the profile says so, and kept by a PUT without one (#63)', () => {
    const profile = { passwords: 'keep' } as const;
    const current = normaliseResource({ schemas: [core], userName: 'a', password: 'one' }, users, {
      ...standardProfile,
      ...profile,
    });
    expect(current.password).toBe('one');
    expect(store({}, { profile, current })).toEqual({ password: 'one' });
    expect(store({ password: 'two' }, { profile, current })).toEqual({ password: 'two' });
  });
});

describe('#21 names do not depend on case', () => {
  test('of attributes, sub-attributes and URNs', () => {
    const body = {
      NAME: { GivenName: 'B' },
      Emails: [{ VALUE: 'a@example.com', Primary: true }],
      [enterprise.toUpperCase()]: { DEPARTMENT: 'x' },
      [`${core}:Title`]: 't',
    };
    expect(store(body)).toEqual({
      name: { givenName: 'B' },
      title: 't',
      emails: [{ value: 'a@example.com', primary: true }],
      [enterprise]: { department: 'x' },
    });
  });

  test.each([
    [{ userName: 'a', UserName: 'b' }, 'Two names of the body differ in case only; names do not depend on case.'],
    [{ name: { givenName: 'a', GIVENNAME: 'b' } }, 'name.givenName is given twice; names do not depend on case.'],
    [{ title: 'a', [`${core}:title`]: 'b' }, 'title is given twice; names do not depend on case.'],
    [
      { [enterprise]: { department: 'a' }, [`${enterprise}:department`]: 'b' },
      'department is given twice; names do not depend on case.',
    ],
    [
      { [enterprise]: { division: 'a' }, [enterprise.toUpperCase()]: { department: 'b' } },
      'Two names of the body differ in case only; names do not depend on case.',
    ],
  ])('so the same one twice is refused: %j', (body, detail) => {
    expect(refusalOf(body)).toBe(`400 invalidSyntax: ${detail}`);
  });
});

describe('#63, #66 a PUT', () => {
  const stored = (body: object, more: object) =>
    Object.assign(normaliseResource({ schemas: [core], userName: 'a', ...body }, customUsers, standardProfile), more);

  test('keeps what is readOnly, whatever the body says, and clears what it leaves out', () => {
    const current = stored({ title: 'x', name: { givenName: 'y' } }, { id: '1', meta: { version: 'W/"1"' } });
    const body = { id: '2', meta: { version: 'W/"9"' }, groups: [{ value: 'g' }], nickName: 'n' };
    expect(store(body, { schema: customUsers, current })).toEqual({
      id: '1',
      meta: { version: 'W/"1"' },
      nickName: 'n',
    });
  });

  test('lets an immutable attribute be set once', () => {
    const given = { schema: customUsers, current: stored({ [customUrn]: { code: 'A' } }, {}) };
    const unset = { schema: customUsers, current: stored({}, {}) };
    expect(store({ [customUrn]: { code: 'A' } }, given)).toEqual({ [customUrn]: { code: 'A' } });
    expect(store({}, given)).toEqual({ [customUrn]: { code: 'A' } });
    expect(store({ [customUrn]: { code: 'B' } }, unset)).toEqual({ [customUrn]: { code: 'B' } });
    expect(refusalOf({ [customUrn]: { code: 'a' } }, given)).toBe(
      `400 mutability: ${customUrn}:code is immutable and has another value already.`,
    );
  });

  test('keeps immutable parts of a complex attribute, which can go as a whole', () => {
    const given = { schema: customUsers, current: stored({ [customUrn]: { contract: { number: '1' } } }, {}) };
    expect(refusalOf({ [customUrn]: { contract: { number: '2' } } }, given)).toBe(
      `400 mutability: ${customUrn}:contract.number is immutable and has another value already.`,
    );
    expect(store({}, given)).toEqual({});
  });

  test('keeps what is only written where it is not given', () => {
    const given = { schema: customUsers, current: stored({ [customUrn]: { pin: '1' } }, {}) };
    expect(store({}, given)).toEqual({ [customUrn]: { pin: '1' } });
    expect(store({ [customUrn]: { pin: '2' } }, given)).toEqual({ [customUrn]: { pin: '2' } });
  });

  test('of what was read changes nothing, derived parts included', () => {
    const current = stored({}, { [enterprise]: { manager: { value: '1', displayName: 'Boss' } } });
    const back = { [enterprise]: { manager: { value: '1', displayName: 'other' } } };
    expect(store(back, { schema: customUsers, current })).toEqual({
      [enterprise]: { manager: { value: '1', displayName: 'Boss' } },
    });
    expect(store({ [enterprise]: { manager: { value: '2' } } }, { schema: customUsers, current })).toEqual({
      [enterprise]: { manager: { value: '2' } },
    });
  });

  test('replaces all members of a group, keeping the derived names of those that stay', () => {
    const members = [
      { value: '1', display: 'A' },
      { value: '2', display: 'B' },
    ];
    const current = { schemas: [group], displayName: 'G', members };
    const body = { schemas: [group], displayName: 'G', members: [{ value: '2' }, { value: '3' }] };
    expect(normaliseResource(body, groups, standardProfile, current).members).toEqual([
      { value: '2', display: 'B' },
      { value: '3' },
    ]);
  });
});

describe('#75 unknown attributes', () => {
  const body = { shoeSize: 7, name: { nick: 'x' }, 'urn:nobody:User': { a: 1 }, [`${enterprise}:x`]: 1 };

  test('are left out', () => {
    expect(store(body)).toEqual({});
    expect(store({ manager: null, department: 'x' })).toEqual({});
  });

  test('are refused where the profile says so', () => {
    expect(refusalOf(body, { profile: { unknownAttributes: 'reject' } })).toBe(
      `400 invalidSyntax: "shoeSize" is no attribute. "urn:nobody:User" is no attribute. "${enterprise}:x" is no attribute. name has no "nick".`,
    );
  });

  test.each(['{"__proto__":{"x":1}}', '{"constructor":1}', '{"name":{"Prototype":1}}', '{"name":{"__proto__":1}}'])(
    'that reach prototypes are refused always: %s',
    (text) => {
      expect(refusalOf(JSON.parse(`{"userName":"a",${text.slice(1)}`))).toMatch(
        /^400 invalidSyntax: (\S+: n|N)o attribute may be called "[_a-zA-Z]+"[.]$/,
      );
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});

describe('#128 active', () => {
  const activeOf = (body: object, current?: ScimObject) =>
    normaliseResource({ schemas: [core], userName: 'a', ...body }, users, standardProfile, current).active;

  test('is true where a client does not say otherwise', () => {
    expect(activeOf({})).toBe(true);
    expect(activeOf({ active: null })).toBe(true);
    expect(activeOf({ active: false })).toBe(false);
  });

  test('stays as it is when a PUT leaves it out', () => {
    expect(activeOf({}, { schemas: [core], userName: 'a', active: false })).toBe(false);
    expect(activeOf({ active: true }, { schemas: [core], userName: 'a', active: false })).toBe(true);
  });

  test('is no matter of groups', () => {
    const stored = normaliseResource({ schemas: [group], displayName: 'G' }, groups, standardProfile);
    expect(stored).toEqual({ schemas: [group], displayName: 'G' });
  });
});

test("#129 externalId is the client's", () => {
  expect(store({ externalId: 'X-1' })).toEqual({ externalId: 'X-1' });
  expect(refusalOf({ externalId: 1 })).toBe('400 invalidValue: externalId takes a string, not a number.');
});

test('what is stored has no prototype anywhere', () => {
  const stored = normaliseResource(
    {
      schemas: [core],
      userName: 'a',
      name: { givenName: 'b' },
      emails: [{ value: 'c' }],
      [enterprise]: { manager: '1' },
    },
    users,
    standardProfile,
  );
  const extension = stored[enterprise] as ScimObject;
  const objects = [stored, stored.name, (stored.emails as ScimObject[])[0], extension, extension.manager];
  expect(objects.map((one) => Object.getPrototypeOf(one))).toEqual([null, null, null, null, null]);
});
