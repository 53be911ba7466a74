import { filterUsers, requireFilter, usersNamed } from '../filter-users.ts';
import { answered, fail, succeeded, warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { resourcesOf } from '../scim-answers.ts';
import { userBody } from '../sent-bodies.ts';

export const userFilterQuotes: Requirement = {
  code: 'user-filter-quotes',
  title: 'A userName with quotation marks is looked for as it is',
  source: 'RFC 7644 s3.4.2.2 (values are JSON)',
  fix: 'Read the value of a filter as a JSON string, in which \\" is a quotation mark and \\\\ a backslash.',
  writes: false,
  async check(probe) {
    await requireFilter(probe);
    const nobody = probe.session.newName('nobody', '"q"\\');
    const answer = await filterUsers(probe, nobody);
    const found = resourcesOf(answer);
    // Few names have one: no answer is less harm than somebody else.
    if (found === undefined) warn(`the filter is answered with ${answered(answer)}, and no list`);
    if (found.length > 0) fail('a userName with quotation marks, which nobody has, finds somebody');
    if (probe.readOnly) return;
    const userName = probe.session.newName('user', '"q"\\');
    const made = (await probe.post('Users', userBody(userName))).answer;
    if (made.status >= 500)
      warn(`the POST of a user whose userName has quotation marks is answered with ${answered(made)}`);
    // A service may refuse such names.
    if (!succeeded(made)) return;
    if ((await usersNamed(probe, userName)).length !== 1)
      warn('a user whose userName has quotation marks is not found');
  },
};
