import { describe, expect, test } from 'vitest';
import { enterpriseUserSchema } from './enterprise-user-schema.ts';
import { groupSchema } from './group-schema.ts';
import type { Attribute, Schema } from './schema.ts';
import { userSchema } from './user-schema.ts';

function paths(schema: Schema, fits: (attribute: Attribute) => boolean): string[] {
  return schema.attributes.flatMap((attribute) => [
    ...(fits(attribute) ? [attribute.name] : []),
    ...(attribute.subAttributes ?? []).filter(fits).map((sub) => `${attribute.name}.${sub.name}`),
  ]);
}

function subNames(schema: Schema, name: string): string[] {
  return schema.attributes.find((one) => one.name === name)?.subAttributes?.map((sub) => sub.name) ?? [];
}

describe('the User schema (RFC 7643 s4.1, s8.7.1)', () => {
  test('has the attributes', () => {
    expect(userSchema.attributes.map(({ name }) => name)).toEqual([
      'userName',
      'name',
      'displayName',
      'nickName',
      'profileUrl',
      'title',
      'userType',
      'preferredLanguage',
      'locale',
      'timezone',
      'active',
      'password',
      'emails',
      'phoneNumbers',
      'ims',
      'photos',
      'addresses',
      'groups',
      'entitlements',
      'roles',
      'x509Certificates',
    ]);
  });

  test('requires userName alone, and makes it unique whatever its case', () => {
    expect(paths(userSchema, ({ required }) => required)).toEqual(['userName']);
    expect(paths(userSchema, ({ uniqueness }) => uniqueness !== 'none')).toEqual(['userName']);
    expect(userSchema.attributes[0]).toMatchObject({ uniqueness: 'server', caseExact: false });
  });

  test('distinguishes case in the password, in references, in binaries and in ids', () => {
    expect(paths(userSchema, ({ caseExact }) => caseExact)).toEqual([
      'profileUrl',
      'password',
      'photos.value',
      'groups.value',
      'groups.$ref',
      'x509Certificates.value',
    ]);
  });

  test('lets groups only be read (#125) and the password only be written (#19)', () => {
    expect(paths(userSchema, ({ mutability }) => mutability === 'readOnly')).toEqual([
      'groups',
      'groups.value',
      'groups.$ref',
      'groups.display',
      'groups.type',
    ]);
    expect(paths(userSchema, ({ mutability }) => mutability === 'writeOnly')).toEqual(['password']);
    expect(paths(userSchema, ({ returned }) => returned !== 'default')).toEqual(['password']);
    expect(paths(userSchema, ({ returned }) => returned === 'never')).toEqual(['password']);
  });

  test('has lists with value, display, type and primary (#120)', () => {
    const lists = ['emails', 'phoneNumbers', 'ims', 'photos', 'entitlements', 'roles', 'x509Certificates'];
    for (const name of lists) expect(subNames(userSchema, name)).toEqual(['value', 'display', 'type', 'primary']);
    expect(subNames(userSchema, 'addresses')).toEqual([
      'formatted',
      'streetAddress',
      'locality',
      'region',
      'postalCode',
      'country',
      'type',
      'primary',
    ]);
    expect(subNames(userSchema, 'name')).toEqual([
      'formatted',
      'familyName',
      'givenName',
      'middleName',
      'honorificPrefix',
      'honorificSuffix',
    ]);
  });
});

describe('the Group schema (RFC 7643 s4.2, s8.7.1)', () => {
  test('requires displayName (#117) and the id of a member', () => {
    expect(paths(groupSchema, ({ required }) => required)).toEqual(['displayName', 'members.value']);
  });

  test('keeps what identifies a member, and derives its name (#126)', () => {
    expect(paths(groupSchema, ({ mutability }) => mutability === 'immutable')).toEqual([
      'members.value',
      'members.$ref',
      'members.type',
    ]);
    expect(paths(groupSchema, ({ mutability }) => mutability === 'readOnly')).toEqual(['members.display']);
    expect(paths(groupSchema, ({ caseExact }) => caseExact)).toEqual(['members.value', 'members.$ref']);
  });
});

test('the enterprise extension has six attributes, of which the name of the manager is derived (#127)', () => {
  expect(paths(enterpriseUserSchema, () => true)).toEqual([
    'employeeNumber',
    'costCenter',
    'organization',
    'division',
    'department',
    'manager',
    'manager.value',
    'manager.$ref',
    'manager.displayName',
  ]);
  expect(paths(enterpriseUserSchema, ({ mutability }) => mutability === 'readOnly')).toEqual(['manager.displayName']);
  expect(paths(enterpriseUserSchema, ({ required }) => required)).toEqual([]);
});
