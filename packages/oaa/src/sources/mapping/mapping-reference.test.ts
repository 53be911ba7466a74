import { expect, test } from 'vitest';
import { mappingJsonSchema, mappingReference, undescribedOptions } from './test-mapping-reference.ts';

const packageFolder = '../../..';

test('every option has a description', () => {
  expect(undescribedOptions()).toEqual([]);
});

test('the reference page is what the schema says (vitest -u writes it)', async () => {
  await expect(mappingReference()).toMatchFileSnapshot(`${packageFolder}/docs/mapping.md`);
});

test('the JSON Schema for editors is what the schema says (vitest -u writes it)', async () => {
  const text = `${JSON.stringify(mappingJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(`${packageFolder}/schemas/mapping.schema.json`);
});
