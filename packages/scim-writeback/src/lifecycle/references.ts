import { RemoteError, UsageError } from '@oaa-kit/oaa';
import type { ActionSession } from './action-session.ts';
import { findOne } from './find-one.ts';

/** A user by the id that the service has given, which takes no request, or by name, which is looked up first. */
export type UserReference = { readonly id: string } | { readonly userName: string };

/** A group by the id that the service has given, which takes no request, or by name, which is looked up first. */
export type GroupReference = { readonly id: string } | { readonly displayName: string };

function notThere(what: string, name: string): RemoteError {
  return new RemoteError('not-found', `There is no ${what} ${JSON.stringify(name)}.`, {
    status: 404,
    hint: 'Check the name; nothing was changed.',
  });
}

function notEmpty(text: string, what: string): string {
  if (text.trim() !== '') return text;
  throw new UsageError('usage', `The ${what} is empty.`, { hint: `Give the ${what} of whom is meant.` });
}

/** @throws RemoteError `not-found`, `name-ambiguous` */
export async function userIdOf(session: ActionSession, user: UserReference): Promise<string> {
  if ('id' in user) return notEmpty(user.id, 'id');
  const found = await findOne(session, 'Users', 'userName', notEmpty(user.userName, 'user name'));
  if (found === undefined) throw notThere('user', user.userName);
  return found.id;
}

/** @throws RemoteError `not-found`, `name-ambiguous` */
export async function groupIdOf(session: ActionSession, group: GroupReference): Promise<string> {
  if ('id' in group) return notEmpty(group.id, 'id');
  const found = await findOne(session, 'Groups', 'displayName', notEmpty(group.displayName, 'display name'));
  if (found === undefined) throw notThere('group', group.displayName);
  return found.id;
}
