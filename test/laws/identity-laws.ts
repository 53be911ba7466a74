import type { WireApplicationPayload, WireGroup, WireUser } from '@oaa-kit/oaa';
import type { LastBase } from '@oaa-kit/scim-writeback/directory';
import type { IdentityStyle } from './identity-histories.ts';
import type { Extraction, KnownAccount, KnownAccounts } from './known-accounts.ts';

/**
 * A row is never linked to the SCIM id of another account, and nobody gets a second one. Takes in whose the ids are that
 * the base has made.
 *
 * @param linking the id that each row was linked to
 * @param before what the directory had, and has since then
 */
export function judgeRows(
  accounts: KnownAccounts,
  { rows }: Extraction,
  linking: readonly (string | null)[],
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly string[] {
  const read = new Set(rows.map(({ account }) => account));
  return rows.flatMap(({ account, name }, index) => {
    const id = linking[index] ?? null;
    if (id === null) return [];
    const owner = accounts.owners.get(id);
    const what = `The row of ${account.mark} ${name}`;
    if (!after.has(id)) {
      const isRight = owner === account || (owner !== undefined && mayBeSwallowedFor(owner, name, accounts.style));
      return isRight ? [] : [`${what} is swallowed for ${id} of ${owner?.mark}`];
    }
    const broken: string[] = [];
    if (owner === undefined) {
      const isSecond = account.isDeletedOverScim || accounts.idsOf(account, before).length > 0;
      if (isSecond && !isUntold(account)) broken.push(`${what} is made a second time, as ${id}`);
    } else if (owner !== account && !isHeir(accounts, owner, account, name, read, before)) {
      broken.push(`${what} is linked to ${id} of ${owner.mark} ${owner.name}`);
    }
    if (owner !== undefined && owner !== account && owner.name !== name) account.isMistaken = true;
    for (const former of accounts.idsOf(account, before)) if (former !== id) accounts.disown(former);
    accounts.owners.set(id, account);
    account.shownAs(name);
    account.scimNames.push(name);
    return broken;
  });
}

/** A base never removes anybody who is in the application and known by a SCIM id. */
export function judgeRemovals(
  accounts: KnownAccounts,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): readonly string[] {
  return [...accounts.present]
    .filter((account) => accounts.idsOf(account, before).length > 0 && accounts.idsOf(account, after).length === 0)
    .filter((account) => !isUntold(account))
    .map(({ mark, name }) => `${mark} ${name} is there, and was removed`);
}

/**
 * Every row of the last base is published as whose it is, unless it is somebody's who was deleted; and each grant to the one
 * who has it.
 *
 * @param keys SCIM ids of what is live by folded key
 */
export function judgePublished(
  accounts: KnownAccounts,
  last: LastBase,
  published: WireApplicationPayload,
  keys: ReadonlyMap<string, string>,
  directory: ReadonlySet<string>,
): readonly string[] {
  const { kind } = accounts.style;
  const rowsOf = ({ applications: [application] }: WireApplicationPayload): readonly (WireUser | WireGroup)[] =>
    (kind === 'User' ? application?.local_users : application?.local_groups) ?? [];
  const byKey = new Map(rowsOf(published).map((row) => [(row.id ?? '').toLowerCase(), row]));
  const broken: string[] = [];
  for (const [key, row] of byKey) {
    const owner = accounts.owners.get(keys.get(key) ?? '')?.mark;
    const mark = markOf(row);
    if (mark !== undefined && owner !== undefined && owner !== mark) broken.push(`${mark} is published as ${owner}`);
  }
  for (const { identity, application_permissions: permissions = [] } of published.identity_to_permissions) {
    const row = byKey.get(identity.toLowerCase());
    for (const { permission } of permissions) {
      if (row === undefined) broken.push(`The grant of ${permission} is published for nobody, ${identity}`);
      else if (markOf(row) !== permission) broken.push(`The grant of ${permission} is published for ${row.name}`);
    }
  }
  const shown = new Set([...byKey.values()].map(markOf));
  const linking = kind === 'User' ? last.linking.users : last.linking.groups;
  for (const [index, row] of rowsOf(last.payload as WireApplicationPayload).entries()) {
    const id = linking[index] ?? null;
    if ((id === null || directory.has(id)) && !shown.has(markOf(row))) broken.push(`${markOf(row)} is not published`);
  }
  return broken;
}

/** Which account a row of a base, or what was published of it, is of. */
function markOf({ custom_properties: { mark } = {} }: WireUser | WireGroup): string | undefined {
  return mark === undefined ? undefined : String(mark);
}

/** Nobody can tell a row from that of somebody who was deleted since, where only the name says who it is. */
function mayBeSwallowedFor(deleted: KnownAccount, name: string, { ids }: IdentityStyle): boolean {
  return (!ids || !deleted.isKnown) && [...deleted.scimNames, ...deleted.names].includes(name);
}

/**
 * Accepted: of whom no native id was told before they were renamed or fired out of band, nobody can say who they are; nor of
 * whom an accepted mistake has been made, until the rename is known.
 */
export function isUntold(account: KnownAccount): boolean {
  return account.isMistaken || (!account.isKnown && account.hasLeft);
}

/**
 * Whether nobody can tell two accounts apart. Accepted are these:
 *
 * - Where names are keys, whoever is hired under a name of somebody who was gone when the application was read: also under the
 *   old name, where a rename has been done that no base has shown.
 * - On first contact, where ids are not told: one of the two had the name of the other, and was renamed or fired out of band,
 *   or is gone in the application, and the directory does not know yet.
 */
function isHeir(
  accounts: KnownAccounts,
  owner: KnownAccount,
  account: KnownAccount,
  name: string,
  read: ReadonlySet<KnownAccount>,
  before: ReadonlySet<string>,
): boolean {
  // Whose an id is that was given by an accepted mistake is known again once the rename, or the deletion, is.
  if (owner.isMistaken) return true;
  if (![...owner.names, ...owner.scimNames].includes(name)) return false;
  const isKnownElse = accounts.idsOf(account, before).length > 0;
  if (!accounts.style.ids && !read.has(owner) && owner.isGone && !isKnownElse) return true;
  return !owner.isKnown && (owner.hasLeft || owner.isGone || account.hasLeft);
}
