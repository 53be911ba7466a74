import { foldKey, type WireApplicationPayload } from '@oaa-kit/oaa';
import type { Directory, Link, PublicationKey } from '@oaa-kit/scim-writeback/directory';
import { snapshotOf } from './snapshot.ts';

/** What is wrong with what the tenant holds, where the publisher says that everything is published. */
export async function judgePublished(
  directory: Directory,
  key: PublicationKey,
  payload: WireApplicationPayload | undefined,
): Promise<readonly string[]> {
  const { organization } = key;
  const snapshot = await snapshotOf(directory.organization(organization));
  const last = await directory.bases(organization).last();
  const view = await directory.publications.view(key);
  // What the tenant has refused is left out, and listed.
  if (snapshot === undefined || last === undefined || view?.state.quarantine !== undefined) return [];
  if (view?.current.revision !== snapshot.revision) return [];
  const application = payload?.applications[0];
  if (application === undefined) return ['Everything is published, and the tenant holds nothing.'];
  const links = new Map<string, Link>();
  for await (const part of directory.links(organization).all()) for (const link of part) links.set(link.id, link);
  const keyOf = (id: string) => foldKey(links.get(id)?.key ?? id);
  const parents = new Map<string, string[]>();
  for (const [group, members] of snapshot.members) {
    for (const member of members) parents.set(member, [...(parents.get(member) ?? []), keyOf(group)]);
  }
  const groupKeys = new Set([...snapshot.groups.keys()].map(keyOf));
  // Of groups that are published apart, only the base says who is in them.
  const known = (keys: readonly string[] = []) =>
    keys
      .map(foldKey)
      .filter((one) => groupKeys.has(one))
      .sort();
  const broken: string[] = [];
  const compare = (what: string, expected: unknown, found: unknown) => {
    const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found)];
    if (wanted !== got) broken.push(`${what} is published as ${got}, and is ${wanted}.`);
  };
  const { local_users: users = [], local_groups: groups = [] } = application;
  const userRows = new Map(users.map((row) => [foldKey(row.id ?? row.name), row]));
  const groupRows = new Map(groups.map((row) => [foldKey(row.id ?? row.name), row]));
  for (const [id, { userName, active, title, emails }] of snapshot.users) {
    const row = userRows.get(keyOf(id));
    compare(
      `User ${id}`,
      [userName, active !== 'false', title, emails, (parents.get(id) ?? []).sort()],
      row && [row.name, row.is_active !== false, row.custom_properties?.title, row.email, known(row.groups)],
    );
  }
  for (const [id, { displayName }] of snapshot.groups) {
    const row = groupRows.get(keyOf(id));
    compare(`Group ${id}`, [displayName, (parents.get(id) ?? []).sort()], row && [row.name, known(row.groups)]);
  }
  const apart = (linking: readonly (string | null)[]) => linking.filter((id) => id === null).length;
  compare('The number of users', snapshot.users.size + apart(last.linking.users), users.length);
  compare('The number of groups', snapshot.groups.size + apart(last.linking.groups), groups.length);
  return broken;
}
