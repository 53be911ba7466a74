import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  // The exports of package.json, and what bin/oaa.js runs.
  entry: {
    index: 'src/index.ts',
    'cli/index': 'src/cli/index.ts',
    'cli/main': 'src/cli/main.ts',
    'graph/index': 'src/graph/index.ts',
    'http/index': 'src/http/index.ts',
    'settings/index': 'src/settings/index.ts',
    'sources/index': 'src/sources/index.ts',
    'testing/index': 'src/testing/index.ts',
    // A thread, found by its path.
    'parse-worker': 'src/sources/csv/parse-worker.ts',
  },
  format: 'esm',
  target: 'node22',
  // Bodies of commands stay in chunks of their own, to be loaded when they run.
  splitting: true,
  // Otherwise node:sqlite and the like break in dist.
  removeNodeProtocol: false,
  dts: true,
  sourcemap: true,
  clean: true,
  // The ready mappings, which are found there by their ids, and the schema of mappings, which editors read.
  onSuccess: async () => {
    await cp('../../templates/mappings', 'dist/templates/mappings', { recursive: true });
    await cp('schemas', 'dist/schemas', { recursive: true });
  },
});
