import { describe, expect, test } from 'vitest';
import { splitAttributePath } from './attribute-path.ts';
import { attribute } from './define-attribute.ts';
import { enterpriseUserSchema } from './enterprise-user-schema.ts';
import { extendResourceType } from './extend-resource-type.ts';
import { ResourceSchema } from './resource-schema.ts';
import { userResourceType } from './resource-types.ts';
import { userSchema } from './user-schema.ts';

const schema = new ResourceSchema(userResourceType);
const core = userSchema.id;
const enterprise = enterpriseUserSchema.id;

function resolve(path: string, within = schema): string | undefined {
  const found = within.resolve(splitAttributePath(path));
  if (found === undefined) return undefined;
  return [found.extension?.id ?? '', found.attribute.name, ...(found.sub === undefined ? [] : [found.sub.name])].join(
    '|',
  );
}

describe('a path resolves (#21, #43, #91)', () => {
  test.each([
    ['userName', '|userName'],
    ['USERNAME', '|userName'],
    ['name.GivenName', '|name|givenName'],
    ['id', '|id'],
    ['externalid', '|externalId'],
    ['meta.lastModified', '|meta|lastModified'],
    ['schemas', '|schemas'],
    [`${core}:userName`, '|userName'],
    [`${core}:id`, '|id'],
    [`${core.toUpperCase()}:name.familyName`, '|name|familyName'],
    [`${enterprise}:department`, `${enterprise}|department`],
    [`${enterprise.toLowerCase()}:manager.$ref`, `${enterprise}|manager|$ref`],
    ['groups.value', '|groups|value'],
  ])('%s', (path, expected) => {
    expect(resolve(path)).toBe(expected);
  });

  test('without a URN where only one extension can be meant (#44)', () => {
    expect(resolve('manager')).toBe(`${enterprise}|manager`);
    const payroll = {
      id: 'urn:example:payroll:1.0:User',
      name: 'Payroll',
      description: '',
      attributes: [attribute({ name: 'Manager', description: '' })],
    };
    const both = new ResourceSchema(extendResourceType(userResourceType, [{ schema: payroll, required: false }]));
    expect(resolve('manager', both)).toBeUndefined();
    expect(resolve('urn:example:payroll:1.0:User:manager', both)).toBe('urn:example:payroll:1.0:User|Manager');
  });
});

test.each([
  '',
  'nothing',
  'userName.x',
  'name.givenName.x',
  'name.',
  `${core}:department`,
  `${enterprise}:userName`,
  `${enterprise}`,
  'urn:unknown:User:userName',
  '__proto__',
  'constructor',
  'toString',
  'name.__proto__',
  'name.constructor',
  '__proto__.toString',
  'nic\u212aName',
])('%j resolves to nothing', (path) => {
  expect(resolve(path)).toBeUndefined();
});

describe('a path names a whole schema (#90)', () => {
  test.each([
    [core, core],
    [enterprise, enterprise],
    [enterprise.toUpperCase(), enterprise],
    [`${enterprise}:department`, undefined],
    ['userName', undefined],
  ])('%s', (path, expected) => {
    expect(schema.resolveSchema(splitAttributePath(path))?.id).toBe(expected);
  });
});
