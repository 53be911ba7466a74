import type { WireApplicationPayload, WireGroup, WireUser } from '@oaa-kit/oaa';
import type {
  AcceptedBase,
  ChangeRow,
  Directory,
  DriftRecord,
  Intent,
  LastBase,
  Link,
} from '@oaa-kit/scim-writeback/directory';
import { type Snapshot, snapshotOf, type Texts } from './snapshot.ts';

type Kind = 'User' | 'Group';

/** What there was before a base was submitted. */
export interface BeforeBase {
  readonly snapshot: Snapshot;
  readonly last: LastBase | undefined;
  readonly intents: readonly Intent[];
  readonly drifts: readonly DriftRecord[];
  readonly links: ReadonlyMap<string, Link>;
}

/** Undefined where it changes meanwhile. */
export async function lookBeforeBase(directory: Directory, organization: string): Promise<BeforeBase | undefined> {
  const bases = directory.bases(organization);
  const [last, intents, drifts] = [
    await bases.last(),
    await directory.intents(organization).list(),
    await bases.drifts(),
  ];
  const links = await readLinks(directory, organization);
  const snapshot = await snapshotOf(directory.organization(organization));
  return snapshot && { snapshot, last, intents, drifts, links };
}

/**
 * What is wrong with what a base came to, by the four rules of write-back.md, fact by fact. Says nothing where something
 * else was changed at the same time.
 */
export async function judgeMerge(
  directory: Directory,
  organization: string,
  before: BeforeBase,
  { record, drifts, notices }: AcceptedBase,
  begun: { readonly revision: number; readonly generation: number },
): Promise<readonly string[]> {
  const plain = directory.organization(organization);
  const after = await snapshotOf(plain);
  const next = await directory.bases(organization).last();
  const intents = await directory.intents(organization).list();
  const links = await readLinks(directory, organization);
  const log = await plain.changes(0, 100_000);
  const merged = log.filter(({ revision }) => revision > before.snapshot.revision);
  const isAlone =
    after?.revision === record.revision &&
    next?.record.generation === record.generation &&
    merged.every(({ requestId }) => requestId === `base-${record.generation}`) &&
    JSON.stringify(intents.map(stateOf)) === JSON.stringify(before.intents.map(stateOf));
  if (!isAlone) return [];
  const since = log.filter(
    ({ revision, origin }) => revision > begun.revision && revision <= before.snapshot.revision && origin === 'scim',
  );
  const last = before.last && next && passedOn(before.last, next, before.snapshot);
  const model = new MergeModel({ before: { ...before, last }, after, next, since, begun, links });
  const broken = model.broken;
  for (const kind of ['User', 'Group'] as const) {
    const told = new Set(notices.filter((one) => one.kind === kind).map(({ key }) => key));
    model.judgeKind(
      kind,
      told,
      notices.some((one) => one.kind === kind && one.code === 'link.ambiguous'),
    );
  }
  if (!notices.some(({ code }) => code === 'membership.refused')) model.judgeMembers();
  if (notices.length === 0) model.judgeDrifts(drifts);
  return broken.map((what) => `Base ${record.generation} as of ${begun.revision}.${begun.generation}: ${what}`);
}

function stateOf({ id, state }: Intent): string {
  return `${id} ${state}`;
}

async function readLinks(directory: Directory, organization: string): Promise<ReadonlyMap<string, Link>> {
  const links = new Map<string, Link>();
  for await (const part of directory.links(organization).all()) for (const link of part) links.set(link.id, link);
  return links;
}

interface ModelInput {
  readonly before: BeforeBase;
  readonly after: Snapshot;
  readonly next: LastBase;
  /** Of SCIM, since the extraction began. */
  readonly since: readonly ChangeRow[];
  readonly begun: { readonly revision: number; readonly generation: number };
  /** Afterwards. */
  readonly links: ReadonlyMap<string, Link>;
}

const nameOf: Readonly<Record<Kind, string>> = { User: 'userName', Group: 'displayName' };

class MergeModel {
  readonly broken: string[] = [];
  readonly #input: ModelInput;
  readonly #changed = new Set<string>();
  /** They have all attributes since then, also those that were left empty. */
  readonly #created = new Set<string>();
  readonly #locked: ReadonlySet<string>;
  readonly #leaving: ReadonlySet<string>;
  readonly #drifts = new Set<string>();

