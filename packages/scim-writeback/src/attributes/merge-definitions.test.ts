import { expect, test } from 'vitest';
import { attributeMapping } from './attribute-mapping.ts';
import { mergeDefinitions } from './merge-definitions.ts';
import { groups } from './test-mapping.ts';

test('definitions of the base stand as they are spelt, those of the mapping follow', () => {
  expect(mergeDefinitions({ External_ID: 'STRING', region: 'STRING_LIST' }, groups)).toEqual({
    definitions: { External_ID: 'STRING', region: 'STRING_LIST' },
    diagnostics: [],
  });
  expect(mergeDefinitions(undefined, groups).definitions).toEqual({ external_id: 'STRING' });
});

test('a property of the mapping in another spelling is the one of the base', () => {
  const mapping = attributeMapping(groups.schema, { propertyNames: { externalId: 'External_Id' } });
  expect(mergeDefinitions({ external_id: 'STRING' }, mapping).definitions).toEqual({ external_id: 'STRING' });
});

test('a property of two types is an error that names both, since the tenant would refuse the payload', () => {
  const { definitions, diagnostics } = mergeDefinitions({ External_ID: 'NUMBER' }, groups);
  expect(definitions).toEqual({ External_ID: 'NUMBER' });
  expect(diagnostics).toMatchObject([
    {
      severity: 'error',
      code: 'property-type',
      message: 'The payload defines "external_id" as NUMBER, and the SCIM attribute externalId comes as STRING.',
    },
  ]);
});
