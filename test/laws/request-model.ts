import type { Directory, StoredResource } from '@oaa-kit/scim-writeback/directory';
import type { Account, LawApplication } from './application.ts';
import type { ScimAct } from './histories.ts';
import { choosing, type People } from './scim-request.ts';
import { type Snapshot, snapshotOf, type Texts } from './snapshot.ts';

/** What a request met with. */
export interface BeforeRequest {
  readonly people: People;
  /** Of the application, by id. */
  readonly accounts: ReadonlyMap<string, Account>;
}

/**
 * What directory and application have to show as soon as a request is acknowledged that nothing else meddled with.
 *
 * @param application undefined where it was not asked
 */
export async function judgeAcknowledged(
  directory: Directory,
  organization: string,
  application: LawApplication | undefined,
  act: ScimAct,
  { people, accounts }: BeforeRequest,
): Promise<readonly string[]> {
  const after = await snapshotOf(directory.organization(organization));
  if (after === undefined) return [];
  const broken = shownOf(act, people, after).flatMap(([what, expected, found]) =>
    JSON.stringify(expected) === JSON.stringify(found) ? [] : [`${what} is ${JSON.stringify(found)}`],
  );
  const id = idOf(act, people, after);
  const facts = id === undefined ? undefined : after.users.get(id);
  if (application === undefined || id === undefined || facts === undefined) return broken;
  const link = await directory.links(organization).find('User', id);
  const { ids, tells } = application.style;
  const account =
    ids && link?.nativeId !== undefined
      ? application.accounts.get(link.nativeId)
      : application.accountNamed(String(facts.userName));
  if (account === undefined) return [...broken, `${facts.userName} is not in the application`];
  if (act.type === 'create') {
    if (account.scimId !== id) broken.push(`${facts.userName} was made for ${account.scimId}, not ${id}`);
    if (tells && link?.nativeId !== (ids ? account.id : account.name)) broken.push(`the link has ${link?.nativeId}`);
  }
  const was = people.users.find((one) => one.id === id)?.attributes;
  for (const [fact, asked] of Object.entries(askedOf(act))) {
    // What SCIM took for so already, nobody asked for: the application has what it had, whether or not SCIM knows.
    const isAsked = was === undefined || asked !== directoryFact(was, fact);
    const expected = isAsked ? asked : accounts.get(account.id)?.[fact as keyof AskedFacts];
    const found = account[fact as keyof AskedFacts];
    if (found !== expected) broken.push(`${fact} is ${JSON.stringify(found)} there, not ${JSON.stringify(expected)}`);
  }
  return broken;
}

type AskedFacts = Partial<Pick<Account, 'name' | 'active' | 'title'>>;

/** What a request says of an account. */
function askedOf(act: ScimAct): AskedFacts {
  switch (act.type) {
    case 'create':
      return { name: act.name, active: true, title: act.title };
    case 'title':
      return { title: act.title };
    case 'rename':
      return { name: act.name };
    case 'active':
      return { active: act.active };
    case 'all':
      return { name: act.name, active: act.active, title: act.name };
    default:
      return {};
  }
}

/** The same of a user of the directory. */
function directoryFact({ userName, active, title }: StoredResource['attributes'], fact: string): unknown {
  return { name: userName, active: active !== false, title }[fact];
}

/** Why a request may have been refused; undefined: it should not have been. */
export function reasonToRefuse(
  act: ScimAct,
  people: People,
  { style }: LawApplication,
  hasApplicationRefused: boolean,
): string | undefined {
  if (hasApplicationRefused) return 'the application refused';
  const { user, group } = choosing(people);
  const missing = (id: string) => id === 'nobody' || id === 'nothing';
  if ('who' in act && missing(act.type === 'nest' || act.type === 'unnest' ? group(act.who) : user(act.who))) {
    return 'nobody is there';
  }
  if ('group' in act && missing(group(act.group))) return 'no group is there';
  if (act.type === 'replace' && act.members.some((index) => missing(user(index)))) return 'nobody is there';
  if (act.type === 'nest') return 'a group might be in itself';
  if (act.type === 'create-group' || act.type === 'rename-group') {
    const own = act.type === 'rename-group' ? group(act.group) : undefined;
    const isKey = people.groups.some(
      ({ id, attributes }) => id !== own && fold(attributes.displayName) === fold(act.name),
    );
    return isKey && !style.ids ? 'the name is the key of another group' : undefined;
  }
  if (act.type !== 'create' && act.type !== 'rename' && act.type !== 'all') return undefined;
  const own = act.type === 'create' ? undefined : user(act.who);
  const isTaken = people.users.some(({ id, attributes }) => id !== own && fold(attributes.userName) === fold(act.name));
  return isTaken ? 'the name is taken' : undefined;
}

type Shown = readonly (readonly [what: string, expected: unknown, found: unknown])[];

/** What the directory shows of what was asked for. */
function shownOf(act: ScimAct, people: People, after: Snapshot): Shown {
  const { user, group } = choosing(people);
  const of = (index: number): Texts => after.users.get(user(index)) ?? {};
  const hasMember = (index: number, id: string) => after.members.get(group(index))?.has(id) ?? false;
  switch (act.type) {
    case 'create': {
      const found = after.users.get(idOf(act, people, after) ?? '');
      return [
        ['userName', act.name, found?.userName],
        ['title', act.title, found?.title],
        ['emails', act.email ? `${act.name}@x.test` : undefined, found?.emails],
      ];
    }
    case 'title':
      return [['title', act.title, of(act.who).title]];
    case 'rename':
      return [['userName', act.name, of(act.who).userName]];
    case 'active':
      return [['active', act.active, of(act.who).active !== 'false']];
    case 'all':
      return [
        ['userName', act.name, of(act.who).userName],
        ['active', act.active, of(act.who).active !== 'false'],
        ['title', act.name, of(act.who).title],
      ];
    case 'delete':
      return [['deleted', false, after.users.has(user(act.who))]];
    case 'create-group': {
      const ids = [...new Set(people.users.length === 0 ? [] : act.members.map(user))].sort();
      const known = new Set(people.groups.map(({ id }) => id));
      const made = [...after.groups].filter(([id, { displayName }]) => !known.has(id) && displayName === act.name);
      return [['members', [ids], made.map(([id]) => [...(after.members.get(id) ?? [])].sort())]];
    }
    case 'rename-group':
      return [['displayName', act.name, after.groups.get(group(act.group))?.displayName]];
    case 'delete-group':
      return [['deleted', false, after.groups.has(group(act.group))]];
    case 'add':
    case 'remove':
      return [['member', act.type === 'add', hasMember(act.group, user(act.who))]];
    case 'nest':
    case 'unnest':
      return [['member', act.type === 'nest', hasMember(act.group, group(act.who))]];
    case 'replace': {
      const ids = [...new Set(act.members.map(user))].sort();
      return [['members', ids, [...(after.members.get(group(act.group)) ?? [])].sort()]];
    }
  }
}

/** The user that it is about. */
function idOf(act: ScimAct, people: People, after: Snapshot): string | undefined {
  if (act.type === 'create') {
    const known = new Set(people.users.map(({ id }: StoredResource) => id));
    return [...after.users].find(([id, { userName }]) => !known.has(id) && userName === act.name)?.[0];
  }
  return act.type === 'title' || act.type === 'rename' || act.type === 'active' || act.type === 'all'
    ? choosing(people).user(act.who)
    : undefined;
}

function fold(name: unknown): string {
  return String(name).toLowerCase();
}
