import { GuardError, type OaaError, RemoteError, UnreachableError } from '@oaa-kit/oaa';
import { policyToPatch, policyToUser } from '../attributes/policy-requests.ts';
import type { PolicyValues } from '../attributes/read-policy.ts';
import { type JsonObject, member } from '../client/json.ts';
import type { ScimClient } from '../client/scim-client.ts';
import { createRequest, patchRequest, type SentOperation } from '../client/scim-request.ts';
import { readChanged, type ScimResource } from '../client/scim-resource.ts';
import type { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import type { ActionOptions, ActionResult } from './action.ts';
import { type ActionSession, startAction } from './action-session.ts';
import { checkNewUser } from './check-user.ts';
import { findOne } from './find-one.ts';
import { readMade } from './read-made.ts';
import { readUserSchema, standardUsers } from './read-user-schema.ts';
import { neededChanges } from './user-changes.ts';

export interface SyncIdentityInput {
  /** Attributes as policies of the tenant name them: `{ user_name, given_name, emails }`, and those of extensions by URN. */
  readonly attributes: PolicyValues;
  /**
   * User names to try in turn when the first is taken: the results of fallback formatters. At most
   * {@link maximumUserNames} in all.
   */
  readonly fallbackUserNames?: Iterable<string> | undefined;
  /** Brings back a user who was deactivated. Otherwise `active` stays as it is: a sync lets nobody in again. */
  readonly reactivate?: boolean | undefined;
  /**
   * Sends `If-Match` with the version that was read; when the user has changed meanwhile, it is read again. A user without
   * a version is not updated.
   */
  readonly ifUnchanged?: boolean | undefined;
  /** Reads `/Schemas` first, so that attributes of the service's own extensions can be named by their URN. */
  readonly extensionSchemas?: boolean | undefined;
}

/** Whoever has so many namesakes has a formatter that gives the same name each time. */
export const maximumUserNames = 20;
const maximumConflicts = 3;

type Identity = 'same' | 'another' | 'unknown';

/** Whether a user of the service is the person of the sync, as far as the id in the source of identity tells. */
function identityOf(shown: JsonObject, user: ScimObject): Identity {
  const [theirs, ours] = [member(shown, 'externalId'), member(user, 'externalId')];
  if (typeof theirs !== 'string' || typeof ours !== 'string' || theirs === '' || ours === '') return 'unknown';
  return theirs === ours ? 'same' : 'another';
}

function isTaken(error: unknown): error is RemoteError {
  return error instanceof RemoteError && error.status === 409 && error.remoteCode === 'uniqueness';
}

/** The operations of an update: one for each attribute, its path the SCIM property, several values as a whole list. */
function updateOf({ attributes, reactivate }: SyncIdentityInput, schema: ResourceSchema): readonly SentOperation[] {
  const operations: SentOperation[] = policyToPatch(attributes, schema).map(({ op, path = '', value }) =>
    op === 'remove' ? { op, path } : { op, path, value },
  );
  return reactivate === true ? [...operations, { op: 'replace', path: 'active', value: true }] : operations;
}

/** @throws GuardError when there is none: the update would not be refused when the user has changed meanwhile. */
function versionOf({ version }: ScimResource): string {
  if (version !== undefined) return version;
  throw new GuardError('guard', 'The SCIM service shows no version of the user, so nothing can be made sure of.', {
    hint: 'Leave out --if-unchanged (ifUnchanged). Nothing was changed.',
  });
}

async function update(
  session: ActionSession,
  found: ScimResource,
  operations: readonly SentOperation[],
  { userName, ifUnchanged }: { readonly userName: string; readonly ifUnchanged: boolean },
): Promise<ActionResult> {
  let shown = found;
  for (let conflicts = 0; ; conflicts += 1) {
    const needed = neededChanges(shown.attributes, operations);
    const name = String(member(shown.attributes, 'userName'));
    if (needed.length === 0) return session.end('unchanged', shown.id, name);
    try {
      const request = patchRequest('Users', shown.id, needed, ifUnchanged ? versionOf(shown) : undefined);
      const answer = await session.change(request);
      if (answer !== undefined) readChanged(request, answer);
      return session.end('updated', shown.id, name);
    } catch (error) {
      const isStale = ifUnchanged && error instanceof RemoteError && error.status === 412;
      const changed = isStale && conflicts < maximumConflicts;
      const again = changed ? await findOne(session, 'Users', 'userName', userName) : undefined;
      if (again?.id !== shown.id) throw error;
      shown = again;
    }
  }
}

/** Makes the user. When no answer comes, looks whether it is there: a second one must not be made. */
async function create(session: ActionSession, user: ScimObject, userName: string): Promise<ActionResult> {
  checkNewUser(user, session.client.dialect);
  const request = createRequest('Users', user);
  try {
    const answer = await session.change(request);
    const id = answer === undefined ? undefined : readMade(request, answer, 'userName', userName);
    return session.end('created', id, userName);
  } catch (error) {
    if (!(error instanceof UnreachableError) || !error.mayHaveBeenReceived) throw error;
    const made = await findOne(session, 'Users', 'userName', userName).catch(() => undefined);
    if (made === undefined || identityOf(made.attributes, user) === 'another') throw error;
    return session.end('created', made.id, userName);
  }
}

function userNamesOf(first: string, fallbacks: Iterable<string> = []): readonly string[] {
  const names = new Set([first]);
  for (const name of fallbacks) {
    if (names.size >= maximumUserNames) break;
    if (name.trim() !== '') names.add(name);
  }
  return [...names];
}

function belongsToAnother(tried: readonly string[]): GuardError {
  const names = tried.map((name) => JSON.stringify(name)).join(', ');
  return new GuardError('guard', `Every user name is taken by somebody else: ${names}.`, {
    hint: 'Whoever has it has another externalId, or, with a fallback, none. Give a further fallback formatter.',
  });
}

/**
 * Sync Identities: looks the user up by `userName`, and makes or updates it.
 *
 *     GET /Users?filter=userName eq "jane.doe"
 *     POST /Users            when there is none
 *     PATCH /Users/{id}      when there is one and it differs
 *
 * A user name that is taken (409 `uniqueness`, or the user who has it has another `externalId`) leads to the next of the
 * fallback names, with the same requests. Whoever is found under a fallback name is updated only when the `externalId`
 * says that it is the same person, and the first name is taken to be the person's own when either side has no
 * `externalId`, as the document of the requests has it. So give `externalId` wherever there may be namesakes: then all
 * names are looked up before anybody is made, so that nobody gets a second account.
 *
 * Attributes that are not named stay as they are, on the user that is updated; null, an empty text or list unassigns.
 *
 * @throws InputError for attributes that no user can have, or not in this dialect; with every problem
 * @throws GuardError when every name belongs to somebody else, or with `ifUnchanged` no version is shown; nothing was
 * changed
 * @throws RemoteError 409 of the last name when all are taken; `name-ambiguous`
 */
export async function syncIdentity(
  client: ScimClient,
  input: SyncIdentityInput,
  options?: ActionOptions,
): Promise<ActionResult> {
  const session = startAction(client, options);
  const names = Object.keys(input.attributes);
  const schema = input.extensionSchemas === true ? await readUserSchema(session, names) : standardUsers;
  const user = policyToUser(input.attributes, schema);
  const operations = updateOf(input, schema);
  const userNames = userNamesOf(String(user.userName), input.fallbackUserNames);
  const find = (userName: string) => findOne(session, 'Users', 'userName', userName);
  const settle = (found: ScimResource, userName: string) =>
    update(session, found, operations, { userName, ifUnchanged: input.ifUnchanged === true });

  // Who got a fallback name before has it for good, although a name before it may be free by now.
  const known = new Map<string, ScimResource | undefined>();
  if (userNames.length > 1 && user.externalId !== undefined) {
    for (const userName of userNames) {
      const found = await find(userName);
      if (found !== undefined && identityOf(found.attributes, user) === 'same') return settle(found, userName);
      known.set(userName, found);
    }
  }
  let refusal: OaaError | undefined;
  for (const [index, userName] of userNames.entries()) {
    const found = known.has(userName) ? known.get(userName) : await find(userName);
    if (found !== undefined) {
      const identity = identityOf(found.attributes, user);
      if (identity === 'same' || (identity === 'unknown' && index === 0)) return settle(found, userName);
      refusal = belongsToAnother(userNames.slice(0, index + 1));
      continue;
    }
    try {
      return await create(session, { ...user, userName }, userName);
    } catch (error) {
      if (!isTaken(error)) throw error;
      refusal = error;
    }
  }
  throw refusal ?? belongsToAnother(userNames);
}
