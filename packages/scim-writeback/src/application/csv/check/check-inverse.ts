import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { foldKey, InputError, type WireGroup, type WireUser } from '@oaa-kit/oaa';
import {
  type FileSource,
  type MappingDocument,
  type MappingItem,
  openSource,
  type RowSource,
} from '@oaa-kit/oaa/sources';
import { comparableLocalGroup, comparableLocalUser, differingPaths } from '../../../attributes/comparable.ts';
import { silentGroupPaths, silentUserPaths } from '../../../attributes/silent-paths.ts';
import type { ResourceKind } from '../../../directory/directory.ts';
import type { ApplicationOperation, MemberSnapshot, ResourceSnapshot } from '../../../directory/write-back.ts';
import { CsvFiles } from '../csv-files.ts';
import type { TableHead } from '../file/read-head.ts';
import { rowKey } from '../plan/entity-rows.ts';
import { factsOf } from '../plan/facts.ts';
import type { PlanContext } from '../plan/plan-context.ts';
import { fullColumn, writtenPath } from '../plan/render-cells.ts';
import { type ReadFacts, readBack } from '../read-back.ts';
import { Refusal } from '../refusal.ts';
import type { Table } from '../table.ts';
import { isOf } from '../verify-written.ts';
import type { InverseProblems } from './inverse-problems.ts';
import { sampleSnapshot } from './sample.ts';

/** What the inverse is tried with. */
export interface InverseSettings {
  readonly document: MappingDocument;
  readonly folder: string;
  readonly context: Omit<PlanContext, 'isDone'>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly heads: ReadonlyMap<string, TableHead>;
}

/**
 * Does every operation on files that have the headers of the real ones and no rows, and reads them through the mapping:
 * what was written has to be what is read, and nothing may be read that is not written.
 */
