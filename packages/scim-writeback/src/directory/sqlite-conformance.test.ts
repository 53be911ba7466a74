import { describe, test } from 'vitest';
import { directoryLaws } from './conformance.ts';
import { sqliteStore, temporaryFile } from './test-store.ts';

describe('a directory in SQLite', () => {
  test.each(directoryLaws)('$name', async ({ check }) => {
    await check(sqliteStore(await temporaryFile()));
  });
});
