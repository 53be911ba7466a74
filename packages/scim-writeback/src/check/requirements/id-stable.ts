import { somebodyAnswer } from '../filter-users.ts';
import { fail } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { idOf, resourcesOf } from '../scim-answers.ts';
import { showsName } from '../shows-name.ts';

export const idStable: Requirement = {
  code: 'id-stable',
  title: 'A user has the same id everywhere',
  source: 'RFC 7643 s3.1',
  fix: 'Give a user one id for ever, and show the same in the answers to POST, GET, PATCH and filters.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    if (idOf(await probe.readBack(user)) !== user.id) fail('GET /Users/{id} shows another id than it was asked for');
    const found = resourcesOf(await somebodyAnswer(probe))?.find((body) => showsName({ status: 200, body }, user));
    if (found !== undefined && idOf({ body: found }) !== user.id) fail('the filter shows another id than the POST did');
    const patched = await probe.patch(user, { op: 'replace', path: 'displayName', value: 'Same' });
    const after = idOf(patched);
    if (after !== undefined && after !== user.id) fail('the answer to a PATCH shows another id');
  },
};
