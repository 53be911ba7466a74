import type { Confirmed } from './made.ts';
import { once } from './once.ts';
import type { Probe } from './probe.ts';
import { groupBody, userBody } from './sent-bodies.ts';

/** What became of the first POST of a user. */
export const firstUser = once((probe) => probe.post('Users', userBody(probe.session.newName('user'))));

/** What became of the first POST of a group. */
export const firstGroup = once((probe) => probe.post('Groups', groupBody(probe.session.newName('group'))));

/**
 * A user of the check, the same for every requirement: whoever changes it sets what it compares with.
 *
 * @throws NotTried
 */
export async function somebody(probe: Probe): Promise<Confirmed> {
  return probe.confirm(await firstUser(probe));
}

/**
 * A user that no other requirement knows.
 *
 * @throws NotTried
 */
export async function newUser(probe: Probe): Promise<Confirmed> {
  // Where the first could not be made, no further one is tried.
  await somebody(probe);
  return probe.confirm(await probe.post('Users', userBody(probe.session.newName('user'))));
}

/**
 * A group that no other requirement knows, without members.
 *
 * @throws NotTried
 */
export async function newGroup(probe: Probe): Promise<Confirmed> {
  await probe.confirm(await firstGroup(probe));
  return probe.confirm(await probe.post('Groups', groupBody(probe.session.newName('group'))));
}

/** Users who are members of groups, the same for every requirement. */
export const memberCandidates = once(async (probe) => {
  const others = [];
  while (others.length < 3) others.push(await newUser(probe));
  return [await somebody(probe), ...others];
});

/** A user who is deactivated, with the answer to that. Few are: services may count who loses access. */
export const deactivatedUser = once(async (probe) => {
  const user = await newUser(probe);
  const answer = await probe.patch(user, { op: 'replace', path: 'active', value: false });
  return { user, answer, shown: await probe.read(user) };
});

/** A user who is deleted, with the answer to that, and what is shown of the user afterwards. */
export const deletedUser = once(async (probe) => {
  const user = await newUser(probe);
  const answer = await probe.delete(user);
  return { user, answer, shown: await probe.read(user) };
});
