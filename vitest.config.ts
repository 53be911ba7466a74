import { defineConfig } from 'vitest/config';

const conditions = ['@oaa-kit/source', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'examples/*/src/**/*.test.ts'],
    coverage: { provider: 'v8', include: ['packages/*/src/**'], reporter: ['text-summary'] },
    testTimeout: 30_000,
  },
});
