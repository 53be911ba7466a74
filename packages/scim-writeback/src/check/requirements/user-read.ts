import { answered, fail, notTried } from '../judge.ts';
import { hasId } from '../made.ts';
import { firstUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { showsName } from '../shows-name.ts';
import { endpoints } from '../sources.ts';

export const userRead: Requirement = {
  code: 'user-read',
  title: 'A user is read by its id',
  source: endpoints,
  fix: 'Answer GET /Users/{id} with 200 and the user, at once after it was made.',
  writes: true,
  async check(probe) {
    const { made } = await firstUser(probe);
    if (!hasId(made)) return notTried('no user could be made', 'user-create');
    const answer = await probe.read(made);
    if (answer.status !== 200) fail(`a user who was made is answered with ${answered(answer)}`);
    if (!showsName(answer, made)) fail('the id of a user who was made shows another userName');
  },
};
