import { answered, fail, notTried } from '../judge.ts';
import { hasId } from '../made.ts';
import { firstGroup } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { idOf } from '../scim-answers.ts';
import { showsName } from '../shows-name.ts';
import { addMemberAction } from '../sources.ts';

export const groupRead: Requirement = {
  code: 'group-read',
  title: 'A group is read by its id',
  source: addMemberAction,
  fix: 'Answer GET /Groups/{id} with 200 and the group with its members, at once after it was made.',
  writes: true,
  async check(probe) {
    const { made } = await firstGroup(probe);
    if (!hasId(made)) return notTried('no group could be made', 'group-create');
    const answer = await probe.read(made);
    if (answer.status !== 200) fail(`a group that was made is answered with ${answered(answer)}`);
    if (!showsName(answer, made)) fail('the id of a group that was made shows another displayName');
    if (idOf(answer) !== made.id) fail('GET /Groups/{id} shows another id than it was asked for');
  },
};