export async function checkInverse(settings: InverseSettings, problems: InverseProblems): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-write-back-'));
  try {
    const tables = new Map<string, Table>();
    for (const [file, table] of settings.tables) {
      const path = join(folder, `${tables.size}-${basename(file)}`);
      await writeFile(path, settings.heads.get(file)?.bytes ?? '');
      tables.set(file, { ...table, path });
    }
    await new Trial(settings, tables, folder, problems).run();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class Trial {
  readonly #settings: InverseSettings;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #files: CsvFiles;
  readonly #problems: InverseProblems;
  #operations = 0;

  constructor(
    settings: InverseSettings,
    tables: ReadonlyMap<string, Table>,
    folder: string,
    problems: InverseProblems,
  ) {
    this.#settings = settings;
    this.#tables = tables;
    this.#problems = problems;
    this.#files = new CsvFiles({
      document: settings.document,
      folder: settings.folder,
      context: settings.context,
      tables,
      stateFolder: join(folder, 'state'),
      lockTimeoutMs: 10_000,
      step: () => undefined,
    });
  }

  async run(): Promise<void> {
    const { groups } = this.#settings.context.writeBack;
    const team = groups === undefined ? undefined : await this.#entity('Group');
    const user = await this.#entity('User');
    if (team !== undefined && user !== undefined) await this.#memberships(user, team);
    if (team !== undefined) await this.#delete(team);
    if (user !== undefined) await this.#delete(user);
  }

  /** Creates and changes one; gives it as it is then. */
  async #entity(kind: ResourceKind): Promise<ResourceSnapshot | undefined> {
    const { writeBack, mappings } = this.#settings.context;
    const entity = kind === 'User' ? writeBack.users : writeBack.groups;
    if (entity === undefined) return undefined;
    const at = [kind === 'User' ? 'users' : 'groups', 'columns'];
    const first = sampleSnapshot(kind, 1, entity, mappings[kind]);
    const created = await this.#do({ type: kind === 'User' ? 'create-user' : 'create-group', after: first }, at);
    if (created === undefined) return undefined;
    const before = { ...first, nativeId: created.nativeId };
    if (!(await this.#agrees(before, at))) return undefined;
    const keyPath = writtenPath(fullColumn(entity.columns[entity.key] ?? '').attribute, mappings[kind]);
    const other = sampleSnapshot(kind, 2, entity, mappings[kind]).attributes;
    // What rows are found by stays.
    const same = keyPath === undefined || keyPath === 'id' ? {} : { [keyPath]: first.attributes[keyPath] ?? '' };
    const switched = 'active' in other ? { active: false } : {};
    const after = { ...before, attributes: { ...other, ...same, ...switched } };
    const type = kind === 'User' ? 'update-user' : 'update-group';
    if ((await this.#do({ type, before, after }, at)) === undefined || !(await this.#agrees(after, at)))
      return undefined;
    return after;
  }

  async #memberships(user: ResourceSnapshot, team: ResourceSnapshot): Promise<void> {
    const { writeBack, mappings } = this.#settings.context;
    const { memberships = {}, groups } = writeBack;
    if (memberships.users !== undefined) await this.#membership(user, team, ['memberships', 'users']);
    if (memberships.groups === undefined || groups === undefined) return;
    const inner = sampleSnapshot('Group', 3, groups, mappings.Group);
    const created = await this.#do({ type: 'create-group', after: inner }, ['groups']);
    if (created === undefined) return;
    const nested = { ...inner, nativeId: created.nativeId };
    await this.#membership(nested, team, ['memberships', 'groups']);
    await this.#delete(nested);
  }

  async #membership(member: ResourceSnapshot, group: ResourceSnapshot, at: readonly string[]): Promise<void> {
    const members: readonly MemberSnapshot[] = [{ ...member, name: undefined }];
    for (const [type, expected] of [
      ['add-members', [rowKey(group)]],
      ['remove-members', []],
      // Who is deleted leaves them: see below.
      ['add-members', [rowKey(group)]],
    ] as const) {
      if ((await this.#do({ type, group, members }, at)) === undefined) return;
      const groups = (await this.#read(at))?.[member.kind === 'User' ? 'users' : 'groups'];
      const found = groups?.find((one) => isOf(one, rowKey(member)));
      if (found !== undefined && isDeepSame(found.groups ?? [], expected)) continue;
      const said = type === 'add-members' ? 'is added to' : 'is taken out of';
      this.#problems.add(
        at,
        `A member that ${said} a group is read with the groups ${JSON.stringify(found?.groups ?? [])}, not ${JSON.stringify(expected)}.`,
        'Read by sources, and written here, it has to be the same column and the same delimiter.',
      );
      return;
    }
  }

  async #delete(before: ResourceSnapshot): Promise<void> {
    const at = [before.kind === 'User' ? 'users' : 'groups', 'delete'];
    const type = before.kind === 'User' ? 'delete-user' : 'delete-group';
    if ((await this.#do({ type, before }, at)) === undefined) return;
    const read = await this.#read(at);
    const left = (before.kind === 'User' ? read?.users : read?.groups) ?? [];
    if (!left.some((one) => isOf(one, rowKey(before)))) return;
    this.#problems.add(at, `A deleted ${before.kind.toLowerCase()} is still read.`, 'Leave such rows out: when.');
  }

  async #do(
    operation: ApplicationOperation,
    at: readonly string[],
  ): Promise<{ readonly nativeId: string | undefined } | undefined> {
    this.#operations += 1;
    try {
      const signal = new AbortController().signal;
      const idempotencyKey = `check ${this.#operations}`;
      return { nativeId: await this.#files.apply({ operation, idempotencyKey, signal }) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#problems.add(at, `"${operation.type}" of a sample is refused: ${error.message}.`);
      return undefined;
    }
  }

  /** Whether what is read is what the snapshot says. */
  async #agrees(snapshot: ResourceSnapshot, at: readonly string[]): Promise<boolean> {
    const read = await this.#read(at);
    if (read === undefined) return false;
    const { kind } = snapshot;
    const mapping = this.#settings.context.mappings[kind];
    const found = (kind === 'User' ? read.users : read.groups).find((one) => isOf(one, rowKey(snapshot)));
    if (found === undefined) {
      this.#problems.add([at[0] ?? '', 'key'], `A new row is not read as the ${kind.toLowerCase()} of its key.`);
      return false;
    }
    const facts = factsOf(snapshot, mapping);
    const seen = this.#factsRead(kind, found);
    const paths = differingPaths(facts, seen);
    for (const path of paths) this.#differs(path, facts.texts.get(path), seen.texts.get(path), kind);
    return paths.length === 0;
  }

  #factsRead(kind: ResourceKind, found: WireUser | WireGroup) {
    const { mappings } = this.#settings.context;
    const { properties, sources } = this.#settings.document.mapping;
    if (kind === 'Group') {
      return comparableLocalGroup(found, mappings.Group, silentGroupPaths(properties?.group, mappings.Group));
    }
    const readsEmails = sources
      .flatMap(({ map }) => map)
      .some(({ user }) => user?.email !== undefined || user?.identities !== undefined);
    const silent = new Set(silentUserPaths([], properties?.user, mappings.User));
    if (readsEmails) silent.delete('emails');
    return comparableLocalUser(found as WireUser, mappings.User, silent);
  }

  #differs(path: string, written: string | undefined, read: string | undefined, kind: ResourceKind): void {
    const { writeBack, mappings } = this.#settings.context;
    const name = kind === 'User' ? 'users' : 'groups';
    const columns = Object.entries(writeBack[name]?.columns ?? {});
    const column = columns.find(([, spec]) => writtenPath(fullColumn(spec).attribute, mappings[kind]) === path)?.[0];
    if (column === undefined) {
      this.#problems.add(
        [name, 'columns'],
        `The sources read ${path}, and no column is written from it.`,
        'Write it; or do not read it into a property that SCIM has.',
      );
      return;
    }
    this.#problems.add(
      [name, 'columns', column],
      `${path} is written as ${JSON.stringify(written ?? '')} and read as ${JSON.stringify(read ?? '')}.`,
    );
  }

  async #read(at: readonly string[]): Promise<ReadFacts | undefined> {
    const { document, folder } = this.#settings;
    try {
      return await readBack(
        document,
        folder,
        (item, file) => this.#keep(item, file),
        (spec) => this.#open(spec),
      );
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const [first] = error.diagnostics;
      this.#problems.add(at, `What is written cannot be read: ${first?.message ?? error.message}`, first?.hint);
      return undefined;
    }
  }

  #open(spec: FileSource): Promise<RowSource> {
    const path = this.#tables.get(spec.file)?.path ?? '';
    return openSource({ ...spec, path });
  }

  /** Users, groups and memberships of the files that are written; grants are not tried. */
  #keep({ user, group, assignment }: MappingItem, file: string): MappingItem | undefined {
    if (!this.#tables.has(file)) return undefined;
    if (user !== undefined) {
      const { roles: _, permissions: _permissions, accessCredentials: _credentials, ...rest } = user;
      return { user: rest };
    }
    if (group !== undefined) {
      const { roles: _, permissions: _permissions, ...rest } = group;
      return { group: rest };
    }
    if (assignment?.groups === undefined) return undefined;
    const { roles: _, permissions: _permissions, ...rest } = assignment;
    return { assignment: rest };
  }
}

function isDeepSame(left: readonly string[], right: readonly string[]): boolean {
  const [one, other] = [left, right].map((list) => list.map(foldKey).toSorted().join('\n'));
  return one === other;
}
