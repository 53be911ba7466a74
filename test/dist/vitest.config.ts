import { defineConfig } from 'vitest/config';

/** Tests of what `pnpm run build` made, as users get it: without the condition that leads to the sources. */
export default defineConfig({ test: { dir: import.meta.dirname, testTimeout: 60_000 } });