  constructor(input: ModelInput) {
    this.#input = input;
    const { intents } = input.before;
    this.#locked = new Set(intents.map(({ resourceId }) => resourceId));
    this.#leaving = new Set(
      intents
        .filter(({ operations }) => operations.some(({ type }) => /^(?:delete|deactivate)-/.test(type)))
        .map(({ resourceId }) => resourceId),
    );
    for (const { id, operation, facts } of input.since) {
      if (operation !== 'update') this.#changed.add(`${id} exists`);
      if (operation === 'create') this.#created.add(id);
      for (const name of Object.keys(facts.attributes ?? {})) this.#changed.add(`${id} ${name}`);
      for (const member of facts.membersAdded ?? []) this.#changed.add(`${id} member:${member}`);
      for (const member of facts.membersRemoved ?? []) this.#changed.add(`${id} member:${member}`);
      for (const group of facts.groupsLeft ?? []) this.#changed.add(`${group} member:${id}`);
    }
  }

  judgeKind(kind: Kind, told: ReadonlySet<string>, isAmbiguous: boolean): void {
    const { before, after, next, since } = this.#input;
    const [was, is] = kind === 'User' ? [before.snapshot.users, after.users] : [before.snapshot.groups, after.groups];
    const shown = rowsOf(next, kind);
    const previous = new Map(rowsOf(before.last, kind).flatMap(({ row, id }) => (id === null ? [] : [[id, row]])));
    const rows = new Map<string, WireUser | WireGroup>();
    for (const { row, id } of shown) {
      const key = row.id ?? row.name;
      if (id !== null && is.has(id)) rows.set(id, row);
      // Who is in the application is in the directory, unless it is said why not.
      if (!told.has(key) && (id === null || !is.has(id))) this.broken.push(`${kind} ${key} is hidden.`);
      const isDeleted = since.some((one) => one.id === id && one.operation === 'delete');
      if (id !== null && !is.has(id) && !isDeleted) {
        this.broken.push(`${kind} ${key} is swallowed by ${id}, which was not deleted since the extraction began.`);
      }
      if (row.id !== undefined) this.#judgeLink(kind, row.id, id);
    }
    for (const [id, facts] of was) {
      const row = rows.get(id);
      const key = row?.id ?? row?.name ?? '';
      if (row === undefined) {
        if (!isAmbiguous) this.#judge(id, 'exists', previous.has(id), false, true, is.has(id), this.#locked.has(id));
        if (!is.has(id)) continue;
      }
      const texts = row === undefined ? undefined : textsOf(kind, row);
      const rowBefore = previous.get(id);
      const textsBefore = rowBefore === undefined ? {} : textsOf(kind, rowBefore);
      for (const [path, value] of Object.entries(facts)) {
        // Where the name is somebody else's, all else is taken.
        if (told.has(key) && path === nameOf[kind]) continue;
        const found = is.get(id)?.[path];
        if (texts === undefined || this.#locked.has(id)) this.#expect(`${kind} ${id} ${path}`, value, found);
        else this.#judge(id, path, textsBefore[path], texts[path], value, found, false);
      }
    }
    for (const [id, facts] of is) {
      const row = rows.get(id);
      if (was.has(id)) continue;
      if (row === undefined) this.broken.push(`${kind} ${id} was made, and the base does not have it.`);
      else if (!told.has(row.id ?? row.name)) this.#expect(`${kind} ${id}`, textsOf(kind, row), { ...facts });
    }
  }

  /** Where rows have ids, these are the native ids, and say who it is. */
  #judgeLink(kind: Kind, native: string, id: string | null): void {
    const { before, since, begun } = this.#input;
    const known = [...before.links.values()].filter((link) => link.kind === kind && link.nativeId === native);
    const [live] = known.filter(({ state }) => state === 'live');
    const [dead] = known.filter(({ state }) => state === 'tombstone');
    const isOfOldApplication =
      dead !== undefined && since.some((row) => row.id === dead.id && row.operation === 'delete');
    if (isOfOldApplication) this.#expect(`the ${kind} of ${native}, deleted after ${begun.revision}`, dead.id, id);
    else if (live !== undefined) this.#expect(`the ${kind} of ${native}`, live.id, id);
    else if (id !== null) {
      const link = before.links.get(id);
      const isOther = link?.nativeId !== undefined && link.state === 'live';
      if (isOther) this.broken.push(`${native} was taken for ${id}, which the application calls ${link.nativeId}.`);
    }
  }

  judgeMembers(): void {
    const { before, after, next } = this.#input;
    const isShown = new Set(
      (['User', 'Group'] as const).flatMap((kind) =>
        rowsOf(next, kind).flatMap(({ id }) => (id !== null && isIn(after, id) ? [id] : [])),
      ),
    );
    const previous = membersOf(before.last);
    const shown = membersOf(next);
    for (const [group, is] of after.members) {
      const was = before.snapshot.members.get(group) ?? new Set();
      for (const member of new Set([...was, ...is, ...(shown.get(group) ?? [])])) {
        // Who is deleted leaves all groups.
        if (!isIn(after, member)) continue;
        const isSilent = !isShown.has(group) || !isShown.has(member) || this.#locked.has(group);
        if (isSilent) this.#expect(`member ${member} of ${group}`, was.has(member), is.has(member));
        else {
          const [b0, b1] = [previous.get(group)?.has(member) ?? false, shown.get(group)?.has(member) ?? false];
          const stands = this.#leaving.has(member);
          this.#judge(group, `member:${member}`, b0, b1, was.has(member), is.has(member), stands);
        }
      }
    }
  }

  judgeDrifts(drifts: readonly DriftRecord[]): void {
    const found = drifts.map(({ id, fact }) => `${id} ${fact}`).sort();
    this.#expect('drift', [...this.#drifts].sort(), found);
  }

  #judge(id: string, fact: string, b0: unknown, b1: unknown, was: unknown, found: unknown, stands: boolean): void {
    const { before, begun } = this.#input;
    let expected = was;
    const isSince = this.#changed.has(`${id} ${fact}`) || (this.#created.has(id) && !fact.startsWith('member:'));
    if (b1 !== was && !stands && !isSince) {
      const drift = before.drifts.find((one) => one.id === id && one.fact === fact);
      const isConfirmed = drift !== undefined && drift.generation <= begun.generation;
      if (b0 !== b1 || isConfirmed) expected = b1;
      else this.#drifts.add(`${id} ${fact}`);
    }
    this.#expect(`${id} ${fact} (${b0} -> ${b1}, was ${was})`, expected, found);
  }

  #expect(what: string, expected: unknown, found: unknown): void {
    const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found)];
    if (wanted !== got) this.broken.push(`${what} should be ${wanted} and is ${got}.`);
  }
}

