// Whether three readings of a help desk say the same: its files, its SCIM service, and the payload that the tenant holds.
import type { WireApplicationPayload } from '@oaa-kit/oaa';
import {
  type ComparableFacts,
  comparableLocalGroup,
  comparableLocalUser,
  comparableScimGroup,
  comparableScimUser,
} from '@oaa-kit/scim-writeback';
import type { ScimClient } from '@oaa-kit/scim-writeback/client';
import { mappings } from './help-desk.ts';

/** One line for each fact, sorted. */
export type Facts = readonly string[];

function told(kind: string, name: string, { texts }: ComparableFacts): readonly string[] {
  return [...texts].map(([path, text]) => `${kind} ${name}: ${path} = ${text}`);
}

/** What a payload says, by names. */
export function factsOfPayload({ applications }: WireApplicationPayload): Facts {
  const [{ local_users: users = [], local_groups: groups = [] } = {}] = applications;
  const names = new Map(groups.map(({ id, name }) => [id ?? name, name]));
  const memberships = (name: string, keys: readonly string[] = []) =>
    keys.map((key) => `${name} is in ${names.get(key) ?? key}`);
  return [
    ...users.flatMap((user) => told('user', user.name, comparableLocalUser(user, mappings.users))),
    ...groups.flatMap((group) => told('group', group.name, comparableLocalGroup(group, mappings.groups))),
    ...users.flatMap(({ name, groups: keys }) => memberships(name, keys)),
    ...groups.flatMap(({ name, groups: keys }) => memberships(name, keys)),
  ].sort();
}

/** What the SCIM service says, read as any client would. */
export async function factsOfService(client: ScimClient): Promise<Facts> {
  const facts: string[] = [];
  const names = new Map<string, string>();
  for await (const { id, attributes } of client.list('Users')) {
    names.set(id, String(attributes.userName));
    facts.push(...told('user', String(attributes.userName), comparableScimUser(attributes as never, mappings.users)));
  }
  const groups = [];
  for await (const group of client.list('Groups')) groups.push(group);
  for (const { id, attributes } of groups) names.set(id, String(attributes.displayName));
  for (const { attributes } of groups) {
    const name = String(attributes.displayName);
    facts.push(...told('group', name, comparableScimGroup(attributes as never, mappings.groups)));
    const members = (attributes.members ?? []) as readonly { readonly value: string }[];
    facts.push(...members.map(({ value }) => `${names.get(value) ?? value} is in ${name}`));
  }
  return facts.sort();
}

/** The facts that one side has and another has not. */
export function disagreements(sides: Readonly<Record<string, Facts>>): readonly string[] {
  const all = new Set(Object.values(sides).flat());
  return [...all].flatMap((fact) =>
    Object.entries(sides).flatMap(([side, facts]) =>
      facts.includes(fact) ? [] : [`the ${side} does not say: ${fact}`],
    ),
  );
}
