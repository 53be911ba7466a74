import { changeLaws } from './conformance/change-laws.ts';
import { concurrencyLaws } from './conformance/concurrency-laws.ts';
import type { DirectoryLaw } from './conformance/law.ts';
import { memberLaws } from './conformance/member-laws.ts';
import { organizationLaws } from './conformance/organization-laws.ts';
import { resourceLaws } from './conformance/resource-laws.ts';

export type { DirectoryLaw, DirectoryStore, DirectoryStoreOptions } from './conformance/law.ts';

/**
 * What is true of every directory, whatever it keeps its resources in. Needs no test runner: each check throws where its
 * law is broken. The directory has to be opened with the standard schemas of users and groups.
 *
 * @example
 * describe('a directory in PostgreSQL', () => {
 *   test.each(directoryLaws)('$name', async ({ check }) => check(await emptyStore()));
 * });
 */
export const directoryLaws: readonly DirectoryLaw[] = [
  ...resourceLaws,
  ...changeLaws,
  ...memberLaws,
  ...concurrencyLaws,
  ...organizationLaws,
];
