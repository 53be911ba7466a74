import type { WireApplicationPayload } from '@oaa-kit/oaa';
import type { BaseNotice, ChangeRow, OrganizationDirectory } from '@oaa-kit/scim-writeback/directory';
import { expect } from 'vitest';
import { emailOf } from './application.ts';
import { changeBehind } from './joined-request.ts';
import { everything } from './scim-request.ts';
import type { World } from './world.ts';

/** Users and groups by name, in the words of an application. */
export interface Facts {
  readonly users: Readonly<Record<string, InGroups & Readonly<Record<string, unknown>>>>;
  readonly groups: Readonly<Record<string, InGroups>>;
}

interface InGroups {
  /** Names of the groups that it is in. */
  readonly groups: readonly string[];
}

/** What a payload says. */
function factsOfPayload({ applications: [application] }: WireApplicationPayload): Facts {
  const { local_users: users = [], local_groups: groups = [] } = application ?? {};
  const names = new Map(groups.map(({ id, name }) => [id ?? name, name]));
  const parents = (keys: readonly string[] = []) => keys.map((key) => names.get(key) ?? key).sort();
  return {
    users: Object.fromEntries(
      users.map(({ name, is_active, email, custom_properties: { title } = {}, groups: keys }) => [
        name,
        { active: is_active !== false, email, title, groups: parents(keys) },
      ]),
    ),
    groups: Object.fromEntries(groups.map(({ name, groups: keys }) => [name, { groups: parents(keys) }])),
  };
}

/** What the directory says. */
async function factsOfDirectory(plain: OrganizationDirectory): Promise<Facts> {
  const { resources: users } = await plain.list('User', everything);
  const { resources: groups } = await plain.list('Group', everything);
  const parents = new Map<string, string[]>();
  for (const { id, attributes } of groups) {
    for (const member of await plain.members(id, undefined, 1000)) {
      parents.set(member.id, [...(parents.get(member.id) ?? []), String(attributes.displayName)]);
    }
  }
  const parentsOf = (id: string) => (parents.get(id) ?? []).sort();
  return {
    users: Object.fromEntries(
      users.map(({ id, attributes: { userName, active, title, emails } }) => [
        userName,
        { active: active !== false, email: emailOf(emails), title, groups: parentsOf(id) },
      ]),
    ),
    groups: Object.fromEntries(groups.map(({ id, attributes }) => [attributes.displayName, { groups: parentsOf(id) }])),
  };
}

/** Who has a grant in a payload, by name. */
function grantedIn({ applications: [application], identity_to_permissions: grants = [] }: WireApplicationPayload) {
  const names = new Map((application?.local_users ?? []).map(({ id, name }) => [id ?? name, name]));
  return grants.map(({ identity }) => names.get(identity) ?? identity).sort();
}

/**
 * Brings a world to rest and holds it to the laws.
 *
 * @returns how many further bases it took
 */
export async function holdToLaws(world: World): Promise<number> {
  await world.calmDown();
  // As it is, before further bases mend what is wrong.
  if (world.dataSource.payload !== undefined) await world.publishAll();
  expect(world.broken).toEqual([]);
  const { plain } = world.process;
  let notices: readonly BaseNotice[] = [];
  let rounds = 0;
  for (let isSettled = false; !isSettled; rounds += 1) {
    const before = await plain.revision();
    const accepted = await world.submit();
    notices = accepted.notices;
    isSettled = accepted.drifts.length === 0 && (await plain.revision()) === before;
    if (rounds > 8) expect({ drifts: accepted.drifts, notices }, 'bases do not settle').toEqual({ drifts: [] });
  }
  await world.publishAll();
  expect(world.broken).toEqual([]);
  await holdToFirst(world, notices);
  await holdToSecond(world);
  await holdToThird(world);
  return rounds;
}

/** Application = directory = what was published, but for what is listed. */
async function holdToFirst(world: World, notices: readonly BaseNotice[]): Promise<void> {
  const { application, dataSource, process } = world;
  const extracted = application.extract();
  const published = dataSource.payload ?? expect.fail('Nothing was published.');
  expect(notices.filter(({ code }) => code !== 'link.ambiguous')).toEqual([]);
  expect(world.stuck.size).toBe(0);
  const listed = namesOf(notices, extracted);
  const said = without(listed, factsOfPayload(extracted));
  expect(without(listed, await factsOfDirectory(process.plain)), 'the directory').toEqual(said);
  expect(without(listed, factsOfPayload(published)), 'the payload').toEqual(said);
  expect(grantedIn(published), 'grants').toEqual(grantedIn(extracted));
  // Also who cannot be told from somebody else is published.
  const all = factsOfPayload(published);
  for (const name of listed.users) expect(Object.keys(all.users)).toContain(name);
  for (const name of listed.groups) expect(Object.keys(all.groups)).toContain(name);
}

