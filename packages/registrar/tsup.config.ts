import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'cli/index': 'src/cli/index.ts',
    'sandbox/index': 'src/sandbox/index.ts',
  },
  format: 'esm',
  target: 'node22',
  splitting: true,
  removeNodeProtocol: false,
  dts: true,
  sourcemap: true,
  clean: true,
  // The schema of manifests, which editors read.
  onSuccess: async () => {
    await cp('schemas', 'dist/schemas', { recursive: true });
  },
});
