import type { JsonObject } from '../client/json.ts';
import { equalsFilter } from '../client/read-by-id.ts';
import { answered, fail, notTried } from './judge.ts';
import { once } from './once.ts';
import { somebody } from './people.ts';
import type { Probe } from './probe.ts';
import { resourcesOf } from './scim-answers.ts';
import type { Answer } from './wire.ts';

/** The answer to `userName eq`, which the tenant asks before it makes or changes a user. */
export function filterUsers(probe: Probe, userName: string): Promise<Answer> {
  return probe.list('Users', { filter: equalsFilter('userName', userName) });
}

/**
 * The users whom `userName eq` finds.
 *
 * @throws Finding when the answer is no list
 */
export async function usersNamed(probe: Probe, userName: string): Promise<readonly JsonObject[]> {
  const answer = await filterUsers(probe, userName);
  const users = resourcesOf(answer);
  if (users === undefined) fail(`the filter is answered with ${answered(answer)}, and no list`);
  return users;
}

/** The answer to a user name that nobody has, of letters and digits. */
export const nobodyAnswer = once((probe) => filterUsers(probe, probe.session.newName('nobody')));

/** The users who are found by the name of one who is there, of letters and digits. */
export const somebodyAnswer = once(async (probe) => filterUsers(probe, (await somebody(probe)).name));

/**
 * Whether filters work at all: what is special about a name is seen only then.
 *
 * @throws NotTried
 */
export async function requireFilter(probe: Probe): Promise<void> {
  if (resourcesOf(await nobodyAnswer(probe))?.length !== 0) {
    notTried('a plain userName that nobody has finds no empty list', 'user-filter-unknown');
  }
  if (!probe.readOnly && resourcesOf(await somebodyAnswer(probe))?.length !== 1) {
    notTried('a user is not found by a plain userName', 'user-filter');
  }
}
