import { defineConfig } from 'tsup';

export default defineConfig({
  // The exports of package.json.
  entry: {
    index: 'src/index.ts',
    'application/csv/index': 'src/application/csv/index.ts',
    'application/index': 'src/application/index.ts',
    'check/index': 'src/check/index.ts',
    'cli/index': 'src/cli/index.ts',
    'client/index': 'src/client/index.ts',
    'directory/index': 'src/directory/index.ts',
    'directory/sqlite': 'src/directory/sqlite.ts',
    'lifecycle/index': 'src/lifecycle/index.ts',
    'publish/index': 'src/publish/index.ts',
    'server/index': 'src/server/index.ts',
    'server/fastify': 'src/server/fastify.ts',
    'testing/index': 'src/testing/index.ts',
  },
  format: 'esm',
  target: 'node22',
  splitting: true,
  removeNodeProtocol: false,
  dts: true,
  sourcemap: true,
  clean: true,
});
