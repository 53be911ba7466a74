import { fail, notTried, warn } from '../judge.ts';
import { memberCandidates } from '../people.ts';
import type { Probe } from '../probe.ts';
import type { Requirement } from '../requirement.ts';
import { idOf, resourcesOf, totalOf } from '../scim-answers.ts';
import { endpoints } from '../sources.ts';

/** What is wrong with the first two pages of one user each; undefined when nothing is. */
async function problemOfPages(probe: Probe): Promise<string | undefined> {
  const [first, second] = [
    await probe.list('Users', { startIndex: '1', count: '1' }),
    await probe.list('Users', { startIndex: '2', count: '1' }),
  ];
  const [users, others] = [resourcesOf(first), resourcesOf(second)];
  if (users === undefined || others === undefined) return notTried('the users are not listed', 'users-list');
  const total = totalOf(first);
  if (total === undefined) return 'a page does not tell totalResults';
  if (users.length > 1 && users.length === total) return warn('count is ignored: everybody comes on one page');
  if (users.length > 1) return `a page of 1 has ${users.length} of ${total} users`;
  if (total < 2) return `totalResults is ${total}, though there are more users`;
  if (others.length === 0) return 'the second page is empty';
  if (idOf({ body: users[0] }) === idOf({ body: others[0] })) return 'the second page shows the user of the first';
  return undefined;
}

export const pages: Requirement = {
  code: 'pages',
  title: 'The users are listed to the last one, page by page',
  source: `${endpoints}; RFC 7644 s3.4.2.4`,
  fix: 'Heed startIndex (from 1) and count, keep one order, and send as totalResults how many there are on all pages.',
  writes: false,
  async check(probe) {
    if (!probe.readOnly) await memberCandidates(probe);
    else if ((totalOf(await probe.list('Users', { startIndex: '1', count: '1' })) ?? 0) < 2) {
      notTried('there are fewer than two users', 'users-list');
    }
    // While somebody else adds or deletes users, pages may move once.
    if ((await problemOfPages(probe)) === undefined) return;
    const problem = await problemOfPages(probe);
    if (problem !== undefined) fail(problem);
  },
};
