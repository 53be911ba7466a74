import { defineConfig } from 'vitest/config';

// Without `import`: it would count for `require` as well, and hand ES modules to CommonJS such as express.
const conditions = ['@oaa-kit/source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // The default leaves a processor unused, which on small machines is half of what there is.
    maxWorkers: '100%',
    // What needs a build has its own configuration there.
    exclude: ['**/node_modules/**', 'test/dist/**'],
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'examples/*/src/**/*.test.ts'],
    coverage: {
      // Asked for by .ci/run, so that the tests run once.
      enabled: process.env.COVERAGE === 'true',
      provider: 'v8',
      include: ['packages/*/src/**'],
      exclude: ['**/*.test.ts', '**/test-*.ts'],
      reporter: ['text-summary'],
      reportOnFailure: true,
    },
    globalSetup: ['test/support/temporary-folder.ts'],
    setupFiles: ['test/support/property-seeds.ts'],
    testTimeout: 30_000,
  },
});
