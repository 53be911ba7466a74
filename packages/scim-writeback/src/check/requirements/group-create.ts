import { expectSuccess, fail, warn } from '../judge.ts';
import { firstGroup } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { createGroupAction } from '../sources.ts';

export const groupCreate: Requirement = {
  code: 'group-create',
  title: 'A group is made of a name alone, and its id answered',
  source: createGroupAction,
  fix: 'Take POST /Groups with schemas and displayName, without members, and answer with 201 and the group with its id.',
  writes: true,
  async check(probe) {
    const { answer, made } = await firstGroup(probe);
    expectSuccess('the POST of a group', answer);
    if (made.id === undefined) fail('the answer to the POST of a group has no id, or one that is no text');
    if (answer.status !== 201) warn(`a group that was made is answered with HTTP ${answer.status} and not 201`);
  },
};
