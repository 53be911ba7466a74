import type { JsonObject } from '../client/json.ts';
import { equalsFilter } from '../client/read-by-id.ts';
import { answered, fail } from './judge.ts';
import type { Probe } from './probe.ts';
import { resourcesOf } from './scim-answers.ts';

/**
 * The users whom `userName eq` finds, as the tenant asks before it makes or changes one.
 *
 * @throws Finding when the answer is no list
 */
export async function usersNamed(probe: Probe, userName: string): Promise<readonly JsonObject[]> {
  const answer = await probe.list('Users', { filter: equalsFilter('userName', userName) });
  const users = resourcesOf(answer);
  if (users === undefined) fail(`the filter is answered with ${answered(answer)}, and no list`);
  return users;
}

/**
 * Asks for a user name that nobody has.
 *
 * @throws Finding when somebody is found: the tenant would change a stranger
 */
export async function expectNobodyNamed(probe: Probe, userName: string): Promise<void> {
  const found = await usersNamed(probe, userName);
  if (found.length > 0)
    fail(`a user name that nobody has finds ${found.length === 1 ? 'a user' : `${found.length} users`}`);
}
