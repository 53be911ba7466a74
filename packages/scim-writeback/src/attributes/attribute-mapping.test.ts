import { hasErrors, InputError, validate } from '@oaa-kit/oaa';
import { describe, expect, test } from 'vitest';
import { attribute } from '../protocol/schemas/define-attribute.ts';
import { extendResourceType } from '../protocol/schemas/extend-resource-type.ts';
import { readSchema } from '../protocol/schemas/read-schema.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { userResourceType } from '../protocol/schemas/resource-types.ts';
import { attributeMapping } from './attribute-mapping.ts';
import {
  customAttributes,
  customGroups,
  customUrn,
  customUsers,
  enterpriseUrn,
  extended,
  groups,
  users,
} from './test-mapping.ts';

function refusal(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

test('users have a property for each policy attribute that is no part of local users, and for each of the enterprise extension', () => {
  expect(Object.keys(users.definitions)).toEqual([
    ...['display_name', 'title', 'nick_name', 'external_id', 'phone_numbers', 'addresses', 'ims', 'photos', 'locale'],
    ...['preferred_language', 'profile_url', 'timezone', 'user_type'],
    ...['formatted_name', 'family_name', 'given_name', 'middle_name'],
    ...['employee_number', 'cost_center', 'organization', 'division', 'department', 'manager'],
  ]);
});

test('groups have one for externalId', () => {
  expect(groups.definitions).toEqual({ external_id: 'STRING' });
});

test('attributes of extensions have the type that the tenant can compare by; what nobody may read has no property', () => {
  const expected = {
    pay_grade: 'NUMBER',
    ratio: 'STRING',
    hired: 'TIMESTAMP',
    badge: 'STRING',
    remote: 'BOOLEAN',
    page: 'STRING',
    skills: 'STRING_LIST',
    floors: 'STRING_LIST',
    score: 'STRING',
    contract_number: 'STRING',
    cards: 'STRING',
  };
  expect(customGroups.definitions).toEqual({ external_id: 'STRING', ...expected });
  expect(customUsers.definitions).toEqual({ ...users.definitions, ...expected });
});

test('the definitions are ones that a payload may have', () => {
  const payload = {
    custom_property_definition: {
      applications: [{ application_type: 'Shop', local_user_properties: customUsers.definitions }],
    },
    applications: [{ name: 'Shop', application_type: 'Shop' }],
  };
  expect(hasErrors(validate(payload))).toBe(false);
});

describe('two attributes that come to one name are refused, and both are named', () => {
  test.each([
    ['one of an extension and one of the core schema', 'nick-name', 'nickName', 'nick_name'],
    ['one of an extension and a name of the table that is no property', 'user_name', 'userName', 'user_name'],
    ['two of different extensions', 'Department', `${enterpriseUrn}:department`, 'department'],
  ])('%s', (_case, name, other, property) => {
    const error = refusal(() => attributeMapping(extended(userResourceType, [{ name }])));
    expect(error.message).toContain(`${other} and ${customUrn}:${name} both come to the property "${property}".`);
    expect(error.diagnostics).toMatchObject([{ severity: 'error', code: 'duplicate-key' }]);
  });

  test('two of one extension', () => {
    const schema = extended(userResourceType, [{ name: 'payGrade' }, { name: 'pay_grade' }]);
    expect(refusal(() => attributeMapping(schema)).message).toContain(
      `${customUrn}:payGrade and ${customUrn}:pay_grade both come to the property "pay_grade".`,
    );
  });
});

describe('propertyNames', () => {
  const schema = extended(userResourceType, [{ name: 'department' }]);

  test('give one of the two another name, by its path in any case', () => {
    const path = `${customUrn}:department`;
    const mapping = attributeMapping(schema, { propertyNames: { [path.toUpperCase()]: 'HR_department' } });
    expect(mapping.definitions).toMatchObject({ department: 'STRING', HR_department: 'STRING' });
    expect(mapping.byName.get('hr_department')?.path).toBe(path);
  });

  test('may rename attributes of the core schema', () => {
    expect(attributeMapping(users.schema, { propertyNames: { title: 'position' } }).definitions).not.toHaveProperty(
      'title',
    );
  });

  test('are refused, all at once, where the tenant would refuse them or they name nothing', () => {
    const propertyNames = JSON.parse(
      '{"title":"title2","locale":"Display_Name","userName":"login","nosuch":"x","__proto__":"y","TITLE":"z"}',
    );
    const error = refusal(() => attributeMapping(users.schema, { propertyNames }));
    expect(error.diagnostics.map(({ path, code }) => [path, code])).toEqual([
      ['$.propertyNames.userName', 'unknown-key'],
      ['$.propertyNames.nosuch', 'unknown-key'],
      ['$.propertyNames.__proto__', 'unknown-key'],
      ['$.propertyNames.TITLE', 'duplicate-key'],
      ['$.propertyNames.title', 'property-name'],
      ['$.propertyNames.locale', 'duplicate-key'],
    ]);
  });
});

test('a core schema without an attribute of the table has no property for it', () => {
  const core = {
    ...userResourceType.schema,
    attributes: userResourceType.schema.attributes.filter((one) => one.name !== 'title'),
  };
  const schema = {
    id: customUrn,
    name: 'x',
    description: '',
    attributes: [attribute({ name: 'title', description: '' })],
  };
  const type = extendResourceType({ ...userResourceType, schema: core }, [{ schema, required: false }]);
  expect(attributeMapping(new ResourceSchema(type)).byName.get('title')?.path).toBe(`${customUrn}:title`);
});

test('what is only written has no property, whatever a schema made in code says of returning it', () => {
  const secret = attribute({ name: 'secret', description: '', mutability: 'writeOnly' });
  const schema = { id: customUrn, name: 'x', description: '', attributes: [secret] };
  const type = extendResourceType(userResourceType, [{ schema, required: false }]);
  expect(attributeMapping(new ResourceSchema(type)).definitions).toEqual(users.definitions);
});

test('an extension may have attributes that are called like parts of every object', () => {
  const custom = { id: customUrn, name: 'x', attributes: [{ name: 'toString' }, { name: 'valueOf' }] };
  const type = extendResourceType(userResourceType, [{ schema: readSchema(custom), required: false }]);
  const mapping = attributeMapping(new ResourceSchema(type));
  expect(mapping.byName.get('to_string')?.path).toBe(`${customUrn}:toString`);
  expect(mapping.byName.get('constructor')).toBeUndefined();
});

test('the mapping of one schema is ever the same', () => {
  expect(attributeMapping(extended(userResourceType, customAttributes)).definitions).toEqual(customUsers.definitions);
});
