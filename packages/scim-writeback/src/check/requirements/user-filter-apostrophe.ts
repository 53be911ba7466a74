import { requireFilter, usersNamed } from '../filter-users.ts';
import { answered, fail, succeeded } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { userBody } from '../sent-bodies.ts';

export const userFilterApostrophe: Requirement = {
  code: 'user-filter-apostrophe',
  title: 'A userName with an apostrophe is looked for as it is',
  source: 'RFC 7644 s3.4.2.2',
  fix: "Bind the value of a filter as a parameter, never write it into a query: o'brien is a name.",
  writes: false,
  async check(probe) {
    await requireFilter(probe);
    const nobody = await usersNamed(probe, probe.session.newName('nobody', "o'"));
    if (nobody.length > 0) fail('a userName with an apostrophe, which nobody has, finds somebody');
    if (probe.readOnly) return;
    const userName = probe.session.newName('user', "o'");
    const { answer } = await probe.post('Users', userBody(userName));
    if (answer.status >= 500)
      fail(`the POST of a user whose userName has an apostrophe is answered with ${answered(answer)}`);
    // A service may refuse such names.
    if (!succeeded(answer)) return;
    if ((await usersNamed(probe, userName)).length !== 1) fail('a user whose userName has an apostrophe is not found');
  },
};
