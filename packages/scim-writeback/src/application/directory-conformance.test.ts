import { describe, test } from 'vitest';
import { directoryLaws } from '../directory/conformance.ts';
import { sqliteStore, temporaryFile } from '../directory/test-store.ts';
import { TestApplication } from './test-application.ts';
import { withWriteBack } from './with-write-back.ts';

// Here, the same request again gets the outcome of the first: see "that want one user name at the same time make one user".
const others = directoryLaws.filter(({ name }) => name !== 'of many that want one user name, one gets it');

describe('a directory whose changes reach an application is a directory', () => {
  test.each(others)('$name', async ({ check }) => {
    const store = sqliteStore(await temporaryFile());
    const adapter = new TestApplication();
    await check({
      async open(options) {
        const directory = await store.open(options);
        return withWriteBack(directory, new Map([['acme', { adapter }]]));
      },
    });
  });
});