function isIn({ users, groups }: Snapshot, id: string): boolean {
  return users.has(id) || groups.has(id);
}

function applicationOf(base: LastBase | undefined) {
  return (base?.payload as WireApplicationPayload | undefined)?.applications[0];
}

function rowsOf(base: LastBase | undefined, kind: Kind) {
  const application = applicationOf(base);
  const rows: readonly (WireUser | WireGroup)[] =
    (kind === 'User' ? application?.local_users : application?.local_groups) ?? [];
  const ids = (kind === 'User' ? base?.linking.users : base?.linking.groups) ?? [];
  return rows.map((row, index) => ({ row, id: ids[index] ?? null }));
}

/**
 * A base before with its rows as those of whoever has them now, where names are keys, the row is as it was, the one who had
 * it has none any more, and who has it now had none: nothing has happened to it.
 */
function passedOn(last: LastBase, next: LastBase, { users, groups }: Snapshot): LastBase {
  const linking = (kind: Kind, were: ReadonlyMap<string, Texts>) => {
    const [old, shown] = [rowsOf(last, kind), rowsOf(next, kind)];
    return old.map(({ row, id }) => {
      if (row.id !== undefined || id === null || shown.some((one) => one.id === id)) return id;
      const heir = shown.find((one) => JSON.stringify(one.row) === JSON.stringify(row))?.id ?? null;
      return heir !== null && were.has(heir) && !old.some((one) => one.id === heir) ? heir : id;
    });
  };
  return { ...last, linking: { users: linking('User', users), groups: linking('Group', groups) } };
}

function membersOf(base: LastBase | undefined): ReadonlyMap<string, ReadonlySet<string>> {
  const groupIds = new Map(rowsOf(base, 'Group').map(({ row, id }) => [row.id ?? row.name, id]));
  const members = new Map<string, Set<string>>();
  for (const { row, id } of [...rowsOf(base, 'User'), ...rowsOf(base, 'Group')]) {
    for (const key of row.groups ?? []) {
      const group = groupIds.get(key);
      if (id === null || group == null) continue;
      members.set(group, (members.get(group) ?? new Set()).add(id));
    }
  }
  return members;
}

function textsOf(kind: Kind, row: WireUser | WireGroup): Texts {
  if (kind === 'Group') return { displayName: row.name };
  const { name, is_active, email, custom_properties = {} } = row as WireUser;
  const { title } = custom_properties;
  return {
    userName: name,
    active: String(is_active),
    title: title === undefined ? undefined : String(title),
    emails: email,
  };
}