interface Names {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** Whom notices are about. */
function namesOf(notices: readonly BaseNotice[], { applications: [application] }: WireApplicationPayload): Names {
  const named = (kind: BaseNotice['kind'], rows: readonly { readonly id?: string; readonly name: string }[] = []) => {
    const keys = new Set(notices.filter((one) => one.kind === kind).map(({ key }) => key));
    return rows.filter(({ id, name }) => keys.has(id ?? name)).map(({ name }) => name);
  };
  return { users: named('User', application?.local_users), groups: named('Group', application?.local_groups) };
}

function without({ users, groups }: Names, facts: Facts): Facts {
  const left = <Fact extends InGroups>(names: readonly string[], all: Readonly<Record<string, Fact>>) =>
    Object.fromEntries(
      Object.entries(all)
        .filter(([name]) => !names.some((listed) => isSameName(listed, name)))
        .map(([name, fact]) => [
          name,
          { ...fact, groups: fact.groups.filter((group) => !groups.some((listed) => isSameName(listed, group))) },
        ]),
    );
  return { users: left(users, facts.users), groups: left(groups, facts.groups) };
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Nothing acknowledged is lost, nothing refused has an effect, each effect was there once. */
async function holdToSecond(world: World): Promise<void> {
  const { application, requests, process } = world;
  const changes = await process.plain.changes(0, 100_000);
  expect(changes.map(({ revision }) => revision)).toEqual(changes.map((_, index) => index + 1));
  const ofRequests = changes.filter(({ origin }) => origin === 'scim').map(({ requestId }) => requestId);
  expect(new Set(ofRequests).size, 'changes of one request').toBe(ofRequests.length);
  const logged = new Set(ofRequests);
  for (const [requestId, asked] of requests) {
    const { act, outcome } = asked;
    if (outcome === 'refused' || outcome === 'unchanged') {
      expect(logged.has(requestId), `${requestId} ${act.type} was ${outcome}`).toBe(false);
    }
    if (outcome === 'done' && !logged.has(requestId)) {
      expect(changeBehind(asked, changes), `the change of ${requestId} ${JSON.stringify(act)}`).toBeDefined();
    }
  }
  const keys = application.effects.map(({ key }) => key);
  expect(
    keys.filter((key, index) => keys.indexOf(key) !== index),
    'done twice',
  ).toEqual([]);
  expect(await replay(process.plain), 'what the log says').toEqual(replayed(changes));
}

interface Population {
  readonly ids: readonly string[];
  readonly members: readonly string[];
}

async function replay(plain: OrganizationDirectory): Promise<Population> {
  const { resources: users } = await plain.list('User', everything);
  const { resources: groups } = await plain.list('Group', everything);
  const members = await Promise.all(
    groups.map(async ({ id }) => (await plain.members(id, undefined, 1000)).map((member) => `${id} ${member.id}`)),
  );
  return { ids: [...users, ...groups].map(({ id }) => id).sort(), members: members.flat().sort() };
}

/** What should be there after these changes. */
function replayed(changes: readonly ChangeRow[]): Population {
  const ids = new Set<string>();
  const members = new Set<string>();
  for (const { id, operation, facts } of changes) {
    for (const member of facts.membersAdded ?? []) members.add(`${id} ${member}`);
    for (const member of facts.membersRemoved ?? []) members.delete(`${id} ${member}`);
    for (const group of facts.groupsLeft ?? []) members.delete(`${group} ${id}`);
    if (operation === 'create') ids.add(id);
    if (operation !== 'delete') continue;
    ids.delete(id);
    for (const membership of members) if (membership.startsWith(`${id} `)) members.delete(membership);
  }
  return { ids: [...ids].sort(), members: [...members].sort() };
}

/** A base that is extracted when all is quiet changes nothing. */
async function holdToThird(world: World): Promise<void> {
  const before = await world.process.plain.revision();
  const { drifts } = await world.submit();
  expect([await world.process.plain.revision(), drifts]).toEqual([before, []]);
}
