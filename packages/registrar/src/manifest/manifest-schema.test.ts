import { expect, test } from 'vitest';
import { z } from 'zod';
import { manifestSchema } from './manifest-schema.ts';

interface JsonSchema {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

function editorSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(manifestSchema, { io: 'input' });
  const title = 'Manifest of oaa-kit: a provider as it should be on a tenant';
  return { $schema, title, ...schema } as JsonSchema;
}

/** Fields without a description, by their paths. */
function undescribed(schema: JsonSchema, path = '$'): string[] {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([key, field]) => [
    ...(field.description === undefined && field.$ref === undefined ? [`${path}.${key}`] : []),
    ...undescribed(field, `${path}.${key}`),
  ]);
  const { items, additionalProperties, anyOf = [], $defs = {} } = schema;
  const inner = [
    items,
    ...anyOf,
    ...Object.values($defs),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
  return [...fields, ...inner.flatMap((part) => (part === undefined ? [] : undescribed(part, `${path}[]`)))];
}

test('every field has a description', () => {
  expect(undescribed(editorSchema())).toEqual([]);
});

test('the JSON Schema for editors is what the schema says (vitest -u writes it)', async () => {
  const text = `${JSON.stringify(editorSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../schemas/manifest.schema.json');
});
