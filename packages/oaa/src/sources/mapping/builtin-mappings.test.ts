import { expect, test } from 'vitest';
import { InputError } from '../../errors/index.ts';
import { builtinMappings } from './builtin-mappings.ts';
import { readMapping } from './read-mapping.ts';

test('the ready mappings are those of templates/mappings', () => {
  expect(builtinMappings()).toEqual(['app-csv-import', 'simple_csv']);
});

test('a ready mapping is read by its id, and its files are those of the current folder', async () => {
  const { mapping, document } = await readMapping('builtin:simple_csv');
  expect(mapping.sources.map(({ file }) => file)).toEqual(['sample.csv']);
  expect(document.file).toBe('builtin:simple_csv');
});

test('an unknown id is answered with the nearest and with all', async () => {
  const refused = await readMapping('builtin:simple-csv').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toBe('There is no ready mapping "simple-csv". Did you mean "simple_csv"?');
  expect((refused as InputError).hint).toContain('builtin:app-csv-import and builtin:simple_csv');
});

test('an id is no path', async () => {
  await expect(readMapping('builtin:../mappings/simple_csv')).rejects.toThrow('There is no ready mapping');
});
